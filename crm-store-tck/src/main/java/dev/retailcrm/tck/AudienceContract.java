package dev.retailcrm.tck;

import static dev.retailcrm.audience.AudienceSet.in;
import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.anyOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.inAudience;
import static dev.retailcrm.core.rule.Rules.not;
import static dev.retailcrm.core.rule.Rules.taggedAny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.audience.AudienceChoice;
import dev.retailcrm.audience.AudienceError;
import dev.retailcrm.audience.AudienceExplanation;
import dev.retailcrm.audience.AudienceKind;
import dev.retailcrm.audience.AudienceProgress;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.AudienceSet;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.audience.AudienceTagUsage;
import dev.retailcrm.audience.AudienceTemplate;
import dev.retailcrm.audience.AudienceTemplates;
import dev.retailcrm.audience.AudienceVersion;
import dev.retailcrm.audience.Audiences;
import dev.retailcrm.audience.StayReason;
import dev.retailcrm.audience.TemplateParameter;
import dev.retailcrm.audience.spi.AudienceTally;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.rule.AudienceCondition;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.Events;
import dev.retailcrm.core.rule.Quantifier;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.Rules;
import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.Tags;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What audiences do, in exact numbers. */
public abstract class AudienceContract extends AudienceFacade {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Condition KEEN = did("product.viewed").atLeast(1).inLast(days(7));

    private final List<CustomerId> people = new ArrayList<>();
    private CustomerId bob = nobody();
    private CustomerId cid = nobody();
    private CustomerId dan = nobody();
    private int events;

    /** A contract. */
    protected AudienceContract() {}

    /** Registers three more. */
    @BeforeEach
    public final void registerMore() {
        bob = crm().newCustomer(ACME);
        cid = crm().newCustomer(ACME);
        dan = crm().newCustomer(ACME);
        people.addAll(List.of(ann, bob, cid, dan));
    }

    private void view(CustomerId customer) {
        behavior().record(BehaviorFacade.view(customer, "seen-" + ++events, now()));
    }

    private List<String> stays(CustomerId customer) {
        return audiences().stays(customer, PageRequest.first(100)).items().stream()
                .map(AudienceContract::line)
                .toList();
    }

    private static String line(AudienceStay stay) {
        AudienceStay.End end = stay.end();
        return stay.audience() + " " + stay.number() + " " + stay.reason() + (end == null ? "" : " " + end.reason());
    }

    @Test
    public final void a_rule_is_computed_in_steps_and_comes_true_at_once() {
        view(ann);
        view(cid);
        view(dan);
        define("keen", KEEN);
        assertThat(members("keen")).isEmpty();

        AudienceProgress first = audiences().advance(2);
        assertThat(first).isEqualTo(new AudienceProgress("keen", 2, false, 0, 0, null));
        assertThat(members("keen")).isEmpty();
        assertThat(present(audiences().states().get(0).run()).evaluated()).isEqualTo(2);
        AudienceProgress second = audiences().advance(3);

        assertThat(second).isEqualTo(new AudienceProgress("keen", 2, true, 3, 0, null));
        assertThat(audiences().advance(3).isDone()).isTrue();
        assertThat(members("keen")).containsExactlyInAnyOrder(ann, cid, dan);
        assertThat(audiences().count("keen")).isEqualTo(3);
        assertThat(stays(ann)).containsExactly("keen 1 RULE");
        assertThat(told(ann)).containsExactly("1 entered keen RULE");
        assertThat(told(bob)).isEmpty();
        assertThat(audiences().states().get(0).generation()).isEqualTo(1);
    }

