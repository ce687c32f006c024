package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.checkout.Bill.UsedCard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.Money;

/**
 * What was given back of an order, altogether or by one refund. Immutable.
 *
 * @param points to the account they came from
 * @param storedValue likewise
 * @param cards to each gift card that was used
 * @param money to be paid out
 * @param everything whether nothing is left of the order
 * @param lines for how much of each line, by number, in the smallest unit
 */
public record GivenBack(
        long points,
        Money storedValue,
        List<UsedCard> cards,
        Money money,
        boolean everything,
        SortedMap<Integer, Long> lines) {
    /** Copies list and map. */
    public GivenBack {
        cards = List.copyOf(cards);
        lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
    }

    /** What came to this since. */
    GivenBack since(GivenBack before) {
        List<UsedCard> more = new ArrayList<>();
        for (int i = 0; i < cards.size(); i++) {
            more.add(new UsedCard(
                    cards.get(i).card(),
                    cards.get(i).amount().minus(before.cards().get(i).amount())));
        }
        SortedMap<Integer, Long> these = new TreeMap<>();
        lines.forEach((line, sum) -> {
            Long was = before.lines().get(line);
            if (was == null || was < sum) {
                these.put(line, sum - (was == null ? 0 : was));
            }
        });
        return new GivenBack(
                points - before.points(),
                storedValue.minus(before.storedValue()),
                more,
                money.minus(before.money()),
                everything,
                these);
    }
}
