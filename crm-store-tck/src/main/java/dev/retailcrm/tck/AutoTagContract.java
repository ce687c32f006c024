package dev.retailcrm.tck;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.stopped;
import static dev.retailcrm.core.rule.Rules.taggedAny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.Events;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleIndexes;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.tags.AutoTag;
import dev.retailcrm.tags.AutoTagProgress;
import dev.retailcrm.tags.AutoTags;
import dev.retailcrm.tags.TagBatch;
import dev.retailcrm.tags.TagCatalog;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.TagMergeRule;
import dev.retailcrm.tags.TagSource;
import dev.retailcrm.tags.TagVocabulary;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.Tags;
import dev.retailcrm.tags.WhyTagged;
import dev.retailcrm.tags.spi.AutoTagPorts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What automatic tags do, whatever the store. */
public abstract class AutoTagContract extends TagFacade {
    private final RuleIndexes<TagCatalog, AutoTag> indexes = new RuleIndexes<>();
    private CustomerId bob = nobody();
    private int events;

    /** A contract. */
    protected AutoTagContract() {}

    /** Registers somebody else. */
    @BeforeEach
    public final void registerBob() {
        bob = crm().newCustomer(ACME);
    }

    private AutoTags auto() {
        var rules =
                new RuleQueries(ACME, RuleTime.in(ZONE), crm().rulePorts(), List.of(new TagVocabulary(crm().tags())));
        return new AutoTags(ACME, new AutoTagPorts(crm().tagPorts(), crm().autoTags(), indexes), rules);
    }

    private Behavior watched() {
        return behavior().observedBy(auto().observer());
    }

    private Trade watchedTrade() {
        return new Trade(ACME, crm().trade(), crm().unitOfWork(), crm().clock(), ZONE).observedBy(auto().observer());
    }

    private Tags watchedTags() {
        return byKim().observedBy(auto().observer());
    }

    private AutoTag define(AutoTag automatic) {
        return auto().define(automatic, key());
    }

    private AutoTag define(String tag, Condition condition) {
        return define(AutoTag.of("auto-" + tag, tag, Rule.of(condition)).removing());
    }

    private void view(CustomerId customer) {
        watched().record(BehaviorFacade.view(customer, "auto-" + ++events, now()));
    }

    private Instant now() {
        return crm().clock().instant();
    }

    private List<String> of(CustomerId customer) {
        return tags().of(customer).stream().map(TagMark::tag).toList();
    }

    private List<String> history(CustomerId customer) {
        return lines(tags().history(customer, PageRequest.first(100)).items());
    }

    /** Until nothing is waiting; of how many customers tags changed. */
    private int advance() {
        int changed = 0;
        AutoTagProgress step;
        do {
            step = auto().advance(2);
            changed += step.changed();
        } while (!step.isDone());
        return changed;
    }

    @Test
    public final void an_event_puts_a_tag_on_a_customer_in_the_transaction_that_records_it() {
        flags("keen");
        define("keen", did("product.viewed").atLeast(2).inLast(days(7)));
        view(ann);
        assertThat(of(ann)).isEmpty();

        try (HostTransaction host = crm().begin()) {
            view(ann);
            assertThat(of(ann)).containsExactly("keen");
            host.rollback();
        }
        assertThat(of(ann)).isEmpty();
        view(ann);

        assertThat(of(ann)).containsExactly("keen");
        assertThat(of(bob)).isEmpty();
        TagMark mark = tags().of(ann).get(0);
        assertThat(mark.source()).isEqualTo(TagSource.rule("auto-keen", 1));
        assertThat(tags().count("keen")).isEqualTo(1);
        assertThat(history(ann)).containsExactly("ASSIGNED keen");
    }

