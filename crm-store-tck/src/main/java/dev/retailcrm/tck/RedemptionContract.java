package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.benefit.UseLimit;
import dev.retailcrm.assets.benefit.UsePeriod;
import dev.retailcrm.assets.card.CardIssue;
import dev.retailcrm.assets.card.CardProduct;
import dev.retailcrm.assets.checkout.Block;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponState;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.redeem.CheckedPass;
import dev.retailcrm.assets.redeem.ExchangeOffer;
import dev.retailcrm.assets.redeem.PassCheck;
import dev.retailcrm.assets.redeem.PresentedPass;
import dev.retailcrm.assets.redeem.Redeem;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.redeem.RedeemSettings;
import dev.retailcrm.assets.redeem.Redemption;
import dev.retailcrm.assets.redeem.Redemptions;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link Redemptions} does, whatever the store. */
public abstract class RedemptionContract extends BenefitFacade {
    private static final RedeemItem CAKE = RedeemItem.benefit("cake");
    private static final RedeemItem MUG = RedeemItem.exchange("mug");

    /** A contract. */
    protected RedemptionContract() {}

    private String shown(RedeemItem item) {
        return redemptions().show(ann, item).code();
    }

    private Redemption present(String code, Posting posting) {
        return redemptions().redeem(PresentedPass.of(code, "till-1"), 1, posting);
    }

    /** 3 points for every started pair. */
    private static ExchangeOffer mug() {
        return ExchangeOffer.of("mug", "A mug", "MUG-1", "standard", 3).per(Block.started(2));
    }

    @Test
    public final void a_code_is_used_once_whatever_the_till() {
        define(cake());
        String code = shown(CAKE);

        List<Race.Attempt<Redemption>> all =
                Race.of(2, no -> redemptions().redeem(PresentedPass.of(code, "till-" + no), 1, by("till " + no)));

        assertThat(all.stream().filter(Race.Attempt::succeeded)).hasSize(1);
        assertThat(all.stream()
                        .filter(it -> it.refusal() != null)
                        .map(it -> it.refusal().code()))
                .containsExactly(AssetError.PASS_USED);
        Redemption used = redemptions().of(ann, PageRequest.first(9)).items().get(0);
        redemptions().reverse(ann, used.id(), 1, posting());
        refused(AssetError.PASS_USED, () -> present(code, posting()));
        pass(Duration.ofSeconds(30));
        assertThat(present(shown(CAKE), posting()).left()).isEqualTo(1);
    }

    @Test
    public final void a_repetition_is_answered_when_the_time_of_the_code_is_over() {
        define(cake());
        String code = shown(CAKE);
        Redemption first = repeatable(() -> present(code, by("once")));
        pass(Duration.ofMinutes(10));
        assertThat(present(code, by("once"))).isEqualTo(first);
        assertThat(first.till()).isEqualTo("till-1");
        assertThat(first.store()).isEqualTo(S01);
        refused(AssetError.PASS_NOT_VALID, () -> present(code, posting()));
    }

    @Test
    public final void a_code_is_good_for_its_step_and_the_next_and_checked_without_asking() {
        define(cake());
        Instant start = Instant.ofEpochSecond(1_800_000_000L);
        crm().clock().set(start);
        String code = shown(CAKE);
        PassCheck till = PassCheck.with(KEYS.tillKeys(ACME));

        assertThat(redemptions().show(ann, CAKE).until()).isEqualTo(start.plusSeconds(30));
        assertThat(till.check(code, start.plusSeconds(59))).contains(new CheckedPass(ann, CAKE, 60_000_000L));
        assertThat(till.check(code, start.plusSeconds(60))).isEmpty();
        assertThat(till.check(code, start.minusSeconds(30))).isPresent();
        assertThat(till.check(code, start.minusSeconds(31))).isEmpty();
        assertThat(PassCheck.with(KEYS.tillKeys(ZENITH)).check(code, start)).isEmpty();
        char last = code.charAt(20);
        String wrong = code.substring(0, 20) + (char) (last == '9' ? '0' : last + 1) + code.substring(21);
        assertThat(till.check(wrong, start)).isEmpty();
        assertThat(till.check(code + "s", start)).isEmpty();
        assertThat(till.check("no code at all, whatever it may be", start)).isEmpty();
        assertThat(redemptions().verify(PresentedPass.of(code, "till-1"), S01).available())
                .isEqualTo(Long.MAX_VALUE);
        refused(AssetError.PASS_NOT_VALID, () -> present(wrong, posting()));
    }

