package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.Proportion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The lines of a basket that a coupon looks at, by what is left of them after the discounts so far, in the smallest unit. Units are those of
 * whole quantities: of what is weighed none is counted. Immutable.
 */
final class CouponGoods {
    private static final long MILLI = 1_000;

    private final List<Line> lines;

    private CouponGoods(List<Line> lines) {
        this.lines = lines;
    }

    /**
     * A line.
     *
     * @param net what is left of it
     * @param units how many whole units it is; 0 if it is no whole number of them
     */
    private record Line(int no, long net, long units) {
        /** What a unit comes to at least; the last ones come to one more each, where it does not come out even. */
        long each() {
            return net / units;
        }

        /** What the cheapest so many of its units come to. */
        long cheapest(long count) {
            long dearer = net % units;
            return count * each() + Math.max(0, count - (units - dearer));
        }
    }

    static CouponGoods of(Basket basket, Predicate<BasketLine> asked) {
        List<Line> lines = new ArrayList<>();
        for (BasketLine line : basket.lines()) {
            if (asked.test(line)) {
                long milli = line.quantityMilli();
                lines.add(new Line(line.no(), line.net().getAmountMinorLong(), milli % MILLI == 0 ? milli / MILLI : 0));
            }
        }
        return new CouponGoods(lines);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** What is left of all; a basket comes to at most 10<sup>13</sup>. */
    long net() {
        return lines.stream().mapToLong(Line::net).sum();
    }

    /** All whole units; a line has at most a million, a basket a thousand lines. */
    long units() {
        return lines.stream().mapToLong(Line::units).sum();
    }

    /** An amount off all, or as much as is left, in proportion to what is left of each. */
    SortedMap<Integer, Long> off(long amount) {
        long[] parts = Proportion.split(
                Math.min(amount, net()), lines.stream().mapToLong(Line::net).toArray());
        SortedMap<Integer, Long> off = new TreeMap<>();
        for (int i = 0; i < parts.length; i++) {
            off.put(lines.get(i).no(), parts[i]);
        }
        return off;
    }

    /** All above a price off so many units, of those that cost more the cheapest. */
    SortedMap<Integer, Long> cheapestFor(long price, long count) {
        SortedMap<Integer, Long> off = new TreeMap<>();
        List<Line> cheapest = lines.stream()
                .filter(line -> line.units() > 0 && line.each() > price)
                .sorted(Comparator.comparingLong(Line::each).thenComparingInt(Line::no))
                .toList();
        long left = count;
        for (Line line : cheapest) {
            long these = Math.min(left, line.units());
            off.put(line.no(), line.cheapest(these) - these * price);
            left -= these;
        }
        return off;
    }
}
