package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.core.spi.RuleRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbered rules of {@link DueStore}. */
public abstract class DueStoreContract extends StoreContract {
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Instant LATER = T0.plusMillis(1);
    private static final RuleRun RUN = new RuleRun("vip", 1, null, T0);

    private CustomerId ann = nobody();
    private CustomerId bob = nobody();
    private CustomerId cid = nobody();

    private final Function<CrmFixture, DueStore> stores;

    /** A contract of one of the stores of a fixture. */
    protected DueStoreContract(Function<CrmFixture, DueStore> stores) {
        this.stores = stores;
    }

    /** Registers three customers of one tenant, ascending by id. */
    @BeforeEach
    public final void registerThree() {
        List<CustomerId> three =
                Stream.generate(() -> crm().newCustomer(ACME)).limit(3).sorted().toList();
        ann = three.get(0);
        bob = three.get(1);
        cid = three.get(2);
    }

    private DueStore store() {
        return stores.apply(crm());
    }

    private void schedule(Map<CustomerId, Instant> due) {
        commit(() -> {
            store().hold(ACME, due.keySet());
            store().schedule(ACME, due);
        });
    }

    private void write(RuleRun run) {
        commit(() -> store().write(ACME, run));
    }

    @Test
    public final void du_1_nothing_of_another_tenant_is_found_or_changed() {
        schedule(Map.of(ann, T0));
        write(RUN);

        assertThat(committed(() -> store().due(ZENITH, Set.of(ann)))).isEmpty();
        assertThat(committed(() -> store().overdue(ZENITH, LAST, 9))).isEmpty();
        assertThat(committed(() -> store().runs(ZENITH))).isEmpty();
        assertThat(committed(() -> store().lockRun(ZENITH, "vip"))).isEmpty();
        assertThat(committed(() -> store().unschedule(ZENITH, Set.of(ann)))).isZero();
        commit(() -> store().end(ZENITH, "vip"));
        assertThat(committed(() -> store().due(ACME, Set.of(ann)))).isEqualTo(Map.of(ann, T0));
        assertThat(committed(() -> store().runs(ACME))).containsExactly(RUN);
    }

    @Test
    public final void du_2_a_transaction_sees_what_it_wrote_and_others_do_not() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            schedule(Map.of(ann, T0));
            write(RUN);

            assertThat(store().due(ACME, Set.of(ann))).isEqualTo(Map.of(ann, T0));
            assertThat(store().runs(ACME)).containsExactly(RUN);
            assertThat(Race.result(race.start(() -> committed(() -> store().due(ACME, Set.of(ann))))))
                    .isEmpty();
            assertThat(Race.result(race.start(() -> committed(() -> store().runs(ACME)))))
                    .isEmpty();
            host.rollback();
        }
        assertThat(committed(() -> store().due(ACME, Set.of(ann)))).isEmpty();
        assertThat(committed(() -> store().runs(ACME))).isEmpty();
    }

    @Test
    public final void du_3_who_is_held_is_waited_for_by_whoever_locks_her_tags() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().hold(ACME, List.of(bob, ann));
            Future<?> tags = race.start(() -> committed(() -> crm().tags().lockAll(ACME, List.of(ann))));
            Future<?> hold = race.start(() -> committed(() -> {
                store().hold(ACME, List.of(bob));
                return true;
            }));
            assertThat(Race.waits(tags)).as("who locks tags waits").isTrue();
            assertThat(Race.waits(hold)).as("who holds waits").isTrue();
            committed(() -> crm().tags().lockAll(ACME, List.of(ann, bob)));
            host.commit();
            assertThat(Race.result(tags)).isNotNull();
            assertThat(Race.result(hold)).isEqualTo(true);
        }
    }

    @Test
    public final void du_4_5_who_is_due_is_told_as_it_was_given_last() {
        schedule(Map.of(ann, T0, bob, LAST));
        schedule(Map.of(ann, LATER, cid, T0));

        assertThat(committed(() -> store().due(ACME, List.of(ann, bob, cid))))
                .isEqualTo(Map.of(ann, LATER, bob, LAST, cid, T0));
        assertThat(committed(() -> store().due(ACME, List.of(cid)))).isEqualTo(Map.of(cid, T0));
        assertThat(committed(() -> store().due(ACME, List.of()))).isEmpty();
    }

    @Test
    public final void du_6_who_is_due_no_more_is_not_found() {
        schedule(Map.of(ann, T0, bob, T0));

        int deleted = committed(() -> {
            store().hold(ACME, List.of(ann, cid));
            return store().unschedule(ACME, Set.of(ann, cid));
        });

        assertThat(deleted).isEqualTo(1);
        assertThat(committed(() -> store().due(ACME, List.of(ann, bob, cid)))).isEqualTo(Map.of(bob, T0));
        assertThat(committed(() -> store().overdue(ACME, LAST, 9))).containsExactly(bob);
    }

    @Test
    public final void du_7_the_longest_due_are_found_first_and_no_more_than_are_asked_for() {
        schedule(Map.of(ann, LATER, bob, T0, cid, LATER));

        assertThat(committed(() -> store().overdue(ACME, LATER, 9))).containsExactly(bob, ann, cid);
        assertThat(committed(() -> store().overdue(ACME, LATER, 2))).containsExactly(bob, ann);
        assertThat(committed(() -> store().overdue(ACME, T0, 9))).containsExactly(bob);
        assertThat(committed(() -> store().overdue(ACME, T0.minusMillis(1), 9))).isEmpty();
    }

    @Test
    public final void du_8_10_11_runs_are_kept_as_they_were_given_until_they_end() {
        var first = new RuleRun("zeta", 3, bob, T0.minus(Duration.ofDays(1)));
        write(RUN);
        write(first);
        write(new RuleRun("alpha", 1, null, T0));
        assertThat(committed(() -> store().runs(ACME))).containsExactly(first, new RuleRun("alpha", 1, null, T0), RUN);

        write(RUN.at(ann));
        commit(() -> store().end(ACME, "zeta"));
        commit(() -> store().end(ACME, "none"));

        assertThat(committed(() -> store().runs(ACME))).containsExactly(new RuleRun("alpha", 1, null, T0), RUN.at(ann));
    }

    @Test
    public final void du_9_a_lock_that_waited_returns_what_the_holder_left() {
        write(RUN);
        assertThat(committed(() -> store().lockRun(ACME, "none"))).isEmpty();
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            assertThat(store().lockRun(ACME, "vip")).contains(RUN);
            Future<?> second = race.start(() -> committed(() -> store().lockRun(ACME, "vip")));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            store().write(ACME, RUN.at(bob));
            host.commit();

            assertThat(Race.result(second)).isEqualTo(Optional.of(RUN.at(bob)));
        }
    }
}
