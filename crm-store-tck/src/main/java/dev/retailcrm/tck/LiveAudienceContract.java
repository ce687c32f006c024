package dev.retailcrm.tck;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.inAudience;
import static dev.retailcrm.core.rule.Rules.not;
import static dev.retailcrm.core.rule.Rules.taggedAny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.audience.AudienceCatalog;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.audience.Audiences;
import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleIndexes;
import dev.retailcrm.tags.AutoTag;
import dev.retailcrm.tags.AutoTags;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.Tags;
import dev.retailcrm.tags.spi.AutoTagPorts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Audiences that follow what is written of customers, and time, whatever the store. */
public abstract class LiveAudienceContract extends AudienceFacade {
    private final RuleIndexes<AudienceCatalog, AudienceRule> indexes = new RuleIndexes<>();
    private CustomerId bob = nobody();
    private int events;

    /** A contract. */
    protected LiveAudienceContract() {}

    /** Registers somebody else. */
    @BeforeEach
    public final void registerBob() {
        bob = crm().newCustomer(ACME);
    }

    @Override
    Audiences audiences() {
        return live(indexes);
    }

    final Behavior watched() {
        return behavior().observedBy(audiences().observer());
    }

    final Customers watchedCustomers() {
        return customers().observedBy(audiences().observer());
    }

    final Tags watchedTags() {
        return byKim().observedBy(audiences().observer());
    }

    private void live(String audience, Condition condition) {
        define(audience, condition);
        advance();
    }

    final void view(CustomerId customer) {
        watched().record(BehaviorFacade.view(customer, "live-" + ++events, now()));
    }

    private List<String> stays(CustomerId customer, Instant since) {
        return audiences().stays(customer, PageRequest.first(1_000)).items().stream()
                .map(it -> line(it, since))
                .toList();
    }

    /** In days since an instant. */
    private static String line(AudienceStay stay, Instant since) {
        AudienceStay.End end = stay.end();
        return stay.audience() + " " + elapsed(since, stay.from()) + "-"
                + (end == null ? "" : elapsed(since, end.at()));
    }

    private static long elapsed(Instant since, Instant at) {
        Duration time = Duration.between(since, at);
        assertThat(time).isEqualTo(Duration.ofDays(time.toDays()));
        return time.toDays();
    }

    @Test
    public final void an_event_lets_a_customer_in_in_the_transaction_that_records_it() {
        live("keen", did("product.viewed").atLeast(2).inLast(days(7)));
        view(ann);
        assertThat(members("keen")).isEmpty();

        try (HostTransaction host = crm().begin()) {
            view(ann);
            assertThat(members("keen")).containsExactly(ann);
            host.rollback();
        }
        assertThat(members("keen")).isEmpty();
        view(ann);

        assertThat(members("keen")).containsExactly(ann);
        assertThat(told(ann)).containsExactly("1 entered keen RULE");
    }

    @Test
    public final void time_alone_lets_her_out_at_the_instant_and_each_is_told_once() {
        live("keen", did("product.viewed").atLeast(1).inLast(days(7)));
        live("cold", not(did("product.viewed").atLeast(1).inLast(days(7))));
        Instant start = now();
        view(ann);
        after(Duration.ofDays(7).minusMillis(1));
        advance();
        assertThat(members("keen")).containsExactly(ann);

        after(Duration.ofMillis(1));
        advance();
        advance();

        assertThat(members("keen")).isEmpty();
        assertThat(members("cold")).containsExactlyInAnyOrder(ann, bob);
        assertThat(stays(ann, start)).containsExactly("cold 0-0", "cold 7-", "keen 0-7");
        assertThat(told(ann))
                .containsExactlyInAnyOrder(
                        "1 entered cold RULE",
                        "2 left cold RULE",
                        "3 entered cold RULE",
                        "1 entered keen RULE",
                        "2 left keen RULE");
    }

    @Test
    public final void what_time_has_changed_is_dated_so_however_late_it_is_looked_at() {
        live("keen", did("product.viewed").atLeast(1).inLast(days(7)));
        live(
                "idle",
                allOf(
                        did("product.viewed").atLeast(1),
                        not(did("product.viewed").atLeast(1).inLast(days(7)))));
        Instant start = now();
        view(ann);
        view(bob);
        after(Duration.ofDays(10));

        view(ann);
        after(Duration.ofDays(30));
        advance();

        assertThat(stays(ann, start)).containsExactly("idle 7-10", "idle 17-", "keen 0-7", "keen 10-17");
        assertThat(stays(bob, start)).containsExactly("idle 7-", "keen 0-7");
        assertThat(membersAt("idle", start.plus(Duration.ofDays(8)))).containsExactlyInAnyOrder(ann, bob);
        assertThat(membersAt("idle", start.plus(Duration.ofDays(11)))).containsExactly(bob);
    }

