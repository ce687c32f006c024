package dev.retailcrm.assets.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.checkout.CouponChoice.Candidate;
import dev.retailcrm.assets.checkout.CouponChoice.Chosen;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponBenefit;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponOrigin;
import dev.retailcrm.assets.coupon.CouponScope;
import dev.retailcrm.assets.coupon.CouponStacking;
import dev.retailcrm.assets.coupon.CouponState;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.CouponWorth;
import dev.retailcrm.core.kernel.CustomerId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

class CouponChoicePropertyTest {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final CustomerId ANN = CustomerId.of(1);
    private static final Instant T0 = Instant.parse("2026-03-02T09:00:00Z");

    private static Money cents(long minor) {
        return Money.ofMinor(CNY, minor);
    }

    private static Candidate candidate(int id, CouponTemplate template) {
        var coupon = new Coupon(
                CouponId.of(id),
                ANN,
                template.id(),
                CouponState.AVAILABLE,
                CouponOrigin.CLAIM,
                T0,
                T0.plusSeconds(1_000 - id),
                null,
                null,
                null,
                ANN,
                T0,
                1);
        return new Candidate(coupon, template);
    }

    @Property(tries = 300)
    void no_legal_sequence_of_up_to_six_coupons_takes_off_more(@ForAll Random random) {
        Basket basket = basket(random);
        List<Candidate> candidates = candidates(random, 1 + random.nextInt(6));

        Chosen chosen = CouponChoice.of(basket, candidates);

        assertThat(chosen.exhaustive()).isTrue();
        assertThat(off(basket, chosen.basket())).isEqualTo(bruteForce(basket, candidates, new ArrayList<>()));
        requireLegal(basket, chosen);
    }

    @Property(tries = 20)
    void of_more_the_choice_is_legal_and_as_good_as_any_single_one(@ForAll Random random) {
        Basket basket = basket(random);
        List<Candidate> candidates = candidates(random, 7 + random.nextInt(60));

        Chosen chosen = CouponChoice.of(basket, candidates);

        requireLegal(basket, chosen);
        candidates.forEach(it -> assertThat(it.template().worth(basket).total().getAmountMinorLong())
                .isLessThanOrEqualTo(off(basket, chosen.basket())));
    }

    @Example
    void those_that_expire_soonest_go_first() {
        var template = CouponTemplate.of("ten", "Ten", new CouponBenefit.AmountOff(cents(100)));
        var basket = Basket.of(BasketLine.of(1, "A", cents(1_000)));

        Chosen chosen = CouponChoice.of(
                basket,
                IntStream.range(1, 5).mapToObj(it -> candidate(it, template)).toList());

        assertThat(chosen.used()).extracting(it -> it.candidate().coupon().id()).containsExactly(CouponId.of(4));
    }

    @Example
    void a_percentage_goes_before_an_amount_unless_that_has_a_threshold() {
        var tenth = CouponTemplate.of("tenth", "Tenth", new CouponBenefit.PercentOff(1_000, null));
        var ten = CouponTemplate.of("ten", "Ten", new CouponBenefit.AmountOff(cents(1_000)));
        var basket = Basket.of(BasketLine.of(1, "A", cents(10_000)));

        assertThat(off(
                        basket,
                        CouponChoice.of(basket, List.of(candidate(1, ten), candidate(2, tenth)))
                                .basket()))
                .isEqualTo(2_000);
        assertThat(off(
                        basket,
                        CouponChoice.of(basket, List.of(candidate(1, ten.from(cents(10_000))), candidate(2, tenth)))
                                .basket()))
                .isEqualTo(1_900);
    }

    private static long off(Basket before, Basket after) {
        return before.net().minus(after.net()).getAmountMinorLong();
    }