    @Test
    public final void time_alone_takes_a_tag_away_at_the_instant_it_was_said_and_not_before() {
        flags("keen", "cold");
        define("keen", did("product.viewed").atLeast(1).inLast(days(7)));
        define("cold", stopped(Events.of("product.viewed"), days(7)));
        view(ann);
        pass(DAY);
        view(ann);
        Instant end = now().plus(Duration.ofDays(7));
        assertThat(auto().why(ann, "keen").cause().orElseThrow().verdict().validUntil())
                .contains(end);

        crm().clock().set(end.minusMillis(1));
        assertThat(advance()).isZero();
        assertThat(of(ann)).containsExactly("keen");
        crm().clock().set(end);
        assertThat(advance()).isEqualTo(1);

        assertThat(of(ann)).containsExactly("cold");
        assertThat(history(ann)).containsExactly("ASSIGNED keen", "REMOVED keen", "ASSIGNED cold");
        view(ann);
        assertThat(of(ann)).containsExactly("keen");
    }

    @Test
    public final void a_tag_that_stays_is_not_taken_when_the_rule_holds_no_more() {
        flags("keen");
        define(AutoTag.of(
                "stays", "keen", Rule.of(did("product.viewed").atLeast(1).inLast(days(1)))));
        view(ann);

        pass(Duration.ofDays(2));
        advance();

        assertThat(of(ann)).containsExactly("keen");
    }

    @Test
    public final void what_was_taken_by_hand_stays_so_and_what_was_put_by_hand_too() {
        flags("keen");
        define("keen", did("product.viewed").atLeast(1).inLast(days(7)));
        view(ann);
        take(ann, "keen");
        assign(bob, "keen");

        view(ann);
        advance();

        assertThat(of(ann)).isEmpty();
        assertThat(of(bob)).containsExactly("keen");
        assertThat(auto().why(ann, "keen").mark()).matches(TagMark::isRemoval);
        watchedTags().lift(ann, "keen", key());
        view(ann);
        assertThat(of(ann)).containsExactly("keen");
    }

    @Test
    public final void a_rule_that_is_new_or_changed_is_asked_about_everybody() {
        flags("keen");
        IntStream.range(0, 5).forEach(i -> crm().newCustomer(ACME));
        behavior().record(BehaviorFacade.view(ann, "before", now()));
        AutoTag made = define("keen", did("product.viewed").atLeast(1));
        assertThat(auto().waiting()).hasSize(1);

        assertThat(advance()).isEqualTo(1);
        assertThat(of(ann)).containsExactly("keen");
        assertThat(auto().waiting()).isEmpty();

        behavior().record(BehaviorFacade.view(bob, "one", now()));
        behavior().record(BehaviorFacade.view(bob, "two", now()));
        AutoTag changed = auto().change(made.when(Rule.of(did("product.viewed").atLeast(2))), key());
        assertThat(changed.version()).isEqualTo(2);
        assertThat(advance()).isEqualTo(2);
        assertThat(of(ann)).isEmpty();
        assertThat(tags().of(bob).get(0).source()).isEqualTo(TagSource.rule("auto-keen", 2));

        auto().change(changed.paused(), key());
        view(ann);
        view(ann);
        assertThat(advance()).isZero();
        assertThat(of(ann)).isEmpty();
        auto().delete("auto-keen", key());
        assertThat(auto().all()).isEmpty();
        assertThat(of(bob)).containsExactly("keen");
    }

    @Test
    public final void of_an_exclusive_group_the_first_that_holds_counts_and_nothing_swings() {
        exclusive("level", "high", "mid", "low");
        define(AutoTag.of("1-high", "high", Rule.of(did("product.viewed").atLeast(3)))
                .removing());
        define(AutoTag.of("2-mid", "mid", Rule.of(did("product.viewed").atLeast(2)))
                .removing());
        define(AutoTag.of(
                        "3-low", "low", Rule.of(did("product.viewed").atLeast(1).inLast(days(3))))
                .removing());

        view(ann);
        assertThat(of(ann)).containsExactly("low");
        view(ann);
        assertThat(of(ann)).containsExactly("low");
        pass(Duration.ofDays(3));
        advance();
        assertThat(of(ann)).containsExactly("mid");
        view(ann);
        assertThat(of(ann)).containsExactly("mid");
        view(ann);

        assertThat(of(ann)).containsExactly("mid");
        assertThat(advance()).isZero();
        assign(bob, "low");
        IntStream.range(0, 3).forEach(i -> view(bob));
        assertThat(of(bob)).containsExactly("low");
    }

