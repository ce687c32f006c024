package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.checkout.LineKind;
import dev.retailcrm.assets.earn.CapPeriod;
import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.earn.EarnOutcome;
import dev.retailcrm.assets.earn.EarnVerdict;
import dev.retailcrm.assets.earn.Earned;
import dev.retailcrm.assets.earn.LineEarning;
import dev.retailcrm.assets.earn.Occasion;
import dev.retailcrm.assets.earn.ProgramEarning;
import dev.retailcrm.assets.earn.RuleEarning;
import dev.retailcrm.assets.spi.EarnChange;
import dev.retailcrm.assets.spi.EarnStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbered rules of {@link EarnStore}. */
public abstract class EarnStoreContract extends FacadeContract {
    private static final List<String> ALL = List.of("D1", "D2", "C");
    private static final CapUse USE = new CapUse("p", "", "D1", 5, 1);

    private CustomerId bob = nobody();

    /** A contract. */
    protected EarnStoreContract() {}

    /** Another customer. */
    @BeforeEach
    public final void registerBob() {
        bob = crm().newCustomer(ACME);
    }

    private EarnStore store() {
        return crm().earnings();
    }

    private static Earned earned(CustomerId customer, long no) {
        var rule = new RuleEarning("r", EarnVerdict.CAPPED, 5, CapPeriod.DAY, new TreeMap<>(Map.of(1, 2L, 2, 3L)));
        var line = new LineEarning(1, LineKind.GOODS, 200, 100, 5);
        var program = new ProgramEarning("p", 3, POINTS, 5, T0.plusMillis(1), List.of(rule), List.of(line));
        return new Earned(
                customer,
                no,
                RequestKey.of("order " + no),
                no % 2 == 0 ? Occasion.REVIEW : null,
                T0,
                no % 2 == 0 ? null : StoreId.of("S1"),
                no % 2 == 0 ? null : BadValues.RARE,
                new EarnOutcome(List.of(program), List.of(USE), no % 2 == 0 ? null : "CNY"),
                new TreeMap<>(Map.of(1, no)),
                no % 2 == 0 ? T0.plusMillis(2) : null);
    }

    private static EarnChange change(TenantId tenant, Earned earned, CapUse... uses) {
        return new EarnChange(
                tenant, earned.customer(), true, earned, List.of(uses), earned.key(), new Booked(9, "earned#x#1"));
    }

    private void lock(TenantId tenant, CustomerId customer) {
        ledger(tenant, POINTS, terms()).lockWallet(customer);
    }

    private boolean apply(TenantId tenant, Earned earned, CapUse... uses) {
        return committed(() -> {
            lock(tenant, earned.customer());
            Earned first = new Earned(
                    earned.customer(),
                    earned.no(),
                    earned.key(),
                    earned.occasion(),
                    earned.at(),
                    earned.store(),
                    earned.reference(),
                    earned.outcome(),
                    earned.returned(),
                    null);
            return store().apply(change(tenant, first, uses));
        });
    }

    private List<CapUse> uses(CustomerId customer) {
        return crm().unitOfWork().read(() -> store().uses(ACME, customer, ALL)).stream()
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .toList();
    }

    @Test
    public final void ep_1_nothing_of_another_tenant_is_found_or_changed() {
        apply(ACME, earned(ann, 1), USE);

        assertThat(committed(() -> store().find(ZENITH, ann, 1))).isEmpty();
        assertThat(committed(() -> store().list(ZENITH, ann, 0, 9))).isEmpty();
        assertThat(committed(() -> store().last(ZENITH, ann))).isZero();
        assertThat(committed(() -> store().uses(ZENITH, ann, ALL))).isEmpty();
        assertThat(committed(() -> store().last(ACME, bob))).isZero();
        assertThat(uses(bob)).isEmpty();
    }

    @Test
    public final void ep_2_what_was_rolled_back_is_not_found() {
        rolledBack(() -> {
            lock(ACME, ann);
            store().apply(change(ACME, earned(ann, 1), USE));
            assertThat(store().last(ACME, ann)).isEqualTo(1);
            assertThat(store().uses(ACME, ann, ALL)).containsExactly(USE);
        });

        assertThat(committed(() -> store().last(ACME, ann))).isZero();
        assertThat(uses(ann)).isEmpty();
    }

    @Test
    public final void ep_3_uses_of_the_periods_asked_for_are_found() {
        apply(ACME, earned(ann, 1), USE, new CapUse("p", "r", "D2", 1, 1), new CapUse("p", "r", "D3", 1, 1));

        assertThat(uses(ann)).containsExactly(USE, new CapUse("p", "r", "D2", 1, 1));
    }

