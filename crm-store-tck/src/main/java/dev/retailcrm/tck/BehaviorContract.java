package dev.retailcrm.tck;

import static dev.retailcrm.core.behavior.EventOutcome.Status.RECORDED;
import static dev.retailcrm.core.behavior.EventOutcome.Status.REPEATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorStatistics;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.EventOutcome;
import dev.retailcrm.core.behavior.ExpiryProgress;
import dev.retailcrm.core.behavior.Properties;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.PropertyKind;
import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.behavior.VisitorFile;
import dev.retailcrm.core.behavior.VisitorLink;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.tck.Race.Attempt;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What customers and visitors do, whatever the store. */
public abstract class BehaviorContract extends BehaviorFacade {
    /** A contract. */
    protected BehaviorContract() {}

    /** Defines the types that most rules are about. */
    @BeforeEach
    public final void defineTypes() {
        behavior().define(VIEW);
        behavior().define(SIGN);
    }

    // --- types

    @Test
    public final void a_type_grows_version_by_version_and_never_breaks_its_events() {
        Behavior behavior = behavior();
        BehaviorType longer = new BehaviorType(
                VIEW.name(),
                2,
                List.of(
                        Property.text("sku", 60),
                        VIEW.properties().get(0),
                        VIEW.properties().get(1),
                        Property.of("on", PropertyKind.DATE)),
                30,
                false);
        repeatable(() -> behavior.define(longer));

        repeatable(() -> behavior.define(VIEW));
        refused(CoreError.REQUEST_KEY_REUSED, () -> behavior.define(VIEW.keptFor(1)));
        refused(CoreError.VERSION_CONFLICT, () -> behavior.define(longer.version(4)));
        refused(
                CoreError.VERSION_CONFLICT,
                () -> behavior.define(BehaviorType.of("new").version(2)));
        refused(CoreError.BEHAVIOR_TYPE_INCOMPATIBLE, () -> behavior.define(VIEW.version(3)));
        refused(
                CoreError.BEHAVIOR_TYPE_INCOMPATIBLE,
                () -> behavior.define(longer.version(3)
                        .with(Property.of("till", PropertyKind.NUMBER).mandatory())));
        behavior.define(longer.version(3).retire());

        assertThat(Pages.all(1, behavior::types))
                .containsExactly(SIGN, longer.version(3).retire());
        refused(CoreError.BEHAVIOR_TYPE_RETIRED, () -> behavior.record(view(ann, "1", T0)));
    }

    // --- recording

    @Test
    public final void an_event_is_kept_once_with_all_it_carries() {
        Behavior behavior = behavior();
        behavior.define(BehaviorType.of("all")
                .with(Property.text("text", 10))
                .with(Property.of("number", PropertyKind.NUMBER))
                .with(Property.of("decimal", PropertyKind.DECIMAL))
                .with(Property.of("money", PropertyKind.MONEY))
                .with(Property.of("instant", PropertyKind.INSTANT))
                .with(Property.of("date", PropertyKind.DATE))
                .with(Property.of("flag", PropertyKind.BOOLEAN)));
        Properties properties = Properties.none()
                .text("text", BadValues.RARE + "\"\\'")
                .number("number", Long.MIN_VALUE)
                .decimal("decimal", new BigDecimal("-0.250"))
                .money("money", yuan("59.00"))
                .instant("instant", T0)
                .date("date", LocalDate.of(2026, 2, 28))
                .flag("flag", true);
        BehaviorEvent event = BehaviorEvent.of(ann, "all", id("1"), T0.minusSeconds(1))
                .through("app")
                .in(StoreId.of("S01"))
                .with(properties);

        assertThat(behavior.record(event)).isEqualTo(RECORDED);
        List<String> before = crm().dump();
        crm().clock().advance(DAY);
        assertThat(behavior.record(event)).isEqualTo(REPEATED);

        assertThat(crm().dump()).isEqualTo(before);
        RecordedEvent kept = timeline(ann).get(0);
        assertThat(kept.properties()).isEqualTo(properties);
        assertThat(kept.properties().decimal("decimal")).contains(new BigDecimal("-0.25"));
        assertThat(kept.receivedAt()).isEqualTo(T0);
        assertThat(kept.happenedIn()).contains(StoreId.of("S01"));
        refused(CoreError.REQUEST_KEY_REUSED, () -> behavior.record(event.through("web")));
        refused(CoreError.REQUEST_KEY_REUSED, () -> behavior.record(event.with(properties.flag("flag", false))));
    }

