package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorStatistics;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.ExpiryProgress;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.PropertyKind;
import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.behavior.Retention;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.behavior.VisitorFile;
import dev.retailcrm.core.behavior.VisitorLink;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@link BehaviorStore}. */
public abstract class BehaviorStoreContract extends StoreContract {
    private static final BehaviorType VIEW = BehaviorType.of("product.viewed")
            .with(Property.text("sku", 40).mandatory())
            .with(Property.of("price", PropertyKind.MONEY));
    private static final String HASH = "h".repeat(43);

    private CustomerId ann = nobody();

    /** A contract. */
    protected BehaviorStoreContract() {}

    /** Registers the customer that most rules are about. */
    @BeforeEach
    public final void registerAnn() {
        ann = crm().newCustomer(ACME);
    }

    private BehaviorStore store() {
        return crm().behavior();
    }

    private static RecordedEvent event(CustomerId owner, String id, String type, Instant at) {
        return new RecordedEvent(
                owner,
                BehaviorId.of("web", id),
                type,
                at,
                T0,
                "app",
                StoreId.of("S01"),
                "{\"sku\":\"tea\"}",
                id.hashCode());
    }

    private RecordedEvent event(String id) {
        return event(ann, id, VIEW.name(), T0);
    }

    private List<RecordedEvent> timeline(TenantId tenant, CustomerId owner) {
        return store().timeline(tenant, TimelineQuery.of(owner), List.of(), null, 99);
    }

    @Test
    public final void bs_1_another_tenant_finds_and_changes_nothing() {
        store().define(ACME, VIEW.keptFor(1));
        VisitorFile visitor = open(HASH, nobody());
        RecordedEvent old = event(ann, "1", VIEW.name(), T0.minus(Duration.ofDays(9)));
        store().record(ACME, List.of(old));
        List<String> before = crm().dump();

        assertThat(store().types(ZENITH, Set.of(VIEW.name()))).isEmpty();
        assertThat(store().types(ZENITH, null, 9)).isEmpty();
        assertThat(store().expiring(ZENITH)).isEmpty();
        assertThat(store().version(ZENITH, VIEW.name(), 1)).isEmpty();
        assertThat(store().standings(ZENITH, Set.of(ann))).isEmpty();
        assertThat(store().visitor(ZENITH, HASH)).isEmpty();
        assertThat(timeline(ZENITH, ann)).isEmpty();
        assertThat(store().statistics(ZENITH, ann, List.of())).isEmpty();
        store().remove(ZENITH, ann, Set.of(old.id()));
        assertThat(store().expire(ZENITH, List.of(new Retention(VIEW.name(), T0)), null, 9))
                .isEqualTo(new ExpiryProgress(0, null));

        assertThat(crm().dump()).isEqualTo(before);
        assertThat(store().record(ZENITH, List.of(old))).isEmpty();
        assertThat(committed(() -> store().open(ZENITH, Map.of(HASH, ann))).get(HASH))
                .isNotEqualTo(visitor);
    }

    // --- types

    @Test
    public final void bs_2_bs_3_bs_4_bs_5_of_each_type_the_latest_version_counts_and_all_are_kept() {
        BehaviorType kept =
                VIEW.with(Property.of("on", PropertyKind.DATE)).version(2).keptFor(30);
        BehaviorType retired = BehaviorType.of("b").keptFor(1).retire();
        Stream.of(VIEW, kept, retired, retired.version(2), new BehaviorType("b", 3, List.of(), null, false))
                .forEach(type -> assertThat(store().define(ACME, type)).isTrue());

        assertThat(store().types(ACME, Set.of(VIEW.name(), "c"))).isEqualTo(Map.of(VIEW.name(), kept));
        assertThat(store().types(ACME, null, 9)).extracting(BehaviorType::name).containsExactly("b", VIEW.name());
        assertThat(store().types(ACME, "b", 9)).containsExactly(kept);
        assertThat(store().types(ACME, null, 1))
                .extracting(BehaviorType::version)
                .containsExactly(3);
        assertThat(store().expiring(ACME)).containsExactly(kept);
        assertThat(store().version(ACME, VIEW.name(), 1)).contains(VIEW);
        assertThat(store().version(ACME, "b", 2)).contains(retired.version(2));
        assertThat(store().version(ACME, "b", 4)).isEmpty();
    }