    @Test
    public final void ep_4_numbers_are_counted() {
        apply(ACME, earned(ann, 1));
        apply(ACME, earned(ann, 2));

        assertThat(committed(() -> store().last(ACME, ann))).isEqualTo(2);
    }

    @Test
    public final void ep_5_a_key_is_booked_once() {
        assertThat(apply(ACME, earned(ann, 1), USE)).isTrue();
        List<String> before = crm().dump();

        assertThat(apply(ACME, earned(ann, 1), USE)).isFalse();
        assertThat(crm().dump()).isEqualTo(before);
        assertThat(committed(() -> crm().requests().find(ACME, ann, RequestKey.of("order 1"))))
                .contains(new Booked(9, "earned#x#1"));
    }

    @Test
    public final void ep_6_everything_is_kept_as_it_was_given_and_uses_are_added() {
        apply(ACME, earned(ann, 1), USE);
        apply(ACME, earned(ann, 2), new CapUse("p", "", "D1", -7, -1), new CapUse("P", "", "D1", 1, 1));
        commit(() -> {
            lock(ACME, ann);
            Earned later = earned(ann, 2);
            store().apply(new EarnChange(
                    ACME, ann, false, later, List.of(), RequestKey.of("later"), new Booked(9, "earned#x#2")));
        });

        assertThat(committed(() -> store().find(ACME, ann, 1))).contains(earned(ann, 1));
        assertThat(committed(() -> store().find(ACME, ann, 2))).contains(earned(ann, 2));
        assertThat(uses(ann)).containsExactly(new CapUse("P", "", "D1", 1, 1), new CapUse("p", "", "D1", -2, 0));
    }

    @Test
    public final void ep_7_what_is_not_there_is_not_found() {
        assertThat(committed(() -> store().find(ACME, ann, 1))).isEmpty();
    }

    @Test
    public final void ep_8_earnings_are_listed_by_number() {
        apply(ACME, earned(ann, 1));
        apply(ACME, earned(ann, 3));

        assertThat(committed(() -> store().list(ACME, ann, 0, 1))).containsExactly(earned(ann, 1));
        assertThat(committed(() -> store().list(ACME, ann, 1, 9))).containsExactly(earned(ann, 3));
    }

    @Test
    public final void ep_9_and_10_uses_are_shared_until_they_are_taken_back() {
        CustomerId cid = crm().newCustomer(ACME);
        apply(ACME, earned(ann, 1), USE);
        apply(ACME, earned(bob, 1), new CapUse("p", "", "D1", 2, 1));
        lockedBoth(ann, bob, () -> store().adopt(ACME, ann, bob));
        apply(ACME, earned(cid, 1), new CapUse("p", "", "D1", 1, 1));
        lockedBoth(bob, cid, () -> store().adopt(ACME, bob, cid));

        assertThat(uses(bob).stream().mapToLong(CapUse::points).sum()).isEqualTo(7);
        assertThat(uses(cid).stream().mapToLong(CapUse::points).sum()).isEqualTo(8);
        assertThat(uses(ann)).containsExactly(USE);

        lockedBoth(bob, cid, () -> store().disown(ACME, bob, cid));
        lockedBoth(ann, bob, () -> store().disown(ACME, ann, bob));
        assertThat(uses(cid)).containsExactly(new CapUse("p", "", "D1", 1, 1));
        assertThat(uses(bob)).containsExactly(new CapUse("p", "", "D1", 2, 1));
    }

    private void lockedBoth(CustomerId one, CustomerId other, Runnable work) {
        commit(() -> {
            List.of(one, other).stream().sorted().forEach(it -> lock(ACME, it));
            work.run();
        });
    }

    @Test
    public final void ep_11_rows_are_deleted_a_step_at_a_time() {
        apply(ACME, earned(ann, 1), USE, new CapUse("p", "r", "D2", 1, 1));
        apply(ACME, earned(bob, 1), USE);

        assertThat(removed(2)).isEqualTo(2);
        assertThat(committed(() -> store().last(ACME, ann))).isZero();
        assertThat(removed(9)).isEqualTo(1);
        assertThat(removed(9)).isZero();
        assertThat(uses(ann)).isEmpty();
        assertThat(uses(bob)).containsExactly(USE);
    }

    private int removed(int limit) {
        return committed(() -> {
            lock(ACME, ann);
            return store().remove(ACME, ann, limit);
        });
    }
}
