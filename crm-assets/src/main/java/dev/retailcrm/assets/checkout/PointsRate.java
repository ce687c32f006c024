package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.earn.CapPeriod;
import dev.retailcrm.assets.earn.EarnCap;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.joda.money.Money;

/**
 * What points are worth when goods are paid with them. They are used in whole blocks: at blocks of 3, of 10 points 9 are used. They pay for lines of
 * {@link LineKind#GOODS} and never more than those come to. Baskets in another currency are not paid with points. Immutable.
 *
 * @param block how many points are used at once, 1 to {@value #MAX_BLOCK}
 * @param worth what a block pays, above zero
 * @param mostHundredths the most of what the goods come to that points may pay, in hundredths of a percent, 1 to {@value #WHOLE}
 * @param caps the most points, and orders with points, of a customer over a period, {@link CapPeriod#ORDER} for one order; at most one a period
 */
public record PointsRate(long block, Money worth, int mostHundredths, List<EarnCap> caps) {
    /** All of it in hundredths of a percent. */
    public static final int WHOLE = 10_000;

    /** The largest block. */
    public static final long MAX_BLOCK = 1_000_000_000L;

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public PointsRate {
        if (block < 1 || block > MAX_BLOCK) {
            throw CoreError.INVALID_VALUE.because("a block must be 1 to %d points", MAX_BLOCK);
        }
        BasketLine.minor(worth, 1, "worth of a block");
        Check.range(mostHundredths, 1, WHOLE, "hundredths of a percent");
        Check.present(caps, "caps").forEach(it -> Check.present(it, "cap"));
        caps = List.copyOf(caps);
        Set<CapPeriod> periods = EnumSet.noneOf(CapPeriod.class);
        for (EarnCap cap : caps) {
            if (!periods.add(cap.period())) {
                throw CoreError.INVALID_VALUE.because("there is at most one cap a period");
            }
        }
    }

    /** Blocks of so many points, each worth this, for all of the goods: 1 point for 0.01. */
    public static PointsRate of(long block, Money worth) {
        return new PointsRate(block, worth, WHOLE, List.of());
    }

    /** The same for no more than a part of what the goods come to: 5,000 for one half. */
    public PointsRate atMost(int hundredths) {
        return new PointsRate(block, worth, hundredths, caps);
    }

    /** The same with a cap more. */
    public PointsRate capped(EarnCap cap) {
        List<EarnCap> more = new ArrayList<>(caps);
        more.add(Check.present(cap, "cap"));
        return new PointsRate(block, worth, mostHundredths, more);
    }

    /** What so many points pay, whole blocks only. */
    long minorOf(long points) {
        return points / block * worth.getAmountMinorLong();
    }

    /**
     * How many points are used.
     *
     * @param atMost as wished, available and capped
     * @param payable what they may pay for, in the smallest unit
     */
    long usable(long atMost, long payable) {
        long share = Proportion.part(payable, mostHundredths, WHOLE);
        long blocks = Math.min(Math.max(0, atMost) / block, share / worth.getAmountMinorLong());
        return blocks * block;
    }

    /** Whether it is of the basket's currency. */
    boolean isFor(Basket basket) {
        return worth.getCurrencyUnit().equals(basket.currency());
    }
}
