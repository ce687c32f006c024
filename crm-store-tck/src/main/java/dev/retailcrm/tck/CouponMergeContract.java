package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponOrigin;
import dev.retailcrm.assets.coupon.CouponState;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.merge.MergeStrategy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of coupons when customers are merged and taken apart, whatever the store. A customer may get two. */
public abstract class CouponMergeContract extends MergeFacade {
    private CustomerId bea = nobody();
    private CustomerId cleo = nobody();

    /** A contract. */
    protected CouponMergeContract() {}

    /** Registers two who are one. */
    @BeforeEach
    public final void registerBoth() {
        bea = register(Registration.of("Bea"));
        cleo = register(Registration.of("Cleo"));
    }

    private CouponId claim(CustomerId customer) {
        return coupons()
                .claim(customer, CouponClaim.of("ten"), Posting.key(key()))
                .get(0)
                .id();
    }

    private CouponState state(CustomerId customer, CouponId coupon) {
        return coupons().find(customer, coupon).map(Coupon::state).orElseThrow();
    }

    private List<String> life(CustomerId customer, CouponId coupon) {
        return coupons().history(customer, coupon).stream()
                .map(it -> it.act().name())
                .toList();
    }

    private void merge() {
        merges().merge(bea, cleo, MergeStrategy.standard(), key());
    }

    private void unmerge() {
        assertThat(merges().unmerge(cleo, key()).conflicts()).isEmpty();
    }

    @Test
    public final void the_survivor_has_them_all_and_may_get_no_more() {
        claim(bea);
        CouponId hers = claim(cleo);
        coupons().redeem(cleo, Set.of(hers), Posting.key(key()).reference("A"));
        merge();

        assertThat(coupons().usable(bea)).hasSize(1);
        assertThat(state(bea, hers)).isEqualTo(CouponState.REDEEMED);
        refused(AssetError.COUPONS_EXHAUSTED, () -> claim(bea));
        assertThat(coupons()
                        .giveBack(cleo, Set.of(hers), Posting.key(key()))
                        .get(0)
                        .customer())
                .isEqualTo(bea);
    }

    @Test
    public final void each_has_her_own_again_as_it_is_by_then() {
        CouponId beas = claim(bea);
        CouponId cleos = claim(cleo);
        CouponId other = claim(cleo);
        merge();
        coupons().redeem(bea, Set.of(cleos), Posting.key(key()).reference("A"));
        unmerge();

        assertThat(coupons().usable(bea)).extracting(Coupon::id).containsExactly(beas);
        assertThat(coupons().usable(cleo)).extracting(Coupon::id).containsExactly(other);
        assertThat(state(cleo, cleos)).isEqualTo(CouponState.REDEEMED);
        assertThat(life(cleo, cleos)).containsExactly("CLAIMED", "MERGED", "INHERITED", "REDEEMED");
        assertThat(life(bea, cleos)).isEqualTo(life(cleo, cleos));
        claim(bea);
        refused(AssetError.COUPONS_EXHAUSTED, () -> claim(cleo));
    }

    @Test
    public final void one_given_to_the_other_is_one_and_then_two_again() {
        CouponId coupon = claim(bea);
        coupons().transfer(bea, cleo, coupon, Posting.key(key()));
        List<Coupon> before = List.of(
                coupons().find(bea, coupon).orElseThrow(),
                coupons().find(cleo, coupon).orElseThrow());
        merge();
        Coupon one = coupons().find(bea, coupon).orElseThrow();
        assertThat(one.state()).isEqualTo(CouponState.AVAILABLE);
        assertThat(one.origin()).isEqualTo(CouponOrigin.CLAIM);
        claim(bea);
        refused(AssetError.COUPONS_EXHAUSTED, () -> claim(bea));
        unmerge();

        assertThat(coupons().find(cleo, coupon)).contains(before.get(1));
        Coupon kept = coupons().find(bea, coupon).orElseThrow();
        assertThat(kept.state()).isEqualTo(CouponState.TRANSFERRED);
        assertThat(kept.origin()).isEqualTo(CouponOrigin.CLAIM);
        assertThat(kept.other()).isEqualTo(cleo);
    }

    @Test
    public final void what_was_given_to_others_since_leads_there_from_both() {
        CouponId coupon = claim(cleo);
        merge();
        coupons().transfer(bea, ann, coupon, Posting.key(key()));
        unmerge();

        assertThat(state(ann, coupon)).isEqualTo(CouponState.AVAILABLE);
        assertThat(state(cleo, coupon)).isEqualTo(CouponState.TRANSFERRED);
        assertThat(coupons().find(bea, coupon)).isEmpty();
        assertThat(life(ann, coupon)).containsExactly("CLAIMED", "MERGED", "INHERITED", "TRANSFERRED", "RECEIVED");
        assertThat(life(cleo, coupon)).isEqualTo(life(ann, coupon));
    }

    @Test
    public final void over_two_merges_each_goes_back_where_it_came_from() {
        CouponId anns = claim(ann);
        CouponId cleos = claim(cleo);
        merges().merge(cleo, ann, MergeStrategy.standard(), key());
        merge();
        assertThat(coupons().usable(bea)).hasSize(2);
        unmerge();
        assertThat(coupons().usable(cleo)).hasSize(2);
        merges().unmerge(ann, key());

        assertThat(coupons().usable(ann)).extracting(Coupon::id).containsExactly(anns);
        assertThat(coupons().usable(cleo)).extracting(Coupon::id).containsExactly(cleos);
    }

    @Test
    public final void what_was_done_before_is_repeatable_after() {
        Posting claim = Posting.key(key());
        Coupon first = coupons().claim(cleo, CouponClaim.of("ten"), claim).get(0);
        merge();

        Coupon again = coupons().claim(cleo, CouponClaim.of("ten"), claim).get(0);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.customer()).isEqualTo(bea);
        assertThat(coupons().claim(bea, CouponClaim.of("ten"), claim)).containsExactly(again);
        assertThat(coupons().usable(bea)).hasSize(1);
    }
}
