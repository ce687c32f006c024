package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erasure;
import dev.retailcrm.core.privacy.Erasure.State;
import dev.retailcrm.core.privacy.ErasureObstacle;
import dev.retailcrm.core.spi.ErasureStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules of {@link ErasureStore}. */
public abstract class ErasureStoreContract extends StoreContract {
    /** A contract. */
    protected ErasureStoreContract() {}

    private ErasureStore store() {
        return crm().erasures();
    }

    private static Erasure erasure(CustomerId customer, State state) {
        return new Erasure(
                customer,
                state,
                T0,
                Actor.staff(StaffId.of("kim")).at(StoreId.of("S01")).via("pos"),
                T0.plusMillis(7),
                List.of(
                        new ErasureObstacle("ledger", "VALUE", "stored:CNY"),
                        new ErasureObstacle("host", "WARRANTY", "case/4711")),
                new TreeMap<>(Map.of("behavior", 12_345L, "consent", 2L)));
    }

    private CustomerId written(TenantId tenant, State state) {
        CustomerId customer = crm().newCustomer(tenant);
        write(tenant, erasure(customer, state));
        return customer;
    }

    private void write(TenantId tenant, Erasure erasure) {
        commit(() -> {
            crm().customers().lock(tenant, erasure.customer());
            store().write(tenant, erasure);
        });
    }

    @Test
    public final void er_1_another_tenants_erasures_are_not_found() {
        CustomerId customer = written(ZENITH, State.REQUESTED);
        assertThat(store().find(ACME, customer)).isEmpty();
        assertThat(store().open(ACME, null, 9)).isEmpty();
    }

    @Test
    public final void er_2_an_erasure_is_found_as_written() {
        CustomerId customer = written(ACME, State.REQUESTED);
        assertThat(store().find(ACME, customer)).contains(erasure(customer, State.REQUESTED));
        assertThat(store().find(ACME, crm().newCustomer(ACME))).isEmpty();
        var plain = new Erasure(customer, State.ERASED, T0, Actor.UNKNOWN, T0, List.of(), new TreeMap<>());
        write(ACME, plain);
        assertThat(store().find(ACME, customer)).contains(plain);
    }

    @Test
    public final void er_3_it_is_kept_only_if_committed() {
        CustomerId customer = written(ACME, State.REQUESTED);
        rolledBack(() -> {
            crm().customers().lock(ACME, customer);
            store().write(ACME, erasure(customer, State.ERASED));
            assertThat(store().find(ACME, customer)).contains(erasure(customer, State.ERASED));
        });
        assertThat(store().find(ACME, customer)).contains(erasure(customer, State.REQUESTED));
    }

    @Test
    public final void er_4_open_ones_are_paged_by_ascending_customer() {
        List<CustomerId> open = Stream.of(State.REQUESTED, State.ERASING, State.REQUESTED)
                .map(state -> written(ACME, state))
                .sorted()
                .toList();
        written(ACME, State.ERASED);
        written(ACME, State.WITHDRAWN);

        assertThat(open(null, 2)).isEqualTo(open.subList(0, 2));
        assertThat(open(open.get(1), 2)).isEqualTo(open.subList(2, 3));
        write(ACME, erasure(open.get(1), State.ERASED));
        assertThat(open(null, 9)).containsExactly(open.get(0), open.get(2));
    }

    private List<CustomerId> open(@Nullable CustomerId after, int limit) {
        return store().open(ACME, after, limit).stream().map(Erasure::customer).toList();
    }
}
