package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.LineKind;
import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.assets.checkout.TenderKind;
import dev.retailcrm.core.kernel.Check;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What of a purchase earns. Freight and excluded lines never do. Immutable. Worked numbers, at 1 point per 1.00:
 *
 * <ul>
 *   <li>an order of 100 of which stored value pays 10, or a gift card 50, earns 100; 90 and 50 if those {@linkplain #reducedBy reduce}
 *   <li>an order of 100 with a promotion of 10 % earns 90; 100 if {@linkplain #beforeDiscounts() discounts do not reduce}
 *   <li>100 in a category that earns and 50 outside, with a code of 10 % for all: 135 is due. The code falls on the lines, 10 and 5, so 90 is
 *       earned; 100 if discounts do not reduce
 * </ul>
 *
 * @param discounts whether what is taken off a line reduces it; default they do
 * @param tenders what reduces besides, each line in proportion to what is paid for it; default {@link TenderKind#POINTS}
 */
public record EarnBase(boolean discounts, SortedSet<TenderKind> tenders) {
    /** Copies the set. */
    public EarnBase {
        SortedSet<TenderKind> sorted = new TreeSet<>();
        for (TenderKind kind : Check.present(tenders, "tenders")) {
            sorted.add(Check.present(kind, "tender"));
        }
        tenders = Collections.unmodifiableSortedSet(sorted);
    }

    /** What is paid after discounts, with anything but points. */
    public static EarnBase standard() {
        return new EarnBase(true, new TreeSet<>(List.of(TenderKind.POINTS)));
    }

    /** The same, reduced by these tenders and no others. */
    public EarnBase reducedBy(Collection<TenderKind> kinds) {
        return new EarnBase(discounts, new TreeSet<>(Check.present(kinds, "tenders")));
    }

    /** The same, not reduced by discounts. */
    public EarnBase beforeDiscounts() {
        return new EarnBase(false, tenders);
    }

    /** What of each line earns, in the currency's smallest unit, in the order of the lines. */
    long[] of(Purchase purchase) {
        Basket basket = purchase.basket();
        long[] paid = basket.lines().stream()
                .mapToLong(line -> line.net().getAmountMinorLong())
                .toArray();
        long[] reduced = purchase.paidByLine(tenders);
        for (int i = 0; i < paid.length; i++) {
            BasketLine line = basket.lines().get(i);
            long whole = discounts ? paid[i] : line.gross().getAmountMinorLong();
            paid[i] = line.kind() == LineKind.GOODS ? whole - reduced[i] : 0;
        }
        return paid;
    }
}