    @Test
    public final void a_till_that_was_offline_delivers_late_but_not_too_late() {
        define(cake());
        String code = shown(CAKE);
        Instant accepted = crm().clock().instant();
        String other = redemptions().show(ann, RedeemItem.benefit("cake2")).code();
        pass(Duration.ofHours(3));
        Redemption used = present(code, by("late").at(accepted));
        assertThat(used.at()).isEqualTo(accepted);
        refused(AssetError.PASS_USED, () -> present(code, by("later").at(accepted.plusSeconds(1))));
        pass(Duration.ofDays(1));
        refused(AssetError.PASS_NOT_VALID, () -> present(other, by("too late").at(accepted)));
    }

    @Test
    public final void who_guesses_waits() {
        define(cake());
        String code = shown(CAKE);
        String guess = code.substring(0, 14) + "00000000" + code.substring(22);
        for (int i = 0; i < 10; i++) {
            refused(AssetError.PASS_NOT_VALID, () -> present(guess, posting()));
        }
        refused(AssetError.TOO_MANY_GUESSES, () -> present(guess, posting()));
        refused(AssetError.TOO_MANY_GUESSES, () -> present(code, posting()));
        assertThat(redemptions()
                        .redeem(PresentedPass.of(code, "till-2"), 1, posting())
                        .left())
                .isEqualTo(1);
        refused(
                CoreError.INVALID_VALUE,
                () -> redemptions(RedeemSettings.of(terms())).show(ann, CAKE));
    }

    @Test
    public final void a_code_of_who_was_merged_is_the_survivors_and_used_once() {
        define(cake());
        CustomerId bob = crm().newCustomer(ACME);
        String code = redemptions().show(bob, CAKE).code();
        present(code, by("before"));
        merge(ann, bob);
        refused(AssetError.PASS_USED, () -> present(code, posting()));
        assertThat(redemptions().verify(PresentedPass.of(code, "till-1"), S01))
                .matches(it -> it.customer().equals(ann) && it.used());
        assertThat(present(code, by("before")).customer()).isEqualTo(ann);
    }

    @Test
    public final void a_coupon_is_used_and_given_back() {
        Coupon coupon = coupons().claim(ann, CouponClaim.of("ten"), by("claim")).get(0);
        RedeemItem item = RedeemItem.coupon(coupon.id());
        String code = shown(item);
        assertThat(redemptions().verify(PresentedPass.of(code, "till-1"), S01).available())
                .isEqualTo(1);
        Redemption used = repeatable(() -> present(code, by("use")));
        assertThat(coupons().find(ann, coupon.id()).orElseThrow().state()).isEqualTo(CouponState.REDEEMED);
        refused(AssetError.COUPON_STATE, () -> redeem(ann, item, 1));
        repeatable(() -> redemptions().reverse(ann, used.id(), 1, by("reverse")));
        assertThat(coupons().find(ann, coupon.id()).orElseThrow().state()).isEqualTo(CouponState.AVAILABLE);
        redeem(ann, item, 1);
        refused(CoreError.INVALID_VALUE, () -> redeem(ann, item, 2));
    }

    @Test
    public final void a_reward_of_3_for_every_started_pair_costs_3_for_2_and_9_for_5() {
        define(mug());
        points().earn(ann, 100, by("earn"));
        assertThat(redeem(ann, MUG, 2).points()).isEqualTo(3);
        Redemption five = redeem(ann, MUG, 5);
        assertThat(five.points()).isEqualTo(9);
        assertThat(available()).isEqualTo(88);

        redemptions().reverse(ann, five.id(), 1, posting());
        assertThat(available()).isEqualTo(91);
        redemptions().reverse(ann, five.id(), 1, posting());
        assertThat(available()).isEqualTo(91);
        redemptions().reverse(ann, five.id(), 3, posting());
        assertThat(available()).isEqualTo(97);
    }