    @Test
    public final void events_of_a_batch_that_are_refused_do_not_stop_the_others() {
        CustomerId gone = crm().newCustomer(ACME);
        privacy().erase(gone, RequestKey.of("erase"));
        Instant early = T0.minus(Duration.ofDays(30)).minusMillis(1);
        List<BehaviorEvent> events = List.of(
                view(ann, "1", T0),
                view(ann, "2", T0).with(Properties.none()),
                view(ann, "3", T0).with(sku("tea").text("price", "59")),
                view(ann, "4", T0).with(sku("t".repeat(41))),
                view(ann, "5", T0).with(sku("tea").number("unheard_of", 1)),
                BehaviorEvent.of(ann, "never.defined", id("6"), T0),
                BehaviorEvent.of(ann, SIGN.name(), id("7"), early),
                view(ann, "8", T0.plus(Duration.ofDays(3))),
                view(nobody(), "9", T0),
                view(gone, "10", T0),
                view(ann, "1", T0),
                view(ann, "1", T0.minusMillis(1)),
                view(ann, "12", T0.minusMillis(1)));

        List<EventOutcome> outcomes = behavior().recordAll(events);

        assertThat(outcomes)
                .extracting(BehaviorContract::shown)
                .containsExactly(
                        "RECORDED",
                        "PROPERTY_MISMATCH",
                        "PROPERTY_MISMATCH",
                        "PROPERTY_MISMATCH",
                        "PROPERTY_MISMATCH",
                        "UNKNOWN_BEHAVIOR_TYPE",
                        "BEHAVIOR_EXPIRED",
                        "INSTANT_OUT_OF_RANGE",
                        "UNKNOWN_CUSTOMER",
                        "CUSTOMER_ERASED",
                        "REPEATED",
                        "REQUEST_KEY_REUSED",
                        "RECORDED");
        assertThat(ids(ann)).containsExactly("1", "12");
        List<String> before = crm().dump();
        assertThat(behavior().recordAll(events))
                .extracting(EventOutcome::isKept)
                .isEqualTo(outcomes.stream().map(EventOutcome::isKept).toList());
        assertThat(crm().dump()).isEqualTo(before);
    }

    private static String shown(EventOutcome outcome) {
        CrmException refusal = outcome.refusal();
        return refusal == null ? outcome.status().name() : refusal.code().name();
    }

    @Test
    public final void what_a_host_rolls_back_was_never_recorded() {
        List<String> before = crm().dump();
        rolledBack(() -> {
            behavior().recordAll(List.of(view(ann, "1", T0), view(BROWSER, "2", T0)));
            link(ann, "login");
            assertThat(ids(ann)).containsExactly("2", "1");
        });
        assertThat(crm().dump()).isEqualTo(before);
    }

    // --- the law: whatever the order of arrival

    @Test
    public final void any_order_of_arrival_any_repetition_and_any_batches_leave_the_same() {
        for (int seed = 1; seed <= 8; seed++) {
            Random random = new Random(seed);
            List<BehaviorEvent> facts = facts(random);
            CustomerId inOrder = crm().newCustomer(ACME);
            deliver(inOrder, facts, random);
            for (int permutation = 0; permutation < 3; permutation++) {
                CustomerId customer = crm().newCustomer(ACME);
                List<BehaviorEvent> shuffled = new ArrayList<>(facts);
                facts.stream().filter(fact -> random.nextBoolean()).forEach(shuffled::add);
                Collections.shuffle(shuffled, random);
                deliver(customer, shuffled, random);
                assertThat(kept(customer)).as("events of seed %d", seed).isEqualTo(kept(inOrder));
            }
        }
    }

    private List<BehaviorEvent> facts(Random random) {
        return IntStream.range(0, 1 + random.nextInt(40))
                .mapToObj(i -> {
                    Instant at = T0.minusMillis(random.nextInt(20));
                    return random.nextBoolean()
                            ? view(ann, "e" + i, at)
                            : BehaviorEvent.of(ann, SIGN.name(), id("e" + i), at);
                })
                .toList();
    }

    private void deliver(CustomerId customer, List<BehaviorEvent> facts, Random random) {
        int from = 0;
        while (from < facts.size()) {
            int to = Math.min(facts.size(), from + 1 + random.nextInt(15));
            List<EventOutcome> outcomes = behavior()
                    .recordAll(facts.subList(from, to).stream()
                            .map(fact -> new BehaviorEvent(
                                    customer,
                                    null,
                                    fact.type(),
                                    fact.id(),
                                    fact.occurredAt(),
                                    null,
                                    null,
                                    fact.properties()))
                            .toList());
            assertThat(outcomes).allMatch(EventOutcome::isKept);
            from = to;
        }
    }