    @Test
    public final void a_new_customer_is_asked_about_and_so_is_one_who_is_active_again() {
        live("new", not(did("product.viewed").atLeast(1)));

        CustomerId eve =
                watchedCustomers().register(Registration.of("Eve").key("eve")).id();
        assertThat(members("new")).containsExactlyInAnyOrder(ann, bob, eve);

        watchedCustomers().changeStatus(eve, CustomerStatus.RESTRICTED, key());
        behavior().record(BehaviorFacade.view(eve, "unseen", now()));
        watchedCustomers().changeStatus(eve, CustomerStatus.ACTIVE, key());
        assertThat(members("new")).containsExactlyInAnyOrder(ann, bob);
    }

    @Test
    public final void who_asks_about_an_audience_follows_it_in_the_same_transaction() {
        define("viewers", did("product.viewed").atLeast(1).inLast(days(7)));
        define("fans", allOf(inAudience("viewers"), field("custom.size").greaterThan(40)));
        define(AudienceRule.dynamic("others", "Others", Rule.of(not(inAudience("fans"))))
                .without("viewers"));
        advance();
        var fields = fields().observedBy(audiences().observer());
        fields.set(ann, FieldPatch.none().set("size", FieldValue.number(41)), key());
        Instant start = now();

        view(ann);
        view(bob);
        assertThat(members("fans")).containsExactly(ann);
        assertThat(members("others")).isEmpty();
        after(Duration.ofDays(9));
        advance();

        assertThat(members("others")).containsExactlyInAnyOrder(ann, bob);
        assertThat(stays(ann, start)).containsExactly("fans 0-7", "others 0-0", "others 7-", "viewers 0-7");
        audiences().include("viewers", bob, key());
        assertThat(members("others")).containsExactly(ann);
    }

    @Test
    public final void tags_by_hand_and_automatic_ones_are_followed() {
        flags("keen", "vip");
        live("a", taggedAny("keen"));
        live("b", taggedAny("vip"));
        watchedTags().assign(ann, Tagging.of("keen").until(now().plus(Duration.ofDays(2))), key());
        assertThat(members("a")).containsExactly(ann);

        AutoTags auto = new AutoTags(
                        ACME, new AutoTagPorts(crm().tagPorts(), crm().autoTags(), new RuleIndexes<>()), rules(ACME))
                .observedBy(audiences().observer());
        auto.define(
                AutoTag.of(
                                "auto",
                                "vip",
                                Rule.of(did("product.viewed").atLeast(1).inLast(days(1))))
                        .removing(),
                key());
        while (!auto.advance(10).isDone()) {}
        behavior().observedBy(auto.observer()).record(BehaviorFacade.view(bob, "auto", now()));
        assertThat(members("b")).containsExactly(bob);

        after(Duration.ofDays(3));
        while (!auto.advance(10).isDone()) {}
        advance();
        assertThat(members("a")).isEmpty();
        assertThat(members("b")).isEmpty();
    }

    @Test
    public final void who_is_written_of_while_an_audience_is_computed_is_right_once_it_is() {
        for (int i = 0; i < 5; i++) {
            crm().newCustomer(ACME);
        }
        define("keen", did("product.viewed").atLeast(1));
        audiences().advance(1);
        view(ann);
        view(bob);
        assertThat(members("keen")).isEmpty();

        advance();
        assertThat(members("keen")).containsExactlyInAnyOrder(ann, bob);
    }

    @Test
    public final void what_was_said_by_hand_beats_the_rule_and_a_paused_audience_keeps_its_members() {
        live("keen", did("product.viewed").atLeast(1).inLast(days(7)));
        audiences().exclude("keen", ann, key());
        audiences().include("keen", bob, key());
        view(ann);
        after(Duration.ofDays(8));
        advance();
        assertThat(members("keen")).containsExactly(bob);

        audiences().lift("keen", ann, key());
        view(ann);
        audiences().change(audience("keen").paused(), key());
        advance();
        after(Duration.ofDays(8));
        advance();
        view(bob);
        assertThat(members("keen")).containsExactlyInAnyOrder(ann, bob);
    }

    @Test
    public final void a_merged_customer_is_judged_as_one_and_two_again() {
        live("keen", did("product.viewed").atLeast(2));
        view(ann);
        view(bob);

        merges(audiences().mergeParticipant()).merge(ann, bob, MergeStrategy.standard(), key());
        assertThat(members("keen")).containsExactly(ann);

        after(Duration.ofDays(1));
        merges(audiences().mergeParticipant()).unmerge(bob, key());
        assertThat(members("keen")).isEmpty();
    }

    @Test
    public final void after_any_sequence_the_members_are_those_that_computing_would_give() {
        sequences(0, 10);
    }

    final void sequences(long seed, int number) {
        flags("a", "b");
        for (int i = 1; i <= number; i++) {
            new LiveSequence(this, seed + i).run();
        }
    }
}
