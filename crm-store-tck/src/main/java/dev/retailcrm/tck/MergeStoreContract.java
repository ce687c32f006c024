package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.merge.Merge;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.merge.Merges;
import dev.retailcrm.core.spi.MergePorts;
import dev.retailcrm.core.spi.MergeStore;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of {@link MergeStore}, and those of the other stores that only merges need. */
public abstract class MergeStoreContract extends FacadeContract {
    /** A contract. */
    protected MergeStoreContract() {}

    private CustomerId bob() {
        return crm().newCustomer(ACME);
    }

    private static Merge merge(CustomerId survivor, CustomerId merged, long version) {
        var conflict = MergeConflict.told("ledger", "points:standard", "USED_SINCE", 7);
        return new Merge(
                survivor,
                merged,
                version,
                2,
                T0,
                Actor.staff(StaffId.of("kim")).at(StoreId.of("S01")).via("pos"),
                List.of(
                        new MergePart("ledger", Map.of("points:standard", 12L), List.of(conflict), "a 1 2;"),
                        MergePart.of("trade", Map.of(), List.of())),
                null,
                List.of());
    }

    private void write(Merge merge) {
        commit(() -> {
            crm().customers().lock(ACME, merge.survivor());
            crm().merges().write(ACME, merge);
        });
    }

    @Test
    public final void ms_1_other_tenants_see_nothing() {
        write(merge(ann, bob(), 2));

        assertThat(crm().merges().of(ZENITH, ann)).isEmpty();
    }

    @Test
    public final void ms_2_and_4_merges_come_as_written_the_latest_first() {
        Merge first = merge(ann, bob(), 2);
        Merge second = merge(ann, bob(), 5);
        write(first);
        write(second);

        assertThat(crm().merges().of(ACME, ann)).containsExactly(second, first);
        assertThat(crm().merges().of(ACME, nobody())).isEmpty();
    }

    @Test
    public final void ms_2_nothing_is_kept_of_a_transaction_rolled_back() {
        rolledBack(() -> {
            crm().customers().lock(ACME, ann);
            crm().merges().write(ACME, merge(ann, bob(), 2));
        });

        assertThat(crm().merges().of(ACME, ann)).isEmpty();
    }

    @Test
    public final void ms_3_an_end_is_kept_with_what_was_left() {
        Merge first = merge(ann, bob(), 2);
        write(first);
        Merge ended = first.ended(
                T0.plusSeconds(1), List.of(MergeConflict.told("customer", "profile.name", "CHANGED_SINCE", 0)));

        commit(() -> {
            crm().customers().lock(ACME, ann);
            crm().merges().end(ACME, ended);
        });

        assertThat(crm().merges().of(ACME, ann)).containsExactly(ended);
    }

    // --- other stores

    private CustomerId merged() {
        CustomerId bob = bob();
        var ports =
                new MergePorts(crm().unitOfWork(), crm().requests(), crm().customers(), crm().merges(), crm().clock());
        new Merges(ACME, ports, List.of()).merge(ann, bob, MergeStrategy.standard(), RequestKey.of("merge"));
        return bob;
    }

    @Test
    public final void cs_21_and_ao_2_who_was_merged_into_whom_is_known() {
        CustomerId bob = merged();

        assertThat(crm().customers().mergedInto(ACME, ann)).containsExactly(bob);
        assertThat(crm().customers().mergedInto(ACME, bob)).isEmpty();
        assertThat(crm().owners().survivor(ACME, bob)).contains(ann);
        assertThat(crm().owners().survivor(ACME, ann)).isEmpty();
        assertThat(crm().owners().survivor(ZENITH, bob)).isEmpty();
        assertThat(crm().owners().existing(ACME, Set.of(ann, bob))).containsExactly(ann);
    }

    @Test
    public final void cs_25_many_are_asked_at_once_where_they_stand() {
        CustomerId bob = merged();
        CustomerId nobody = CustomerId.of(7);

        assertThat(crm().unitOfWork().read(() -> crm().customers().standings(ACME, Set.of(ann, bob, nobody))))
                .containsOnlyKeys(ann, bob)
                .hasEntrySatisfying(ann, it -> assertThat(it.mergedInto()).isNull())
                .hasEntrySatisfying(bob, it -> {
                    assertThat(it.status()).isEqualTo(CustomerStatus.MERGED);
                    assertThat(it.mergedInto()).isEqualTo(ann);
                });
        assertThat(crm().unitOfWork().read(() -> crm().customers().standings(ZENITH, Set.of(ann, bob))))
                .isEmpty();
        assertThat(customers().current(Set.of(ann, bob, nobody))).isEqualTo(Map.of(ann, ann, bob, ann));
    }

    @Test
    public final void rs_4_and_5_keys_are_adopted_and_disowned() {
        CustomerId bob = bob();
        CustomerId cid = bob();
        points().earn(ann, 1, Posting.key("both"));
        points().earn(bob, 2, Posting.key("both"));
        points().earn(bob, 3, Posting.key("hers"));
        points().earn(cid, 4, Posting.key("first"));
        Booked own = find(ann, "both").orElseThrow();
        Booked hers = find(bob, "hers").orElseThrow();

        commit(() -> {
            List.of(ann, bob, cid).forEach(it -> crm().customers().lock(ACME, it));
            crm().requests().adopt(ACME, cid, bob);
            crm().requests().adopt(ACME, bob, ann);
        });

        assertThat(find(ann, "both")).contains(own);
        assertThat(find(ann, "hers")).contains(new Booked(hers.fingerprint(), hers.answer(), bob));
        assertThat(find(ann, "first")).map(Booked::home).contains(cid);
        assertThat(find(bob, "hers")).contains(hers);

        commit(() -> {
            List.of(ann, bob).forEach(it -> crm().customers().lock(ACME, it));
            crm().requests().disown(ACME, bob, ann);
        });

        assertThat(find(ann, "both")).contains(own);
        assertThat(find(ann, "hers")).isEmpty();
        assertThat(find(ann, "first")).isEmpty();
        assertThat(find(bob, "first")).map(Booked::home).contains(cid);
    }

    private Optional<Booked> find(CustomerId customer, String key) {
        return crm().requests().find(ACME, customer, RequestKey.of(key));
    }

    @Test
    public final void ls_17_and_18_a_wallet_tells_its_assets_and_where_it_went() {
        CustomerId bob = bob();
        stored().topUp(ann, TopUp.of(yuan("1.00")), Posting.key("top"));
        points().earn(ann, 1, Posting.key("earn"));
        var points = new AccountId(ACME, ann, POINTS);
        var club = new AccountId(ACME, ann, Asset.points("club"));

        assertThat(crm().ledger().assets(ACME, ann)).containsExactly(POINTS, Asset.storedValue(CNY));
        assertThat(crm().ledger().assets(ACME, bob)).isEmpty();
        commit(() -> crm().ledger().redirect(ACME, ann, bob));

        assertThat(committed(() -> crm().ledger().lock(points)))
                .map(Account::movedTo)
                .contains(bob);
        assertThat(committed(() -> crm().ledger().open(club)).movedTo()).isEqualTo(bob);
        assertThat(committed(() -> crm().ledger().lockAll(ACME, POINTS, Set.of(ann, bob)))
                        .get(ann))
                .extracting(Account::movedTo)
                .isEqualTo(bob);
        commit(() -> crm().ledger().redirect(ACME, ann, null));
        assertThat(committed(() -> crm().ledger().lock(points)))
                .map(Account::movedTo)
                .isEmpty();
        assertThat(committed(() -> crm().ledger().lock(club)))
                .map(Account::movedTo)
                .isEmpty();
    }
}