    /** Her timeline and statistics in a form that does not name her. */
    private List<Object> kept(CustomerId customer) {
        return Stream.concat(
                        timeline(customer).stream().map(event -> event.position() + event.json()),
                        behavior().statistics(customer).stream())
                .map(Object.class::cast)
                .toList();
    }

    @Test
    public final void many_who_deliver_the_same_events_at_once_keep_each_once() {
        List<BehaviorEvent> events = IntStream.range(0, 60)
                .mapToObj(i -> view(ann, "e" + i, T0.minusMillis(i)))
                .toList();
        List<Attempt<List<EventOutcome>>> attempts = Race.of(12, thread -> {
            List<BehaviorEvent> mine = new ArrayList<>(events);
            Collections.shuffle(mine, new Random(thread));
            return behavior().recordAll(mine);
        });

        assertThat(attempts.stream().flatMap(attempt -> attempt.orFail().stream()))
                .allMatch(EventOutcome::isKept)
                .filteredOn(outcome -> outcome.status() == RECORDED)
                .hasSize(60);
        assertThat(behavior().statistics(ann))
                .containsExactly(new BehaviorStatistics(VIEW.name(), 60, T0.minusMillis(59), T0));
    }

    // --- visitors

    @Test
    public final void a_visitor_who_becomes_a_customer_brings_all_it_did() {
        behavior()
                .recordAll(List.of(
                        view(BROWSER, "1", T0.minusSeconds(2)),
                        view(ann, "2", T0.minusSeconds(1)),
                        view(BROWSER, "both", T0),
                        view(ann, "both", T0)));
        VisitorFile before = behavior().visitor(BROWSER).orElseThrow();
        assertThat(ids(before.id())).containsExactly("both", "1");

        VisitorLink link = repeatable(() -> behavior().link(BROWSER, ann, RequestKey.of("login")));
        crm().clock().advance(DAY);
        behavior().recordAll(List.of(view(BROWSER, "3", T0.plusSeconds(1)), view(BROWSER, "late", T0.minusSeconds(9))));

        assertThat(link).isEqualTo(new VisitorLink(T0, ann));
        assertThat(ids(ann)).containsExactly("3", "both", "2", "1", "late");
        assertThat(ids(before.id())).isEmpty();
        assertThat(behavior().record(view(BROWSER, "1", T0.minusSeconds(2)))).isEqualTo(REPEATED);
        assertThat(behavior().link(BROWSER, ann, RequestKey.of("again"))).isEqualTo(link);
        assertThat(behavior().statistics(ann))
                .containsExactly(new BehaviorStatistics(VIEW.name(), 5, T0.minusSeconds(9), T0.plusSeconds(1)));
        CustomerId bob = crm().newCustomer(ACME);
        refused(CoreError.REQUEST_KEY_REUSED, () -> link(bob, "again"));
    }

    @Test
    public final void a_visitor_who_becomes_somebody_else_leaves_what_it_did() {
        CustomerId bob = crm().newCustomer(ACME);
        behavior().record(view(BROWSER, "anonymous", T0.minusSeconds(1)));
        link(ann, "ann's login");
        behavior().record(view(BROWSER, "ann's", T0));
        crm().clock().advance(DAY);
        link(bob, "bob's login");
        crm().clock().advance(DAY);

        behavior()
                .recordAll(List.of(
                        view(BROWSER, "bob's", T0.plus(DAY)),
                        view(BROWSER, "late", T0.plus(DAY).minusMillis(1))));

        assertThat(behavior().record(view(BROWSER, "ann's", T0))).isEqualTo(REPEATED);
        link(ann, "ann's login");
        assertThat(behavior().visitor(BROWSER).flatMap(VisitorFile::customer)).contains(bob);
        assertThat(ids(ann)).containsExactly("late", "ann's", "anonymous");
        assertThat(ids(bob)).containsExactly("bob's");
    }

