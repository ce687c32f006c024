package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.benefit.BenefitWorth;
import dev.retailcrm.assets.benefit.Benefits;
import dev.retailcrm.assets.benefit.CustomerBenefit;
import dev.retailcrm.assets.earn.EarnBasis;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.spi.MemberTerms;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.joda.money.Money;

/**
 * What a customer's benefits are worth at the checkout: of her discounts in percent the greatest, on goods; no freight if she has free shipping; of her
 * multipliers of points the greatest. Benefits that can be used so many times only are not used up unasked: those are for {@link
 * dev.retailcrm.assets.redeem.Redemptions}. Thread-safe.
 */
public final class BenefitTerms implements MemberTerms {
    private static final BigDecimal MOST = BigDecimal.valueOf(EarnBasis.MAX_FACTOR);
    private static final int WHOLE = 100;

    private final Benefits benefits;

    /** @param benefits without restrictions: whoever may ask for a quote is told of benefits by it */
    public BenefitTerms(Benefits benefits) {
        this.benefits = Check.present(benefits, "benefits");
    }

    /** {@inheritDoc} Round trips as of {@link Benefits#usable}. */
    @Override
    public Granted of(CustomerId customer, Basket basket, Instant at) {
        List<Benefit> hers = benefits.usable(customer, basket.store().orElse(null), at).stream()
                .filter(it -> it.left() == null)
                .map(CustomerBenefit::benefit)
                .toList();
        Basket reduced = greatest(hers, BenefitTerms::percent)
                .map(it -> discounted(basket, it.benefit(), it.value()))
                .orElse(basket);
        Basket shipped = hers.stream()
                .filter(it -> it.worth() instanceof BenefitWorth.FreeShipping)
                .min(Comparator.comparing(Benefit::key))
                .map(it -> withoutFreight(reduced, it))
                .orElse(reduced);
        List<EarnRule> rewards = greatest(hers, BenefitTerms::factor)
                .filter(it -> it.value().compareTo(BigDecimal.ONE) > 0)
                .map(it -> List.of(EarnRule.of(key(it.benefit()), new EarnBasis.Times(it.value(), RoundingMode.DOWN))))
                .orElse(List.of());
        return new Granted(shipped, rewards);
    }

    private record Valued(Benefit benefit, BigDecimal value) {}

    /** Of those that have a value the one with the greatest; among equals that of the least key. */
    private static Optional<Valued> greatest(
            List<Benefit> benefits, Function<BenefitWorth, Optional<BigDecimal>> value) {
        return benefits.stream()
                .flatMap(it -> value.apply(it.worth()).map(worth -> new Valued(it, worth)).stream())
                .min(Comparator.comparing(Valued::value, Comparator.reverseOrder())
                        .thenComparing(it -> it.benefit().key()));
    }

    private static Optional<BigDecimal> percent(BenefitWorth worth) {
        return worth instanceof BenefitWorth.Discount discount ? Optional.of(discount.percent()) : Optional.empty();
    }

    /** With the two places that earning knows, rounded down. */
    private static Optional<BigDecimal> factor(BenefitWorth worth) {
        return worth instanceof BenefitWorth.PointsMultiplier multiplier
                ? Optional.of(multiplier.factor().min(MOST).setScale(2, RoundingMode.DOWN))
                : Optional.empty();
    }

    /** Of all goods together, rounded half up. */
    private static Basket discounted(Basket basket, Benefit benefit, BigDecimal percent) {
        long goods = basket.lines().stream()
                .filter(it -> it.kind() == LineKind.GOODS)
                .mapToLong(it -> it.net().getAmountMinorLong())
                .sum();
        long off = BigDecimal.valueOf(goods)
                .multiply(percent)
                .divide(BigDecimal.valueOf(WHOLE), 0, RoundingMode.HALF_UP)
                .longValueExact();
        return off == 0 ? basket : basket.discount(source(benefit), Money.ofMinor(basket.currency(), off));
    }

    private static Basket withoutFreight(Basket basket, Benefit benefit) {
        List<BasketLine> lines = new ArrayList<>();
        for (BasketLine line : basket.lines()) {
            boolean free = line.kind() == LineKind.FREIGHT && line.net().isPositive();
            lines.add(free ? line.discount(source(benefit), line.net()) : line);
        }
        return basket.lines(lines);
    }

    private static String source(Benefit benefit) {
        return "benefit:" + benefit.key();
    }

    /** As no host is likely to call a rule, and no longer than one may be called. */
    private static String key(Benefit benefit) {
        String key = "+" + benefit.key();
        return key.substring(0, Math.min(key.length(), EarnRule.MAX_KEY));
    }
}
