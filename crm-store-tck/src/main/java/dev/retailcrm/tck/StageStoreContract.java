package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.lifecycle.LifecycleStage;
import dev.retailcrm.core.lifecycle.StageChanged;
import dev.retailcrm.core.lifecycle.StageStep;
import dev.retailcrm.core.spi.StageChange;
import dev.retailcrm.core.spi.StageSnapshot;
import dev.retailcrm.core.spi.StageStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@link StageStore}. */
public abstract class StageStoreContract extends StoreContract {
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private CustomerId ann = nobody();
    private CustomerId bob = nobody();
    private CustomerId cid = nobody();

    /** A contract. */
    protected StageStoreContract() {}

    /** Registers three customers of one tenant, ascending by id. */
    @BeforeEach
    public final void registerThree() {
        List<CustomerId> three =
                Stream.generate(() -> crm().newCustomer(ACME)).limit(3).sorted().toList();
        ann = three.get(0);
        bob = three.get(1);
        cid = three.get(2);
    }

    private StageStore store() {
        return crm().stages();
    }

    @Test
    public final void lc_1_nothing_of_another_tenant_is_found() {
        write(true, stage(ann, 0, T0));

        assertThat(store().find(ZENITH, ann)).isEmpty();
        assertThat(committed(() -> store().lock(ZENITH, Set.of(ann)))).isEmpty();
        assertThat(store().due(ZENITH, LAST, 9)).isEmpty();
    }

    @Test
    public final void lc_2_a_transaction_sees_what_it_wrote_and_others_do_not() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            write(true, stage(ann, 0, T0));

            assertThat(store().find(ACME, ann)).isPresent();
            assertThat(Race.result(race.start(() -> store().find(ACME, ann)))).isEmpty();
            host.rollback();
        }
        assertThat(store().find(ACME, ann)).isEmpty();
    }

    @Test
    public final void lc_3_a_lock_that_waited_returns_what_the_holder_left() {
        write(true, stage(ann, 0, T0));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lock(ACME, Set.of(ann));
            Future<Map<CustomerId, StageSnapshot>> second = race.start(() -> committed(() -> {
                store().find(ACME, ann);
                return store().lock(ACME, Set.of(bob, ann));
            }));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            write(false, stage(ann, 1, T0));
            host.commit();

            assertThat(Race.result(second)).isEqualTo(Map.of(ann, stage(ann, 1, T0)));
        }
    }

    @Test
    public final void lc_4_stages_and_events_are_kept_together_as_they_were_given_or_not_at_all() {
        var full = new StageSnapshot(
                ACME,
                ann,
                LifecycleStage.NEW,
                Instant.EPOCH,
                List.of(
                        new StageStep(T0, LifecycleStage.GROWING),
                        new StageStep(T0.plusMillis(1), LifecycleStage.DECLINING),
                        new StageStep(LAST, LifecycleStage.LAPSED)),
                1);
        var bare = new StageSnapshot(ACME, ann, LifecycleStage.LAPSED, LAST, List.of(), 1);
        var event = EventEnvelope.of(
                ACME,
                EventEnvelope.LIFECYCLE,
                1,
                new StageChanged(ann, LifecycleStage.PROSPECT, LifecycleStage.NEW, T0));
        var both = List.of(
                new StageChange(full, true, List.of(event)), new StageChange(stage(bob, 0, T0), true, List.of()));
        List<String> before = crm().dump();
        rolledBack(() -> write(both));
        assertThat(crm().dump()).isEqualTo(before);

        write(both);

        assertThat(store().find(ACME, ann)).contains(full);
        assertThat(store().find(ACME, bob)).contains(stage(bob, 0, T0));
        assertThat(crm().dump()).anyMatch(row -> row.contains("lifecycle.changed"));
        write(List.of(new StageChange(bare, false, List.of())));
        assertThat(store().find(ACME, ann)).contains(bare);
    }

    @Test
    public final void lc_5_those_are_due_whose_time_has_come_the_longest_ago_first() {
        write(true, stage(ann, 0, T0.plusMillis(1)));
        write(true, stage(bob, 0, T0.plusMillis(1)));
        write(true, stage(cid, 0, T0));
        CustomerId dan = crm().newCustomer(ACME);
        write(true, new StageSnapshot(ACME, dan, LifecycleStage.LAPSED, T0, List.of(), 0));

        assertThat(store().due(ACME, T0.minusMillis(1), 9)).isEmpty();
        assertThat(store().due(ACME, T0, 9)).containsExactly(cid);
        assertThat(store().due(ACME, LAST, 9)).containsExactly(cid, ann, bob);
        assertThat(store().due(ACME, LAST, 2)).containsExactly(cid, ann);
    }

    private static StageSnapshot stage(CustomerId customer, long eventSeq, Instant due) {
        return new StageSnapshot(
                ACME,
                customer,
                LifecycleStage.DECLINING,
                T0.minusMillis(1),
                List.of(new StageStep(due, LifecycleStage.LAPSED)),
                eventSeq);
    }

    private void write(boolean isFirst, StageSnapshot stage) {
        write(List.of(new StageChange(stage, isFirst, List.of())));
    }

    private void write(List<StageChange> changes) {
        commit(() -> {
            Set<CustomerId> customers = Set.copyOf(
                    changes.stream().map(change -> change.after().customer()).toList());
            TenantId tenant = changes.get(0).after().tenant();
            crm().trade().open(tenant, customers);
            store().lock(tenant, customers);
            store().applyAll(changes);
        });
    }
}