    @Test
    public final void who_enters_and_leaves_is_told_once_and_known_for_ever() {
        Instant start = now();
        view(ann);
        define("keen", KEEN);
        advance();
        after(DAY);
        view(bob);
        audiences().recompute("keen");
        assertThat(advance()).containsExactly(new AudienceProgress("keen", 0, true, 1, 0, null));
        Instant second = now();
        after(Duration.ofDays(6));
        audiences().recompute("keen");
        assertThat(advance()).containsExactly(new AudienceProgress("keen", 0, true, 0, 1, null));
        after(Duration.ofDays(2));
        view(ann);
        audiences().recompute("keen");
        advance();

        assertThat(members("keen")).containsExactly(ann);
        assertThat(stays(ann)).containsExactly("keen 1 RULE RULE", "keen 2 RULE");
        assertThat(told(ann)).containsExactly("1 entered keen RULE", "2 left keen RULE", "3 entered keen RULE");
        assertThat(told(bob)).containsExactly("1 entered keen RULE", "2 left keen RULE");
        assertThat(membersAt("keen", start.minusMillis(1))).isEmpty();
        assertThat(membersAt("keen", start)).containsExactly(ann);
        assertThat(membersAt("keen", second)).containsExactlyInAnyOrder(ann, bob);
        assertThat(audiences().count("keen", second)).isEqualTo(2);
        assertThat(membersAt("keen", start.plus(Duration.ofDays(7)))).containsExactly(bob);
        assertThat(membersAt("keen", now())).containsExactly(ann);
    }

    @Test
    public final void sets_of_audiences_are_united_met_and_taken_away() {
        list("A", ann, dan);
        list("B", bob, dan);
        list("C", cid, dan);
        AudienceSet a = in("A");
        AudienceSet b = in("B");
        AudienceSet c = in("C");
        Map<AudienceSet, Long> counts = new LinkedHashMap<>();
        counts.put(a.or(b.and(c)), 2L);
        counts.put(a.or(b).and(c), 1L);
        counts.put(a.and(b.or(c)), 1L);
        counts.put(a.and(b).or(c), 2L);
        counts.put(a.or(b.or(c)), 4L);
        counts.put(a.or(b).or(c), 4L);
        counts.put(a.and(b.and(c)), 1L);
        counts.put(a.and(b).and(c), 1L);
        counts.put(a.minus(b), 1L);
        counts.put(a.or(b).minus(c), 2L);
        counts.forEach((set, number) -> {
            assertThat(audiences().count(set)).isEqualTo(number);
            assertThat(all(page -> audiences().members(set, page))).hasSize(number.intValue());
        });
        assertThat(all(page -> audiences().members(a.or(b).minus(c), page))).containsExactlyInAnyOrder(ann, bob);
        define("D", a.or(b.and(c)).rule().condition());
        advance();
        assertThat(members("D")).containsExactlyInAnyOrder(ann, dan);
    }