    @Test
    public final void of_thirty_exchanges_at_once_a_stock_of_five_gives_five() {
        define(mug().per(Block.whole(1)).stock(5));
        List<CustomerId> many =
                Stream.generate(() -> crm().newCustomer(ACME)).limit(10).toList();
        many.forEach(it -> points().earn(it, 100, by("earn")));

        List<Race.Attempt<Redemption>> all = Race.of(30, no -> redeem(many.get(no % 10), MUG, 1));

        assertThat(all.stream().filter(Race.Attempt::succeeded)).hasSize(5);
        assertThat(all.stream()
                        .filter(it -> it.refusal() != null)
                        .map(it -> it.refusal().code()))
                .containsOnly(AssetError.OUT_OF_STOCK);
        assertThat(exchanges().left("mug")).isZero();
        assertThat(many.stream()
                        .mapToLong(it -> points().balance(it).available())
                        .sum())
                .isEqualTo(1_000 - 5 * 3);
        Redemption one = all.stream()
                .filter(Race.Attempt::succeeded)
                .findFirst()
                .orElseThrow()
                .orFail();
        redemptions().reverse(one.customer(), one.id(), 1, posting());
        assertThat(exchanges().left("mug")).isEqualTo(1);
        assertThat(points().balance(one.customer()).available() % 3).isEqualTo(100 % 3);
    }

    @Test
    public final void an_exchange_that_is_refused_leaves_nothing_behind_in_a_transaction_of_the_hosts() {
        define(mug().stock(1));
        points().earn(ann, 100, by("earn"));
        List<String> before = crm().dump();
        try (HostTransaction host = crm().begin()) {
            assertThatThrownBy(() -> redeem(ann, MUG, 2))
                    .isInstanceOfSatisfying(
                            CrmException.class, it -> assertThat(it.code()).isEqualTo(AssetError.OUT_OF_STOCK));
            host.commit();
        }
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void goods_have_limits_days_and_stores() {
        define(mug().per(Block.whole(1))
                .limitedTo(UseLimit.of(2, UsePeriod.DAY))
                .between(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 2))
                .in(Set.of(S01)));
        refused(AssetError.INSUFFICIENT_VALUE, () -> redeem(ann, MUG, 1));
        points().earn(ann, 100, by("earn"));
        redeem(ann, MUG, 2);
        refused(AssetError.LIMIT_EXCEEDED, () -> redeem(ann, MUG, 1));
        refused(
                AssetError.OFFER_NOT_GOOD,
                () -> redemptions()
                        .redeem(ann, Redeem.of(MUG), Posting.key(key()).in(StoreId.of("S02"))));
        pass(DAY);
        redeem(ann, MUG, 1);
        assertThat(redemptions()
                        .verify(PresentedPass.of(shown(MUG), "till-1"), S01)
                        .available())
                .isEqualTo(1);
        pass(DAY);
        refused(AssetError.OFFER_NOT_GOOD, () -> redeem(ann, MUG, 1));
        ExchangeOffer kept = exchanges().find("mug").orElseThrow();
        assertThat(ExchangeOffer.parse(kept.toJson())).isEqualTo(kept);
        assertThat(exchanges().retire("mug", key()).retired()).isTrue();
        refused(AssetError.UNKNOWN_DEFINITION, () -> redeem(ann, RedeemItem.exchange("none"), 1));
    }

    @Test
    public final void what_was_used_before_a_merge_is_taken_back_after_it() {
        define(mug().per(Block.whole(1)).stock(9));
        define(CardProduct.free("wash", "Washes", 5, Set.of()));
        CustomerId bob = crm().newCustomer(ACME);
        points().earn(bob, 30, by("earn"));
        cards().issue(bob, CardIssue.of("wash"), posting());
        Redemption mugs = redeem(bob, MUG, 3);
        Redemption washes = redeem(bob, RedeemItem.card("wash"), 2);
        merge(ann, bob);

        redemptions().reverse(ann, mugs.id(), 3, posting());
        redemptions().reverse(bob, washes.id(), 1, posting());
        assertThat(available()).isEqualTo(30);
        assertThat(exchanges().left("mug")).isEqualTo(9);
        assertThat(cards().usesLeft(ann, "wash")).isEqualTo(4);
        assertThat(redemptions().find(bob, mugs.id()).orElseThrow().left()).isZero();
        refused(AssetError.UNKNOWN_REDEMPTION, () -> redemptions().reverse(ann, BenefitId.of(7), 1, posting()));
    }
}
