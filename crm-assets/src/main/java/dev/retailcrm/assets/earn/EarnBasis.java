package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.Block;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** For what a rule gives, and how much. Points stand for units of the program's asset, whatever it is. */
public sealed interface EarnBasis {
    /** The most points of one block, order or event. */
    long MAX_POINTS = 1_000_000_000L;

    /** The greatest factor. */
    int MAX_FACTOR = 1_000;

    /** The most steps of a streak. */
    int MAX_STEPS = 366;

    /** Does one thing for each basis. */
    interface Visitor<T> {
        /** For money. */
        T money(PerMoney basis);

        /** For pieces. */
        T units(PerUnit basis);

        /** Many times what is earned anyway. */
        T times(Times basis);

        /** For an order. */
        T order(PerOrder basis);

        /** For an event. */
        T event(PerEvent basis);
    }

    /** Does the one that is for this basis. */
    <T> T accept(Visitor<T> visitor);

    /**
     * Points for every block of money: 1 for every 1.00, or 5 for every 100.00 that was started. All lines that the rule counts for are added up
     * first, so that 0.60 and 0.60 are one whole block of 1.00.
     *
     * @param points a block, 1 to {@value #MAX_POINTS}
     * @param block above zero; baskets in another currency earn nothing
     */
    record PerMoney(long points, Money block, RoundingMode rounding) implements EarnBasis {
        /** Refuses anything else. */
        public PerMoney {
            requirePoints(points);
            if (!Check.present(block, "block").isPositive()
                    || block.getAmountMinor().precision() > 15) {
                throw CoreError.INVALID_VALUE.because("a block must be above zero and below 10^15");
            }
            Block.requireRounding(rounding);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.money(this);
        }
    }

    /**
     * Points for every block of pieces: 3 for every pair that was started gives 3 for 2 pieces and 9 for 5.
     *
     * @param points a block, 1 to {@value #MAX_POINTS}
     * @param block whole units, above zero
     */
    record PerUnit(long points, int block, RoundingMode rounding) implements EarnBasis {
        /** Refuses anything else. */
        public PerUnit {
            requirePoints(points);
            Check.range(block, 1, (int) BasketLine.MAX_UNITS, "block of units");
            Block.requireRounding(rounding);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.units(this);
        }
    }

    /**
     * Many times what lines earn by money and pieces: a factor of 2 gives as much again.
     *
     * @param factor above 1, at most {@value #MAX_FACTOR}, with at most two decimals
     */
    record Times(BigDecimal factor, RoundingMode rounding) implements EarnBasis {
        /** Refuses anything else; keeps two decimals. */
        public Times {
            Check.present(factor, "factor");
            boolean inRange =
                    factor.compareTo(BigDecimal.ONE) > 0 && factor.compareTo(BigDecimal.valueOf(MAX_FACTOR)) <= 0;
            if (!inRange || factor.stripTrailingZeros().scale() > 2) {
                throw CoreError.INVALID_VALUE.because(
                        "a factor must be above 1, at most %d, with at most two decimals", MAX_FACTOR);
            }
            factor = factor.setScale(2, RoundingMode.UNNECESSARY);
            Block.requireRounding(rounding);
        }

        /** By how many hundredths it is more than one. */
        long extraHundredths() {
            return factor.unscaledValue().longValueExact() - 100;
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.times(this);
        }
    }

    /**
     * A fixed number of points for an order that has a line the rule counts for.
     *
     * @param points 1 to {@value #MAX_POINTS}
     */
    record PerOrder(long points) implements EarnBasis {
        /** Refuses anything else. */
        public PerOrder {
            requirePoints(points);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.order(this);
        }
    }

    /**
     * Points for an event. A sign-in counts once a day: on the first day in a row the first of the steps is given, on the second the second,
     * and so on; on later ones the last.
     *
     * @param code which of the host's own; {@code null} for other occasions
     * @param steps one number; up to {@value #MAX_STEPS} for {@link Occasion#SIGN_IN}. Each 1 to {@value #MAX_POINTS}
     */
    record PerEvent(Occasion occasion, @Nullable String code, List<Long> steps) implements EarnBasis {
        /** Refuses anything else. */
        public PerEvent {
            new EarnEvent(occasion, code, null, null);
            for (Long step : Check.present(steps, "steps")) {
                requirePoints(Check.present(step, "points"));
            }
            steps = List.copyOf(steps);
            Check.range(steps.size(), 1, occasion == Occasion.SIGN_IN ? MAX_STEPS : 1, "number of steps");
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.event(this);
        }
    }

    private static void requirePoints(long points) {
        if (points < 1 || points > MAX_POINTS) {
            throw CoreError.INVALID_VALUE.because("points must be 1 to %d", MAX_POINTS);
        }
    }
}