    @Test
    public final void rules_ask_for_the_tags_of_others_in_the_same_transaction_and_in_no_circle() {
        flags("keen", "vip", "top");
        define("keen", did("product.viewed").atLeast(1));
        define("vip", allOf(taggedAny("keen"), field("custom.size").greaterThan(40)));
        define("top", taggedAny("vip"));
        fields().set(ann, FieldPatch.none().set("size", FieldValue.number(41)), key());
        advance();

        view(ann);

        assertThat(of(ann)).containsExactly("keen", "top", "vip");
        watchedTags().remove(ann, "keen", key());
        assertThat(of(ann)).isEmpty();
        var circle = AutoTag.of("circle", "keen", Rule.of(taggedAny("top")));
        assertThat(refused(TagError.AUTO_TAG_CYCLE, () -> define(circle))).containsEntry("automatic", "circle");
        refused(TagError.AUTO_TAG_CYCLE, () -> define(AutoTag.of("self", "top", Rule.of(taggedAny("top")))));
    }

    @Test
    public final void whatever_rules_ask_about_is_told_when_it_is_written() {
        flags("f", "g", "m", "t", "r", "b");
        define("f", field("custom.size").exists());
        define("g", field("profile.language").is("fr"));
        define("m", field("member.status").is("active"));
        define("t", field("trade.CNY.orders").greaterThan(0));
        define("r", field("profile.kind").exists());
        define("b", taggedAny("f"));
        var observer = auto().observer();
        advance();

        fields().observedBy(observer).set(ann, FieldPatch.none().set("size", FieldValue.number(41)), key());
        customers()
                .observedBy(observer)
                .update(ProfileUpdate.of(ann, ProfilePatch.none().language("fr"), key()));
        membership().observedBy(observer).join(ann, Enrolment.of(Notice.ofCustomer(key().value())));
        watchedTrade().record(TradeFacade.order(ann, "1", "2026-02-28T10:00:00", TradeFacade.tea("5.00")));
        CustomerId eve = customers()
                .observedBy(observer)
                .register(Registration.of("Eve").key("eve"))
                .id();
        List<CustomerId> more = customers()
                .observedBy(observer)
                .registerAll(List.of(
                        Registration.of("Fay").key("fay"),
                        Registration.of("Gil").key("gil")))
                .stream()
                .map(it -> it.customer())
                .toList();

        assertThat(of(ann)).containsExactly("b", "f", "g", "m", "r", "t");
        assertThat(of(eve)).containsExactly("r");
        more.forEach(it -> assertThat(of(it)).containsExactly("r"));
        var batch = watchedTags().batches();
        batch.start(TagBatch.remove("all", "f"));
        batch.add("all", List.of(ann));
        assertThat(of(ann)).containsExactly("g", "m", "r", "t");
    }

    @Test
    public final void a_merged_customer_is_judged_as_one() {
        flags("keen");
        define("keen", did("product.viewed").atLeast(2));
        advance();
        view(ann);
        view(bob);

        merges(auto().mergeParticipant()).merge(ann, bob, MergeStrategy.standard(), key());

        assertThat(of(ann)).containsExactly("keen");
        pass(DAY);
        merges(auto().mergeParticipant()).unmerge(bob, key());
        assertThat(of(ann)).isEmpty();
        assertThat(of(bob)).isEmpty();
    }

    @Test
    public final void a_tag_that_is_full_or_retired_holds_up_nobody() {
        define(TagDefinition.flag("few", "Few").forAtMost(1));
        flags("old");
        define("few", did("product.viewed").atLeast(1));
        define("old", did("product.viewed").atLeast(1));
        definitions().retire("old", key());

        view(ann);
        view(bob);

        assertThat(of(ann)).containsExactly("few");
        assertThat(of(bob)).isEmpty();
        WhyTagged why = auto().why(bob, "few");
        assertThat(why.mark()).isNull();
        assertThat(why.cause()).isEmpty();
        assertThat(why.rules()).hasSize(1).allMatch(it -> it.verdict().holds());
    }

    @Test
    public final void a_tag_that_ends_by_itself_comes_again_while_the_rule_holds() {
        define(TagDefinition.flag("day", "Day").lasting(DAY));
        define("day", did("product.viewed").atLeast(1));
        view(ann);
        pass(DAY);
        assertThat(of(ann)).isEmpty();

        advance();

        assertThat(of(ann)).containsExactly("day");
        assertThat(history(ann)).containsExactly("ASSIGNED day", "EXPIRED day", "ASSIGNED day");
    }