    @Test
    public final void what_is_said_by_hand_beats_the_rule_at_once() {
        view(ann);
        view(bob);
        define("keen", KEEN);
        advance();

        assertThat(repeatable(() -> audiences().include("keen", cid, named("in"))))
                .isTrue();
        assertThat(repeatable(() -> audiences().exclude("keen", ann, named("out"))))
                .isFalse();
        assertThat(members("keen")).containsExactlyInAnyOrder(bob, cid);
        assertThat(stays(ann)).containsExactly("keen 1 RULE EXCLUDED");
        assertThat(told(cid)).containsExactly("1 entered keen INCLUDED");
        audiences().recompute("keen");
        advance();
        assertThat(members("keen")).containsExactlyInAnyOrder(bob, cid);

        assertThat(audiences().lift("keen", ann, key())).isTrue();
        assertThat(audiences().lift("keen", cid, key())).isFalse();
        assertThat(members("keen")).containsExactlyInAnyOrder(ann, bob);
        assertThat(stays(cid)).containsExactly("keen 1 INCLUDED RULE");
        refused(CoreError.REQUEST_KEY_REUSED, () -> audiences().exclude("keen", cid, named("in")));
        refused(AudienceError.UNKNOWN_AUDIENCE, () -> audiences().include("none", cid, key()));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> audiences().include("keen", nobody(), key()));
    }

    @Test
    public final void what_is_said_by_hand_while_members_are_computed_counts() {
        view(ann);
        define("keen", KEEN);
        advance();
        AudienceRule keen = audience("keen");
        audiences().change(keen.when(Rule.of(did("product.viewed").atLeast(2))), key());
        view(cid);
        view(cid);
        assertThat(audiences().advance(4).swapped()).isFalse();

        audiences().include("keen", ann, key());
        audiences().exclude("keen", cid, key());
        audiences().include("keen", bob, key());
        audiences().lift("keen", bob, key());
        assertThat(members("keen")).contains(ann);
        advance();
        assertThat(members("keen")).containsExactly(ann);
        assertThat(told(cid)).isEmpty();
    }

    @Test
    public final void excluded_audiences_are_left_out() {
        list("staff", bob, cid);
        people.forEach(this::view);
        define(AudienceRule.dynamic("keen", "Keen", Rule.of(KEEN)).without("staff"));
        advance();
        assertThat(members("keen")).containsExactlyInAnyOrder(ann, dan);

        audiences().include("keen", cid, key());
        audiences().unlist("staff", List.of(bob));
        assertThat(members("keen")).containsExactlyInAnyOrder(ann, cid, dan);
        advance();
        assertThat(members("keen")).containsExactlyInAnyOrder(ann, bob, cid, dan);
        assertThat(audiences().usersOf("staff")).containsExactly("keen");
    }

    @Test
    public final void of_more_than_the_limit_the_same_stay() {
        for (int i = 0; i < 8; i++) {
            people.add(crm().newCustomer(ACME));
        }
        define(AudienceRule.dynamic("few", "Few", Rule.of(allOf())).limitedTo(5));
        advance();
        Set<CustomerId> first = members("few");
        assertThat(first).isEqualTo(least("few", people, 5));

        CustomerId more = crm().newCustomer(ACME);
        people.add(more);
        CustomerId last =
                people.stream().filter(it -> !first.contains(it)).findFirst().orElseThrow();
        audiences().include("few", last, key());
        assertThat(members("few")).hasSize(6);
        audiences().recompute("few");
        advance();
        Set<CustomerId> others = least("few", people, 5);
        others.remove(last);
        Set<CustomerId> expected = least("few", others, 4);
        expected.add(last);
        assertThat(members("few")).isEqualTo(expected);
    }

    /** Those with the least ranks. */
    private static Set<CustomerId> least(String audience, Iterable<CustomerId> customers, int number) {
        List<CustomerId> all = new ArrayList<>();
        customers.forEach(all::add);
        all.sort(Comparator.comparing(it -> rank(audience, it)));
        return new TreeSet<>(all.subList(0, number));
    }

    private static String rank(String audience, CustomerId customer) {
        try {
            byte[] named = (audience + ":" + customer.value()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(named));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has MD5", e);
        }
    }

    @Test
    public final void a_paused_audience_keeps_its_members_and_an_archived_one_loses_them() {
        view(ann);
        define("keen", KEEN);
        advance();
        AudienceRule paused = audiences().change(audience("keen").paused(), key());
        after(Duration.ofDays(8));
        view(bob);
        audiences().include("keen", cid, key());
        refused(AudienceError.AUDIENCE_STATE, () -> audiences().recompute("keen"));
        assertThat(advance()).isEmpty();
        assertThat(members("keen")).containsExactly(ann);

        AudienceRule active = audiences().change(paused.activated(), key());
        advance();
        assertThat(members("keen")).containsExactlyInAnyOrder(bob, cid);
        Instant then = now();
        after(DAY);
        AudienceRule archived = audiences().change(active.archived(), key());
        advance();
        assertThat(members("keen")).isEmpty();
        assertThat(membersAt("keen", then)).containsExactlyInAnyOrder(bob, cid);
        assertThat(stays(cid)).containsExactly("keen 1 INCLUDED ARCHIVED");
        refused(AudienceError.AUDIENCE_FIXED, () -> audiences().change(archived.activated(), key()));
        refused(AudienceError.AUDIENCE_STATE, () -> audiences().include("keen", ann, key()));
        refused(AudienceError.AUDIENCE_STATE, () -> define("more", inAudience("keen")));
    }

    @Test
    public final void a_draft_has_no_members_and_tells_whom_it_would_have() {
        view(ann);
        view(bob);
        AudienceRule draft =
                define(AudienceRule.dynamic("keen", "Keen", Rule.of(KEEN)).asDraft());
        assertThat(advance()).isEmpty();
        assertThat(audiences().impact(draft)).isEqualTo(new AudienceTally(2, 0));
        AudienceRule active = audiences().change(draft.activated(), key());
        advance();
        AudienceRule other = active.when(Rule.of(
                anyOf(allOf(KEEN, not(inAudience("keen"))), field("status").missing())));
        refused(AudienceError.AUDIENCE_CYCLE, () -> audiences().change(other, key()));
        audiences().include("keen", cid, key());
        AudienceRule changed = active.when(Rule.of(not(KEEN)));
        assertThat(audiences().impact(changed)).isEqualTo(new AudienceTally(1, 2));
        assertThat(all(page -> audiences().impact(changed, true, page))).containsExactly(dan);
        assertThat(all(page -> audiences().impact(changed, false, page))).containsExactlyInAnyOrder(ann, bob);
        refused(AudienceError.AUDIENCE_FIXED, () -> audiences().change(active.asDraft(), key()));
    }

    @Test
    public final void audiences_ask_about_audiences_in_no_circle() {
        define("a", KEEN);
        define("b", inAudience("a"));
        AudienceRule c = define(AudienceRule.dynamic("c", "C", Rule.of(allOf())).without("b"));
        view(ann);
        audiences().recompute("a");
        assertThat(advance().stream().map(AudienceProgress::audience)).containsSubsequence("a", "b", "c");
        assertThat(members("b")).containsExactly(ann);
        assertThat(members("c")).containsExactlyInAnyOrder(bob, cid, dan);

        AudienceRule a = audience("a");
        refused(AudienceError.AUDIENCE_CYCLE, () -> audiences().change(a.without("c"), key()));
        refused(AudienceError.AUDIENCE_CYCLE, () -> audiences().change(a.when(Rule.of(inAudience("b"))), key()));
        refused(AudienceError.AUDIENCE_CYCLE, () -> audiences().change(a.without("a"), key()));
        refused(AudienceError.AUDIENCE_IN_USE, () -> audiences().change(a.archived(), key()));
        refused(AudienceError.UNKNOWN_AUDIENCE, () -> define("x", inAudience("none")));
        refused(
                AudienceError.UNKNOWN_AUDIENCE,
                () -> define(AudienceRule.list("x", "X").without("none")));
        audiences().exclude("a", ann, key());
        advance();
        assertThat(members("b")).isEmpty();
        assertThat(members("c")).containsExactlyInAnyOrder(ann, bob, cid, dan);
        assertThat(c.dependencies()).containsExactly("b");
    }

    @Test
    public final void a_change_while_members_are_computed_starts_anew() {
        people.forEach(this::view);
        define("keen", KEEN);
        audiences().advance(2);
        AudienceRule keen = audience("keen");
        AudienceRule none = audiences().change(keen.when(Rule.of(not(allOf()))), key());
        assertThat(advance()).containsExactly(new AudienceProgress("keen", 0, true, 0, 0, null));
        assertThat(members("keen")).isEmpty();
        assertThat(told(ann)).isEmpty();
        refused(CoreError.VERSION_CONFLICT, () -> audiences().change(keen.named("Other"), key()));

        AudienceRule renamed = audiences().change(none.named("Other"), key());
        assertThat(advance()).isEmpty();
        assertThat(audiences().history("keen", PageRequest.first(9)).items().stream()
                        .map(AudienceVersion::audience))
                .containsExactly(keen, none, renamed);
        assertThat(audiences()
                        .history("keen", PageRequest.first(9))
                        .items()
                        .get(0)
                        .actor()
                        .id())
                .isEqualTo("kim");
    }

    @Test
    public final void a_scheduled_audience_is_computed_when_its_time_has_come() {
        define(AudienceRule.scheduled("keen", "Keen", Rule.of(KEEN), DAY));
        advance();
        view(ann);
        after(DAY.minusMillis(1));
        assertThat(advance()).isEmpty();
        after(Duration.ofMillis(1));
        assertThat(advance()).hasSize(1);
        assertThat(members("keen")).containsExactly(ann);
    }

    @Test
    public final void a_list_is_kept_by_hand() {
        define(AudienceRule.list("friends", "Friends").without());
        advance();
        CustomerId stranger = nobody();
        assertThat(audiences().list("friends", List.of(ann, bob, stranger)).refused())
                .containsExactly(stranger);
        assertThat(members("friends")).containsExactlyInAnyOrder(ann, bob);
        audiences().exclude("friends", bob, key());
        audiences().list("friends", List.of(bob, cid));
        assertThat(members("friends")).containsExactlyInAnyOrder(ann, cid);
        audiences().unlist("friends", List.of(ann, dan));
        audiences().lift("friends", bob, key());
        assertThat(members("friends")).containsExactlyInAnyOrder(bob, cid);
        assertThat(stays(ann)).containsExactly("friends 1 LISTED LISTED");
        audiences().recompute("friends");
        assertThat(advance()).containsExactly(new AudienceProgress("friends", 0, true, 0, 0, null));
        refused(AudienceError.AUDIENCE_STATE, () -> audiences().beginUpload("friends"));
        define("keen", KEEN);
        refused(AudienceError.AUDIENCE_STATE, () -> audiences().list("keen", List.of(ann)));
    }

    @Test
    public final void an_uploaded_list_takes_the_place_of_the_one_before_as_a_whole() {
        define(AudienceRule.uploaded("fair", "Fair"));
        advance();
        refused(AudienceError.AUDIENCE_STATE, () -> audiences().upload("fair", List.of(ann)));
        audiences().beginUpload("fair");
        audiences().upload("fair", List.of(ann, bob));
        audiences().upload("fair", List.of(bob, cid));
        assertThat(members("fair")).isEmpty();
        audiences().endUpload("fair");
        advance();
        assertThat(members("fair")).containsExactlyInAnyOrder(ann, bob, cid);

        audiences().beginUpload("fair");
        audiences().upload("fair", List.of(ann, dan));
        audiences().beginUpload("fair");
        audiences().upload("fair", List.of(bob, dan));
        audiences().recompute("fair");
        advance();
        assertThat(members("fair")).containsExactlyInAnyOrder(ann, bob, cid);
        audiences().endUpload("fair");
        advance();
        assertThat(members("fair")).containsExactlyInAnyOrder(bob, dan);
        refused(AudienceError.AUDIENCE_STATE, () -> audiences().endUpload("fair"));
    }

    @Test
    public final void restricted_and_erased_customers_are_withheld() {
        list("friends", ann, bob, cid);
        audiences().snapshots().freeze("frozen", in("friends"), key());
        customers().changeStatus(ann, CustomerStatus.RESTRICTED, key());
        privacy().erase(bob, key());
        assertThat(members("friends")).containsExactly(cid);
        assertThat(audiences().count("friends")).isEqualTo(1);
        assertThat(membersAt("friends", now())).containsExactly(cid);
        assertThat(all(page -> audiences().snapshots().members("frozen", page))).containsExactly(cid);
        audiences().recompute("friends");
        assertThat(advance()).containsExactly(new AudienceProgress("friends", 0, true, 0, 0, null));
        assertThat(told(ann)).containsExactly("1 entered friends LISTED");
        refused(CoreError.CUSTOMER_RESTRICTED, () -> audiences().include("friends", ann, key()));
        refused(CoreError.CUSTOMER_ERASED, () -> audiences().exclude("friends", bob, key()));
        refused(CoreError.CUSTOMER_RESTRICTED, () -> audiences().explain("friends", ann));
        customers().changeStatus(ann, CustomerStatus.ACTIVE, key());
        assertThat(members("friends")).containsExactlyInAnyOrder(ann, cid);
    }

    @Test
    public final void a_snapshot_stays_as_it_was() {
        list("friends", ann, bob);
        var made = repeatable(() -> audiences().snapshots().freeze("may", in("friends"), named("freeze")));
        audiences().unlist("friends", List.of(ann));
        assertThat(made.members()).isEqualTo(2);
        assertThat(audiences().snapshots().all()).containsExactly(made);
        assertThat(all(page -> audiences().snapshots().members("may", page))).containsExactlyInAnyOrder(ann, bob);
        refused(AudienceError.SNAPSHOT_EXISTS, () -> audiences().snapshots().freeze("may", in("friends"), key()));
        refused(CoreError.INVALID_RULE, () -> audiences().snapshots().freeze("june", in("none"), key()));
        audiences().snapshots().delete("may", key());
        assertThat(all(page -> audiences().snapshots().members("may", page))).isEmpty();
        refused(AudienceError.UNKNOWN_SNAPSHOT, () -> audiences().snapshots().delete("may", key()));
    }

    @Test
    public final void it_is_explained_why_somebody_is_in() {
        list("staff", bob);
        define(AudienceRule.dynamic("keen", "Keen", Rule.of(KEEN)).without("staff"));
        view(ann);
        view(bob);
        Instant seen = now();
        after(DAY);
        advance();
        AudienceExplanation hers = audiences().explain("keen", ann);
        assertThat(hers.isIn()).isTrue();
        assertThat(hers.belongs()).isTrue();
        assertThat(present(hers.verdict()).why().actual()).contains(FieldValue.number(1));
        assertThat(hers.validUntil()).contains(seen.plus(Duration.ofDays(7)));
        assertThat(hers.since()).isPresent();
        AudienceExplanation his = audiences().explain("keen", bob);
        assertThat(his.isIn()).isFalse();
        assertThat(his.belongs()).isFalse();
        assertThat(his.excludedBy()).containsExactly("staff");
        assertThat(present(his.verdict()).holds()).isTrue();
        after(Duration.ofDays(8));
        AudienceExplanation later = audiences().explain("keen", ann);
        assertThat(later.isIn()).isTrue();
        assertThat(later.belongs()).isFalse();
        audiences().include("keen", ann, key());
        assertThat(audiences().explain("keen", ann).choice()).isEqualTo(AudienceChoice.IN);
        assertThat(audiences().explain("staff", bob).listed()).isTrue();
        assertThat(present(audiences().explain("staff", bob).stay()).reason()).isEqualTo(StayReason.LISTED);
    }

    @Test
    public final void rules_ask_about_members_in_memory_and_everywhere_alike() {
        list("A", ann, dan);
        list("B", bob, dan);
        for (Condition asked : List.of(
                inAudience("A"),
                not(inAudience("A")),
                inAudience("A", "B"),
                new AudienceCondition(Quantifier.ALL, Set.of("A", "B")),
                new AudienceCondition(Quantifier.NONE, Set.of("A", "B")),
                anyOf(inAudience("A"), KEEN))) {
            var ready = rules(ACME).compile(Rule.of(asked));
            Set<CustomerId> one = new TreeSet<>();
            people.stream()
                    .filter(it -> rules(ACME).evaluate(ready, it, now()).holds())
                    .forEach(one::add);
            assertThat(new TreeSet<>(rules(ACME).members(ready, now(), null, 100)))
                    .isEqualTo(one);
            assertThat(new TreeSet<>(rules(ACME).members(ready, now(), null, 10_000)))
                    .isEqualTo(one);
        }
    }

    @Test
    public final void a_rule_whose_field_is_gone_is_told_and_holds_up_nobody() {
        define("keen", KEEN);
        define("big", field("custom.size").greaterThan(40));
        advance();
        fields().retire("size", key());
        audiences().recompute("big");
        audiences().recompute("keen");
        view(ann);
        List<AudienceProgress> steps = new ArrayList<>();
        AudienceProgress step;
        do {
            step = audiences().advance(100);
            steps.add(step);
        } while (!step.isDone());
        assertThat(steps.stream().map(AudienceProgress::problem)).contains(CoreError.INVALID_RULE.id());
        assertThat(members("keen")).containsExactly(ann);
        assertThat(audiences().states().stream()
                        .filter(it -> it.audience().equals("big"))
                        .map(it -> it.problem()))
                .containsExactly(CoreError.INVALID_RULE.id());
    }

    @Test
    public final void a_tag_that_an_audience_asks_about_is_not_deleted() {
        flags("vip");
        define("vips", taggedAny("vip"));
        var tags = new Tags(ACME, crm().tagPorts(), List.of(new AudienceTagUsage(crm().audiences())));
        tags.definitions().retire("vip", key());
        refused(TagError.TAG_IN_USE, () -> tags.definitions().delete("vip", key()));
    }

    @Test
    public final void templates_become_rules() {
        AudienceTemplates templates = audiences().templates();
        new Tiers(ACME, ZONE, crm().tierPorts()).define(RuleTiers.program("drinks"), key());
        assertThat(templates.all()).containsKeys("new", "sleeping", "high-value", "birthday-this-month", "one-store");
        templates.all().values().forEach(it -> {
            Map<String, FieldValue> values = new LinkedHashMap<>();
            for (TemplateParameter parameter : it.parameters()) {
                if (parameter.standard() == null) {
                    values.put(
                            parameter.name(),
                            switch (parameter.type()) {
                                case MONEY -> FieldValue.money(yuan("100"));
                                default -> FieldValue.text(parameter.name().equals("currency") ? "CNY" : "drinks");
                            });
                }
            }
            rules(ACME).compile(it.rule(values));
        });
        assertThat(templates.rule("sleeping", Map.of("days", FieldValue.number(90))))
                .isEqualTo(Rule.of(Rules.stopped(Events.of("order"), days(90))));
        refused(
                AudienceError.PARAMETER_REFUSED,
                () -> templates.rule("sleeping", Map.of("days", FieldValue.number(0))));
        refused(
                AudienceError.PARAMETER_REFUSED,
                () -> templates.rule("sleeping", Map.of("days", FieldValue.text("x"))));
        refused(AudienceError.PARAMETER_REFUSED, () -> templates.rule("sleeping", Map.of("x", FieldValue.number(1))));
        refused(AudienceError.PARAMETER_REFUSED, () -> templates.rule("high-value", Map.of()));
        refused(AudienceError.UNKNOWN_AUDIENCE_TEMPLATE, () -> templates.rule("none", Map.of()));

        String form =
                "{\"version\":1,\"rule\":{\"field\":\"custom.{what}\",\"op\":\"ge\",\"value\":{\"parameter\":\"least\"}}}";
        AudienceTemplate own = repeatable(() -> templates.define(
                AudienceTemplate.of(
                        "big",
                        "Big",
                        form,
                        TemplateParameter.text("what", "What"),
                        TemplateParameter.number("least", "Least", 40L, 1, 60)),
                named("t")));
        assertThat(templates.rule("big", Map.of("what", FieldValue.text("size"))))
                .isEqualTo(Rule.of(field("custom.size").atLeast(40)));
        AudienceTemplate changed = templates.change(own.describedAs("Feet"), key());
        assertThat(templates.all().get("big")).isEqualTo(changed);
        refused(CoreError.VERSION_CONFLICT, () -> templates.change(own, key()));
        refused(
                AudienceError.AUDIENCE_EXISTS,
                () -> templates.define(
                        AudienceTemplate.of(
                                "new",
                                "New",
                                form,
                                TemplateParameter.text("what", "What"),
                                TemplateParameter.text("least", "Least")),
                        key()));
        templates.delete("big", key());
        assertThat(templates.all()).doesNotContainKey("big");
    }

    @Test
    public final void definitions_are_repeatable_and_checked() {
        AudienceRule keen = AudienceRule.dynamic("keen", "Keen", Rule.of(KEEN));
        AudienceRule made = repeatable(() -> audiences().define(keen, named("d")));
        assertThat(made.version()).isEqualTo(1);
        assertThat(made.number()).isEqualTo(1);
        refused(CoreError.REQUEST_KEY_REUSED, () -> audiences().define(keen.named("Other"), named("d")));
        refused(AudienceError.AUDIENCE_EXISTS, () -> define(keen));
        refused(CoreError.INVALID_RULE, () -> define("x", did("nothing").atLeast(1)));
        audiences().change(made.named("Second"), key());
        assertThat(audiences().define(keen, named("d"))).isEqualTo(made);
        refused(
                AudienceError.UNKNOWN_AUDIENCE,
                () -> audiences().change(AudienceRule.dynamic("x", "X", Rule.of(KEEN)), key()));
        refused(
                AudienceError.AUDIENCE_FIXED,
                () -> audiences()
                        .change(
                                new AudienceRule(
                                        "keen",
                                        "Keen",
                                        AudienceKind.STATIC_LIST,
                                        made.status(),
                                        null,
                                        null,
                                        new TreeSet<>(),
                                        null,
                                        null,
                                        null,
                                        1,
                                        2),
                                key()));
        refused(
                CoreError.INVALID_VALUE,
                () -> define(AudienceRule.list("x", "X").paused()));
    }

    @Test
    public final void tenants_are_apart() {
        view(ann);
        define("keen", KEEN);
        advance();
        Audiences others = audiences(ZENITH);
        assertThat(others.all()).isEmpty();
        assertThat(others.members("keen", PageRequest.first(9)).items()).isEmpty();
        assertThat(others.count("keen")).isZero();
        assertThat(others.states()).isEmpty();
        assertThat(others.advance(10).isDone()).isTrue();
        refused(AudienceError.UNKNOWN_AUDIENCE, () -> others.include("keen", ann, key()));
        others.define(AudienceRule.list("keen", "Keen"), key());
        refused(CoreError.UNKNOWN_CUSTOMER, () -> others.include("keen", ann, key()));
        assertThat(others.list("keen", List.of(ann)).refused()).containsExactly(ann);
        assertThat(members("keen")).containsExactly(ann);
    }

    @Test
    public final void members_are_right_whatever_is_said_and_computed_at_once() {
        people.forEach(this::view);
        define(AudienceRule.dynamic("storm", "Storm", Rule.of(KEEN)));
        define("users", inAudience("storm"));
        List<Race.Attempt<Boolean>> attempts = Race.of(6, thread -> {
            for (int i = 0; i < 12; i++) {
                RequestKey request = RequestKey.of("storm/" + thread + "/" + i);
                CustomerId customer = people.get((i + thread) % people.size());
                if (thread < 2) {
                    audiences().recompute("storm");
                    audiences().advance(1 + thread);
                    audiences().advance(100);
                } else if (i % 3 == 0) {
                    audiences().lift("storm", customer, request);
                } else if (i % 3 == 1) {
                    audiences().exclude("storm", customer, request);
                } else {
                    audiences().include("storm", customer, request);
                }
            }
            return true;
        });
        assertThat(attempts.stream().map(Race.Attempt::refusal)).containsOnlyNulls();
        advance();
        audiences().recompute("storm");
        advance();

        for (CustomerId each : people) {
            AudienceExplanation hers = audiences().explain("storm", each);
            assertThat(hers.isIn()).isEqualTo(hers.choice() != AudienceChoice.OUT);
            assertThat(members("users").contains(each)).isEqualTo(hers.isIn());
            List<String> told =
                    told(each).stream().filter(it -> it.contains(" storm ")).toList();
            for (int i = 0; i < told.size(); i++) {
                assertThat(told.get(i)).startsWith(i + 1 + (i % 2 == 0 ? " entered" : " left"));
            }
            assertThat(told.size() % 2 == 1).isEqualTo(hers.isIn());
            List<AudienceStay> stays = audiences().stays(each, PageRequest.first(1_000)).items().stream()
                    .filter(it -> it.audience().equals("storm"))
                    .toList();
            assertThat(stays).hasSize((told.size() + 1) / 2);
            for (int i = 1; i < stays.size(); i++) {
                assertThat(stays.get(i).number()).isEqualTo(i + 1);
                assertThat(stays.get(i - 1).end()).isNotNull();
            }
        }
    }

    @Test
    public final void a_merge_and_a_swap_at_once_leave_the_survivor_in_once() {
        list("storm", ann, bob);
        for (int i = 0; i < 4; i++) {
            CustomerId merged = crm().newCustomer(ACME);
            audiences().list("storm", List.of(merged));
            audiences().unlist("storm", List.of(ann));
            audiences().list("storm", List.of(ann));
            audiences().recompute("storm");
            List<Race.Attempt<Boolean>> attempts = Race.of(2, thread -> {
                if (thread == 0) {
                    merge(ann, merged);
                } else {
                    audiences().advance(100);
                }
                return true;
            });
            assertThat(attempts.stream().map(Race.Attempt::refusal)).containsOnlyNulls();
            assertThat(members("storm")).containsExactlyInAnyOrder(ann, bob);
        }
    }
}
