package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.checkout.Bill.UsedCard;
import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * An order that was settled, and what was refunded of it since. What is given back is told by sums alone: after refunds of the same amounts of the same
 * lines the same was given back, whatever the steps. Immutable.
 *
 * @param customer in whose books it is: of somebody who was merged, hers
 * @param number the order's
 * @param at when it was bought
 * @param store where; {@code null} if nowhere
 * @param bill what it cost and what paid
 * @param uses what the points used of the caps of their rate
 * @param mismatches where it is not what was expected
 * @param refunds what was refunded of lines, by number, in the smallest unit: one map a refund
 */
public record SettledOrder(
        CustomerId customer,
        String number,
        Instant at,
        @Nullable StoreId store,
        Bill bill,
        List<CapUse> uses,
        List<Mismatch> mismatches,
        List<SortedMap<Integer, Long>> refunds) {
    /** The most refunds of an order. */
    public static final int MAX_REFUNDS = 1_000;

    /** Copies the lists. */
    public SettledOrder {
        Check.present(customer, "customer");
        Check.code(number, CheckoutOrder.MAX_NUMBER, "number of an order");
        Check.present(at, "instant");
        Check.present(bill, "bill");
        uses = List.copyOf(uses);
        mismatches = List.copyOf(mismatches);
        List<SortedMap<Integer, Long>> copies = new ArrayList<>();
        refunds.forEach(it -> copies.add(Collections.unmodifiableSortedMap(new TreeMap<>(it))));
        refunds = List.copyOf(copies);
    }

    /** What was given back altogether. */
    public GivenBack givenBack() {
        return givenBack(refunds.size());
    }

    /** What was given back by the first so many refunds. */
    GivenBack givenBack(int count) {
        SortedMap<Integer, Long> sums = new TreeMap<>();
        for (SortedMap<Integer, Long> refund : refunds.subList(0, count)) {
            refund.forEach((line, amount) -> sums.merge(line, amount, Long::sum));
        }
        return givenBack(sums);
    }

    private GivenBack givenBack(SortedMap<Integer, Long> sums) {
        long[] parts = new long[4];
        for (BillLine line : bill.lines()) {
            long[] reached = Proportion.reached(sums.getOrDefault(line.no(), 0L), line.tenders());
            for (int i = 0; i < parts.length; i++) {
                parts[i] += reached[i];
            }
        }
        long worth = bill.pointsValue().getAmountMinorLong();
        long[] amounts = bill.cards().stream()
                .mapToLong(it -> it.amount().getAmountMinorLong())
                .toArray();
        long[] ofCards = Proportion.reached(parts[2], amounts);
        List<UsedCard> cards = new ArrayList<>();
        for (int i = 0; i < ofCards.length; i++) {
            cards.add(new UsedCard(bill.cards().get(i).card(), money(ofCards[i])));
        }
        boolean all = bill.lines().stream()
                .allMatch(line -> sums.containsKey(line.no()) && sums.get(line.no()) == line.netMinor());
        return new GivenBack(
                bill.points() == 0 ? 0 : Proportion.part(bill.points(), parts[0], worth),
                money(parts[1]),
                cards,
                money(parts[3]),
                all,
                sums);
    }

    private Money money(long minor) {
        return Money.ofMinor(bill.currency(), minor);
    }

    /** What is left of each line, by number, in the smallest unit; without those that are wholly refunded. */
    SortedMap<Integer, Long> left() {
        SortedMap<Integer, Long> sums = givenBack().lines();
        SortedMap<Integer, Long> left = new TreeMap<>();
        for (BillLine line : bill.lines()) {
            long more = line.netMinor() - sums.getOrDefault(line.no(), 0L);
            if (more > 0 || !sums.containsKey(line.no())) {
                left.put(line.no(), more);
            }
        }
        return left;
    }

    SettledOrder refunding(SortedMap<Integer, Long> more) {
        List<SortedMap<Integer, Long>> all = new ArrayList<>(refunds);
        all.add(more);
        return new SettledOrder(customer, number, at, store, bill, uses, mismatches, all);
    }

    /** The same with the first so many refunds. */
    SettledOrder first(int count) {
        return new SettledOrder(customer, number, at, store, bill, uses, mismatches, refunds.subList(0, count));
    }

    /** The key of one of its bookings: a tender, what it earned, or the number itself. */
    static RequestKey key(String number, String booking) {
        return RequestKey.reserved("order/" + number + "/" + booking);
    }

    RequestKey key(String booking) {
        return key(number, booking);
    }
}
