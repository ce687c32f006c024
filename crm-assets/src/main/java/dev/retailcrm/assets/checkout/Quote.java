package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.earn.ProgramEarning;
import dev.retailcrm.assets.ledger.Asset;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.Money;

/**
 * What an order would cost at an instant, what would pay for it, what it would earn, and why. Immutable.
 *
 * @param bill prices, discounts and tenders, line by line
 * @param unused of the coupons chosen, or that she could use, those not used, with the reason
 * @param exhaustive whether all combinations of coupons were looked at; else the best of many is used
 * @param points how many points could be used at most, and what limits that
 * @param available what stored value and gift cards hold, as far as they were asked for
 * @param earns what each program would give, rule by rule
 * @param mismatches where it differs from what the order expects
 */
public record Quote(
        Instant at,
        Bill bill,
        SortedMap<CouponId, String> unused,
        boolean exhaustive,
        PointsRoom points,
        Available available,
        List<ProgramEarning> earns,
        List<Mismatch> mismatches) {
    /** Copies lists and maps. */
    public Quote {
        unused = Collections.unmodifiableSortedMap(new TreeMap<>(unused));
        earns = List.copyOf(earns);
        mismatches = List.copyOf(mismatches);
    }

    /** What she has. */
    public record Available(long points, Money storedValue, Money giftCards) {}

    /**
     * How many points can be used.
     *
     * @param usable the most, in whole blocks
     * @param limit what keeps it from being more
     */
    public record PointsRoom(long usable, Limit limit) {}

    /** What limits the points that can be used. */
    public enum Limit {
        /** Nothing is paid with points, or not in this currency. */
        NO_RATE,
        /** How many she has. */
        AVAILABLE,
        /** What the goods come to, or the part of it that points may pay. */
        PRICE,
        /** A cap of the rate. */
        CAP
    }

    /** What all programs would give of an asset. */
    public long earns(Asset asset) {
        return earns.stream()
                .filter(it -> it.asset().equals(asset))
                .mapToLong(ProgramEarning::points)
                .sum();
    }
}