    private static void requireLegal(Basket basket, Chosen chosen) {
        List<CouponTemplate> templates = new ArrayList<>();
        Set<CouponId> ids = new HashSet<>();
        Basket left = basket;
        for (CouponChoice.Used used : chosen.used()) {
            templates.add(used.candidate().template());
            assertThat(ids.add(used.candidate().coupon().id())).isTrue();
            assertThat(used.candidate().template().worth(left)).isEqualTo(used.worth());
            left = used.worth().takenOff(left, used.candidate().template().key());
        }
        assertThat(left).isEqualTo(chosen.basket());
        assertThat(CouponStacking.areCombinable(templates)).isTrue();
    }

    /** The most that any sequence of distinct coupons takes off that may be used together. */
    private static long bruteForce(Basket left, List<Candidate> unused, List<CouponTemplate> used) {
        long most = 0;
        for (int i = 0; i < unused.size(); i++) {
            List<CouponTemplate> together = new ArrayList<>(used);
            together.add(unused.get(i).template());
            CouponWorth worth = unused.get(i).template().worth(left);
            if (worth.isSomething() && CouponStacking.areCombinable(together)) {
                List<Candidate> rest = new ArrayList<>(unused);
                rest.remove(i);
                Basket next = worth.takenOff(left, "c");
                most = Math.max(most, worth.total().getAmountMinorLong() + bruteForce(next, rest, together));
            }
        }
        return most;
    }

    private static Basket basket(Random random) {
        List<BasketLine> lines = new ArrayList<>();
        for (int no = 0; no <= random.nextInt(6); no++) {
            lines.add(BasketLine.of(no, "S" + random.nextInt(4), cents(random.nextInt(5_000)))
                    .quantity(
                            random.nextInt(5) == 0 ? new BigDecimal("1.5") : BigDecimal.valueOf(1 + random.nextInt(4)))
                    .category("C" + random.nextInt(2))
                    .kind(random.nextInt(4) == 0 ? LineKind.FREIGHT : LineKind.GOODS));
        }
        return Basket.of(lines);
    }

    private static List<Candidate> candidates(Random random, int count) {
        List<CouponTemplate> templates = new ArrayList<>();
        for (int i = 0; i < Math.max(1, count * 2 / 3); i++) {
            templates.add(template(random, "t" + i));
        }
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            candidates.add(candidate(i, templates.get(random.nextInt(templates.size()))));
        }
        return candidates;
    }

    private static CouponTemplate template(Random random, String key) {
        CouponTemplate template = CouponTemplate.of(key, key, benefit(random));
        template = random.nextInt(3) == 0 ? template.from(cents(1 + random.nextInt(6_000))) : template;
        template = random.nextInt(3) == 0
                ? template.within(
                        random.nextBoolean()
                                ? CouponScope.all().skus("S1", "S2")
                                : CouponScope.all().categories("C1"))
                : template;
        CouponStacking stacking = CouponStacking.any().times(1 + random.nextInt(3));
        stacking = random.nextInt(3) == 0 ? stacking.in("g" + random.nextInt(2)) : stacking;
        return template.stacking(random.nextInt(6) == 0 ? stacking.onItsOwn() : stacking);
    }

    private static CouponBenefit benefit(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> new CouponBenefit.AmountOff(cents(1 + random.nextInt(2_000)));
            case 1 ->
                new CouponBenefit.PercentOff(
                        1 + random.nextInt(9_999), random.nextBoolean() ? null : cents(1 + random.nextInt(900)));
            case 2 -> new CouponBenefit.EveryFull(cents(1_000), cents(1 + random.nextInt(500)), 1 + random.nextInt(4));
            case 3 -> new CouponBenefit.Exchange(cents(random.nextInt(900)), 1 + random.nextInt(3));
            case 4 -> new CouponBenefit.NForM(3, 2);
            case 5 -> new CouponBenefit.FreeItem(1 + random.nextInt(2));
            default -> new CouponBenefit.Shipping(random.nextBoolean() ? null : cents(1 + random.nextInt(900)));
        };
    }
}