    @Test
    public final void bs_6_of_two_who_define_a_version_the_second_waits_and_is_told() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            assertThat(store().define(ACME, VIEW)).isTrue();
            assertThat(store().define(ACME, VIEW.retire())).isFalse();
            Future<Boolean> second = race.start(() -> committed(() -> store().define(ACME, VIEW.retire())));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            host.commit();

            assertThat(Race.result(second)).isFalse();
        }
        assertThat(store().version(ACME, VIEW.name(), 1)).contains(VIEW);
    }

    @Test
    public final void bs_7_customers_are_told_from_others() {
        assertThat(store().standings(ACME, Set.of(ann, nobody()))).isEqualTo(hers());
    }

    private Map<CustomerId, Standing> hers() {
        CustomerSnapshot record =
                crm().unitOfWork().read(() -> crm().customers().find(ACME, ann)).orElseThrow();
        return Map.of(ann, new Standing(CustomerStatus.ACTIVE, record.changedAt(), null));
    }

    @Test
    public final void bs_21_a_record_that_is_held_is_not_locked_by_others_until_the_transaction_ends() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            assertThat(store().hold(ACME, Set.of(ann, nobody()))).containsOnlyKeys(ann);
            Future<Boolean> merger = race.start(
                    () -> committed(() -> crm().customers().lock(ACME, ann).isPresent()));
            assertThat(Race.waits(merger)).as("who would merge her waits").isTrue();

            host.commit();

            assertThat(Race.result(merger)).isTrue();
        }
    }

    @Test
    public final void bs_21_whoever_locked_a_record_is_waited_for() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            assertThat(crm().customers().lock(ACME, ann)).isPresent();
            Future<Map<CustomerId, Standing>> recorder =
                    race.start(() -> committed(() -> store().hold(ACME, Set.of(ann))));
            assertThat(Race.waits(recorder)).as("who would record waits").isTrue();

            host.commit();

            assertThat(Race.result(recorder)).isEqualTo(hers());
        }
    }

    @Test
    public final void bs_24_of_some_events_those_kept_are_told_and_nothing_is_written() {
        RecordedEvent kept = event(ann, "1", VIEW.name(), T0);
        RecordedEvent other = event(ann, "2", VIEW.name(), T0);
        store().record(ACME, List.of(kept));
        List<String> before = crm().dump();

        assertThat(committed(() -> store().kept(ACME, List.of(kept, other))))
                .isEqualTo(Map.of(kept, kept.fingerprint()));
        assertThat(committed(() -> store().kept(ZENITH, List.of(kept)))).isEmpty();
        assertThat(committed(() -> store().kept(ACME, List.of()))).isEmpty();

        assertThat(crm().dump()).isEqualTo(before);
    }

    // --- visitors

    private VisitorFile open(String hash, CustomerId proposed) {
        return Objects.requireNonNull(
                committed(() -> store().open(ACME, Map.of(hash, proposed))).get(hash));
    }

    @Test
    public final void bs_8_bs_11_a_lock_that_waited_returns_what_the_holder_left() {
        VisitorFile file = open(HASH, nobody());
        VisitorFile linked = new VisitorFile(file.id(), List.of(new VisitorLink(T0, ann)));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().open(ACME, Map.of(HASH, nobody()));
            Future<VisitorFile> second = race.start(() -> open(HASH, nobody()));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            assertThat(store().link(ACME, HASH, linked, RequestKey.of("k"), new Booked(7, "a")))
                    .isTrue();
            host.commit();

            assertThat(Race.result(second)).isEqualTo(linked);
        }
        assertThat(crm().requests().find(ACME, file.id(), RequestKey.of("k"))).contains(new Booked(7, "a"));
        boolean again = committed(() -> {
            store().open(ACME, Map.of(HASH, nobody()));
            return store().link(ACME, HASH, file, RequestKey.of("k"), new Booked(8, "b"));
        });
        assertThat(again).isFalse();
        assertThat(store().visitor(ACME, HASH)).contains(linked);
    }

    @Test
    public final void bs_9_bs_10_of_two_who_make_a_visitor_one_does() {
        CustomerId first = nobody();
        String other = "i".repeat(43);
        assertThat(store().visitor(ACME, HASH)).isEmpty();
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().open(ACME, Map.of(HASH, first));
            Future<Map<String, VisitorFile>> second =
                    race.start(() -> committed(() -> store().open(ACME, Map.of(HASH, nobody(), other, ann))));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            host.commit();

            assertThat(Race.result(second))
                    .isEqualTo(Map.of(HASH, VisitorFile.unlinked(first), other, VisitorFile.unlinked(ann)));
        }
        assertThat(store().visitor(ACME, HASH)).contains(VisitorFile.unlinked(first));
    }

    @Test
    public final void bs_18_bs_19_bs_20_the_visitors_a_customer_was_are_found_until_they_are_unlinked() {
        String other = "i".repeat(43);
        CustomerId bob = crm().newCustomer(ACME);
        for (String hash : List.of(other, HASH)) {
            VisitorFile file = open(hash, nobody());
            commit(() -> {
                store().open(ACME, Map.of(hash, nobody()));
                for (CustomerId customer : List.of(ann, bob, ann)) {
                    VisitorFile after = new VisitorFile(file.id(), List.of(new VisitorLink(T0, customer)));
                    store().link(ACME, hash, after, RequestKey.of("k" + nobody()), new Booked(7, "a"));
                }
            });
        }
        assertThat(store().visitors(ACME, ann, 9)).containsExactly(HASH, other);
        assertThat(store().visitors(ACME, ann, 1)).containsExactly(HASH);
        assertThat(store().visitors(ZENITH, ann, 9)).isEmpty();

        VisitorFile left =
                VisitorFile.unlinked(store().visitor(ACME, HASH).orElseThrow().id());
        commit(() -> {
            store().open(ACME, Map.of(HASH, nobody()));
            store().unlink(ACME, HASH, left, ann);
        });

        assertThat(store().visitors(ACME, ann, 9)).containsExactly(other);
        assertThat(store().visitors(ACME, bob, 9)).containsExactly(HASH, other);
        assertThat(store().visitor(ACME, HASH)).contains(left);
    }

    // --- events

    @Test
    public final void bs_12_events_that_are_there_stay_as_they_are() {
        CustomerId bob = crm().newCustomer(ACME);
        List<RecordedEvent> first =
                IntStream.range(100, 350).mapToObj(i -> event("e" + i)).toList();
        assertThat(store().record(ACME, first)).isEmpty();
        RecordedEvent other = event(ann, "e200", "cart.filled", T0.minusSeconds(1));
        RecordedEvent blank = event("e200 a");
        RecordedEvent capital = event("E200");
        RecordedEvent hers = event(bob, "e200", VIEW.name(), T0);

        Map<RecordedEvent, Long> known = store().record(ACME, List.of(capital, event("e101"), other, blank, hers));

        assertThat(known)
                .isEqualTo(Map.of(
                        event("e101"),
                        event("e101").fingerprint(),
                        other,
                        event("e200").fingerprint()));
        assertThat(store().timeline(ACME, TimelineQuery.of(ann), List.of(), null, 999))
                .hasSize(252)
                .contains(event("e200"), blank, capital)
                .doesNotContain(other);
        assertThat(timeline(ACME, bob)).containsExactly(hers);
    }

    @Test
    public final void bs_12_bs_13_what_another_records_at_the_same_time_is_waited_for() {
        RecordedEvent mine = event("1");
        RecordedEvent contradicting = event(ann, "1", "cart.filled", T0);
        for (boolean commits : List.of(false, true)) {
            try (var race = new Race();
                    HostTransaction host = crm().begin()) {
                store().record(ACME, List.of(mine));
                Future<Map<RecordedEvent, Long>> second = race.start(() ->
                        committed(() -> store().record(ACME, List.of(event("0" + commits), contradicting))));
                assertThat(Race.waits(second)).as("the second waits").isTrue();
                if (commits) {
                    host.commit();
                    assertThat(Race.result(second)).isEqualTo(Map.of(contradicting, mine.fingerprint()));
                } else {
                    host.rollback();
                    assertThat(Race.result(second)).isEmpty();
                    store().remove(ACME, ann, Set.of(mine.id()));
                }
            }
        }
        assertThat(timeline(ACME, ann)).containsExactly(mine, event("0true"), event("0false"));
    }

    @Test
    public final void bs_14_a_timeline_is_read_by_position_type_and_window() {
        List<RecordedEvent> latestFirst = List.of(
                event(ann, "a", "b", T0),
                event(ann, "c", "a", T0.minusMillis(1)),
                event(ann, "b", "b", T0.minusMillis(1)),
                event(ann, "d", "b", T0.minusMillis(2)));
        store().record(ACME, List.of(latestFirst.get(2), latestFirst.get(0), latestFirst.get(3), latestFirst.get(1)));
        TimelineQuery all = TimelineQuery.of(ann);

        assertThat(timeline(ACME, ann)).isEqualTo(latestFirst);
        assertThat(store().timeline(ACME, all, List.of(), null, 2)).isEqualTo(latestFirst.subList(0, 2));
        assertThat(store().timeline(ACME, all, List.of(), latestFirst.get(1).position(), 9))
                .isEqualTo(latestFirst.subList(2, 4));
        assertThat(store().timeline(ACME, all.type("a"), List.of(), null, 9)).containsExactly(latestFirst.get(1));
        assertThat(store().timeline(ACME, all.between(T0.minusMillis(1), T0), List.of(), null, 9))
                .isEqualTo(latestFirst.subList(1, 3));
        assertThat(store().timeline(ACME, all, List.of(new Retention("b", T0.minusMillis(1))), null, 9))
                .isEqualTo(latestFirst.subList(0, 3));
    }

    @Test
    public final void bs_15_statistics_are_those_of_the_events() {
        store().record(
                        ACME,
                        List.of(
                                event(ann, "1", "b", T0),
                                event(ann, "2", "b", T0.minusMillis(2)),
                                event(ann, "3", "b", T0.minusMillis(1)),
                                event(ann, "4", "a", T0)));

        assertThat(store().statistics(ACME, ann, List.of()))
                .containsExactly(
                        new BehaviorStatistics("a", 1, T0, T0), new BehaviorStatistics("b", 3, T0.minusMillis(2), T0));
        assertThat(store().statistics(
                                ACME,
                                ann,
                                List.of(new Retention("b", T0.minusMillis(1)), new Retention("a", T0.plusMillis(1)))))
                .containsExactly(new BehaviorStatistics("b", 2, T0.minusMillis(1), T0));
    }

    @Test
    public final void bs_16_some_events_are_removed() {
        CustomerId bob = crm().newCustomer(ACME);
        store().record(ACME, List.of(event("1"), event("2"), event(bob, "1", VIEW.name(), T0)));

        store().remove(ACME, ann, Set.of(BehaviorId.of("web", "1"), BehaviorId.of("web", "9")));

        assertThat(timeline(ACME, ann)).containsExactly(event("2"));
        assertThat(timeline(ACME, bob)).hasSize(1);
    }

    @Test
    public final void bs_17_what_is_past_is_deleted_a_page_of_owners_at_a_time() {
        List<CustomerId> owners =
                Stream.of(nobody(), nobody(), nobody()).sorted().toList();
        for (CustomerId owner : owners) {
            store().record(
                            ACME,
                            List.of(
                                    event(owner, "1", "a", T0.minusMillis(1)),
                                    event(owner, "2", "a", T0),
                                    event(owner, "3", "b", T0.minusMillis(1))));
        }
        var past = List.of(new Retention("a", T0));

        assertThat(store().expire(ACME, past, null, 2)).isEqualTo(new ExpiryProgress(2, owners.get(1)));
        assertThat(timeline(ACME, owners.get(2))).hasSize(3);
        assertThat(store().expire(ACME, past, owners.get(1), 2)).isEqualTo(new ExpiryProgress(1, null));
        assertThat(store().expire(ACME, past, owners.get(2), 2)).isEqualTo(new ExpiryProgress(0, null));

        assertThat(owners)
                .allSatisfy(owner -> assertThat(timeline(ACME, owner))
                        .extracting(event -> event.id().value())
                        .containsExactly("2", "3"));
    }

    @Test
    public final void bs_24_the_latest_event_of_each_is_told() {
        CustomerId bob = nobody();
        store().record(ACME, List.of(event(ann, "1", "a", T0), event(ann, "2", "b", T0.plusMillis(7))));
        store().record(ACME, List.of(event(bob, "1", "a", T0)));
        store().record(ZENITH, List.of(event(bob, "2", "a", T0.plusMillis(9))));

        assertThat(store().latest(ACME, List.of(ann, bob, nobody()))).isEqualTo(Map.of(ann, T0.plusMillis(7), bob, T0));
        assertThat(store().latest(ACME, List.of())).isEmpty();
    }
}