    @Test
    public final void values_follow_what_is_defined() {
        define(TagDefinition.valued("level", "Level", FieldType.LONG));
        var two = AutoTag.of(
                "level",
                Tagging.of("level", FieldValue.number(2)),
                Rule.of(did("product.viewed").atLeast(1)));
        AutoTag made = define(two);
        view(ann);
        assertThat(tags().of(ann).get(0).value()).isEqualTo(FieldValue.number(2));

        auto().change(
                        new AutoTag(
                                "level",
                                Tagging.of("level", FieldValue.number(3)),
                                made.rule(),
                                made.removes(),
                                true,
                                made.version()),
                        key());
        advance();

        assertThat(tags().of(ann).get(0).value()).isEqualTo(FieldValue.number(3));
        refused(TagError.TAG_VALUE_REFUSED, () -> define(AutoTag.of("bare", "level", made.rule())));
    }

    @Test
    public final void definitions_are_repeatable_and_what_is_wrong_is_refused() {
        flags("keen", "other");
        var rule = Rule.of(did("product.viewed").atLeast(1));
        var keen = AutoTag.of("k", "keen", rule);
        AutoTag made = repeatable(() -> auto().define(keen, named("d")));

        assertThat(auto().all()).containsOnlyKeys("k");
        refused(TagError.TAG_EXISTS, () -> define(keen));
        refused(TagError.UNKNOWN_TAG, () -> define(AutoTag.of("x", "none", rule)));
        refused(
                CoreError.INVALID_RULE,
                () -> define(AutoTag.of("x", "keen", Rule.of(did("nothing").atLeast(1)))));
        refused(CoreError.INVALID_RULE, () -> define(AutoTag.of("x", "keen", Rule.of(taggedAny("none")))));
        refused(CoreError.VERSION_CONFLICT, () -> auto().change(keen.removing(), key()));
        refused(TagError.UNKNOWN_AUTO_TAG, () -> auto().change(AutoTag.of("x", "keen", rule), key()));
        refused(TagError.UNKNOWN_AUTO_TAG, () -> auto().delete("x", key()));
        refused(
                TagError.TAG_FIXED,
                () -> auto().change(new AutoTag("k", Tagging.of("other"), rule, false, true, made.version()), key()));
        refused(
                CoreError.INVALID_VALUE,
                () -> AutoTag.of("k", Tagging.of("keen").until(now().plus(DAY)), rule));
        definitions().retire("keen", key());
        assertThat(refused(TagError.TAG_IN_USE, () -> definitions().delete("keen", key()))
                        .get("uses"))
                .isEqualTo(List.of("automatic k"));
        refused(TagError.TAG_IN_USE, () -> definitions().merge("keen", "other", TagMergeRule.KEEP_TARGET, key()));
    }

    @Test
    public final void nobody_is_tagged_twice_however_many_tills_tell_of_her_at_once() {
        flags("keen");
        define("keen", did("product.viewed").atLeast(3));
        Instant at = now();

        var attempts = Race.of(8, i -> watched().record(BehaviorFacade.view(ann, "till-" + i, at)));

        assertThat(attempts).allMatch(it -> it.refusal() == null);
        assertThat(history(ann)).containsExactly("ASSIGNED keen");
        assertThat(tags().count("keen")).isEqualTo(1);
    }

    @Test
    public final void rules_that_something_does_not_concern_are_not_asked() {
        flags("keen");
        define("keen", field("custom.size").exists());
        advance();
        fields().set(ann, FieldPatch.none().set("size", FieldValue.number(41)), key());

        view(ann);
        watchedTrade().record(TradeFacade.order(ann, "1", "2026-02-28T10:00:00", TradeFacade.tea("5.00")));

        assertThat(of(ann)).isEmpty();
        fields().observedBy(auto().observer()).set(ann, FieldPatch.none().set("size", FieldValue.number(42)), key());
        assertThat(of(ann)).containsExactly("keen");
    }
}