    @Test
    public final void a_visitor_is_linked_with_customers_only_and_not_with_too_many() {
        CustomerId gone = crm().newCustomer(ACME);
        privacy().erase(gone, RequestKey.of("erase"));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> link(nobody(), "login"));
        refused(CoreError.CUSTOMER_ERASED, () -> link(gone, "login"));
        CustomerId bob = crm().newCustomer(ACME);
        for (int i = 0; i < VisitorFile.MAX_LINKS; i++) {
            link(i % 2 == 0 ? ann : bob, "login " + i);
        }
        refused(CoreError.TOO_MANY_LINKS, () -> link(ann, "one more"));
    }

    @Test
    public final void who_is_forgotten_leaves_no_events_and_no_visitor() {
        CustomerId bob = crm().newCustomer(ACME);
        link(ann, "ann's login");
        behavior()
                .recordAll(IntStream.range(0, 5)
                        .mapToObj(i -> view(BROWSER, "e" + i, T0))
                        .toList());
        crm().clock().advance(DAY);
        link(bob, "bob's login");
        behavior().record(view(BROWSER, "bob's", T0.plus(DAY)));
        eraseRecord(ann);

        assertThat(behavior().forget(ann, 3)).isTrue();
        assertThat(behavior().forget(ann, 3)).isFalse();
        repeatable(() -> behavior().forget(ann, 3));

        assertThat(ids(ann)).isEmpty();
        assertThat(ids(bob)).containsExactly("bob's");
        assertThat(crm().dump())
                .noneMatch(row -> row.contains("visitor")
                        && (row.contains(ann.toString()) || row.contains(Long.toString(ann.value()))));
        // Delivered again, it is nobody's, not Bob's.
        behavior().record(view(BROWSER, "e1", T0));
        assertThat(ids(behavior().visitor(BROWSER).orElseThrow().id())).containsExactly("e1");
        assertThat(ids(bob)).containsExactly("bob's");
    }

    @Test
    public final void events_that_arrive_while_their_visitor_is_linked_are_all_hers() {
        List<Attempt<Boolean>> attempts = Race.of(8, thread -> {
            for (int i = 0; i < 12; i++) {
                if (thread == 0 && i == 4) {
                    link(ann, "login");
                }
                behavior().recordAll(List.of(view(BROWSER, thread + "/" + i, T0), view(BROWSER, "common", T0)));
            }
            return true;
        });

        attempts.forEach(Attempt::orFail);
        assertThat(behavior().statistics(ann))
                .extracting(BehaviorStatistics::count)
                .containsExactly(8 * 12 + 1L);
        assertThat(behavior()
                        .statistics(behavior().visitor(BROWSER).orElseThrow().id()))
                .isEmpty();
    }

    // --- timeline and retention

    @Test
    public final void a_timeline_is_read_by_type_window_and_page() {
        behavior()
                .recordAll(IntStream.range(0, 20)
                        .mapToObj(i -> i % 2 == 0
                                ? view(ann, "e" + i, T0.minusMillis(i / 4))
                                : BehaviorEvent.of(ann, SIGN.name(), id("e" + i), T0.minusMillis(i / 4)))
                        .toList());
        var views = TimelineQuery.of(ann).type(VIEW.name()).between(T0.minusMillis(3), T0);

        assertThat(Pages.all(4, page -> behavior().timeline(views, page)))
                .extracting(event -> event.id().value())
                .containsExactly("e6", "e4", "e8", "e10", "e14", "e12");
        assertThat(timeline(ann)).hasSize(20);
        refused(CoreError.INVALID_CURSOR, () -> behavior().timeline(views, PageRequest.after("1/99/x", 1)));
    }

    @Test
    public final void what_is_past_its_retention_counts_no_more_whether_or_not_it_is_deleted() {
        CustomerId bob = crm().newCustomer(ACME);
        for (CustomerId customer : List.of(ann, bob)) {
            behavior()
                    .recordAll(List.of(
                            view(customer, "view", T0.minusSeconds(1)),
                            BehaviorEvent.of(customer, SIGN.name(), id("old"), T0.minusSeconds(1)),
                            BehaviorEvent.of(customer, SIGN.name(), id("new"), T0)));
        }
        crm().clock().set(T0.plus(Duration.ofDays(30)));
        var expected = List.of(
                new BehaviorStatistics(SIGN.name(), 1, T0, T0),
                new BehaviorStatistics(VIEW.name(), 1, T0.minusSeconds(1), T0.minusSeconds(1)));
        assertThat(behavior().statistics(ann)).isEqualTo(expected);
        assertThat(ids(ann)).containsExactly("new", "view");

        ExpiryProgress first = behavior().expire(null, 1);
        ExpiryProgress second = behavior().expire(first.cursor(), 1);
        ExpiryProgress third = behavior().expire(second.cursor(), 1);

        assertThat(List.of(first.deleted(), second.deleted(), third.deleted())).containsExactly(1, 1, 0);
        assertThat(third.isDone()).isTrue();
        assertThat(behavior().statistics(ann)).isEqualTo(expected);
        refused(
                CoreError.BEHAVIOR_EXPIRED,
                () -> behavior().record(BehaviorEvent.of(ann, SIGN.name(), id("old"), T0.minusSeconds(1))));
        behavior().define(new BehaviorType(SIGN.name(), 2, List.of(), null, false));
        assertThat(ids(ann)).containsExactly("new", "view");
    }
}
