package dev.retailcrm.assets.report;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;

/**
 * The revenue of a sale that is put off because points came with it: its price is allocated to the goods and the points by their relative
 * stand-alone prices, and the share of the points is revenue as they are used, in proportion to all that are expected to be used (IFRS 15,
 * paragraphs 74 to 80 and B39 to B46, Example 52). Immutable.
 *
 * @param deferred the share of the points
 */
public record Deferral(Money deferred) {
    /** Refuses an amount below zero. */
    public Deferral {
        if (Check.present(deferred, "deferred").isNegative()) {
            throw CoreError.INVALID_VALUE.because("nothing below zero is put off");
        }
    }

    /**
     * The share of points in a price, rounded half up to the currency's smallest unit.
     *
     * @param price what was paid; zero or more
     * @param goods what the goods cost alone; zero or more
     * @param points what the points would cost alone: those expected to be used, at their value; zero or more
     */
    public static Deferral of(Money price, Money goods, Money points) {
        if (Check.present(price, "price").isNegative()
                || Check.present(goods, "goods").isNegative()
                || Check.present(points, "points").isNegative()) {
            throw CoreError.INVALID_VALUE.because("prices are zero or more");
        }
        if (!price.isSameCurrency(goods) || !price.isSameCurrency(points)) {
            throw CoreError.INVALID_VALUE.because("prices are in one currency");
        }
        Money whole = goods.plus(points);
        return new Deferral(
                whole.isZero()
                        ? price.multipliedBy(0)
                        : Money.of(
                                price.getCurrencyUnit(),
                                price.getAmount()
                                        .multiply(points.getAmount())
                                        .divide(whole.getAmount(), price.getScale(), RoundingMode.HALF_UP)));
    }

    /**
     * What points are worth alone, rounded half up to the currency's smallest unit.
     *
     * @param points zero or more
     * @param value of a point
     * @param breakage the share that is expected to lapse, from 0 to 1
     */
    public static Money standAlone(long points, Money value, BigDecimal breakage) {
        if (Check.present(breakage, "breakage").signum() < 0 || breakage.compareTo(BigDecimal.ONE) > 0) {
            throw CoreError.INVALID_VALUE.because("breakage is a share from 0 to 1");
        }
        if (points < 0) {
            throw CoreError.INVALID_VALUE.because("points are zero or more");
        }
        return Check.present(value, "value")
                .multipliedBy(
                        BigDecimal.valueOf(points).multiply(BigDecimal.ONE.subtract(breakage)), RoundingMode.HALF_UP);
    }

    /**
     * How it becomes revenue, period by period; what was revenue before is not taken back when more are expected to be used, but counts in the
     * share of the period that knows better.
     */
    public List<Period> schedule(List<Use> uses) {
        List<Period> periods = new ArrayList<>();
        Money before = deferred.multipliedBy(0);
        long used = 0;
        for (Use use : uses) {
            used = Math.addExact(used, use.used());
            Money toDate = deferred.multipliedBy(share(used, use.expected()), RoundingMode.HALF_UP);
            periods.add(new Period(deferred.minus(before), toDate.minus(before), deferred.minus(toDate)));
            before = toDate;
        }
        return periods;
    }

    private static BigDecimal share(long used, long expected) {
        return expected == 0 || used >= expected
                ? BigDecimal.ONE
                : BigDecimal.valueOf(used).divide(BigDecimal.valueOf(expected), MathContext.DECIMAL128);
    }

    /**
     * What a period saw.
     *
     * @param used the points used in it; below zero if more came back
     * @param expected all that are expected to be used by its end, those used before included; 0 if none can be used any more
     */
    public record Use(long used, long expected) {
        /** Refuses an expectation below zero. */
        public Use {
            if (expected < 0) {
                throw CoreError.INVALID_VALUE.because("as many points as are expected are zero or more");
            }
        }
    }

    /**
     * What a period makes of it.
     *
     * @param opening what was put off when it began
     * @param revenue what became revenue in it
     * @param closing what is put off from here on
     */
    public record Period(Money opening, Money revenue, Money closing) {}
}
