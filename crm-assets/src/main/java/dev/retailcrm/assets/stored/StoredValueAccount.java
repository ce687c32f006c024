package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Part;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A customer's stored value in one currency as it is at an instant. Immutable.
 *
 * @param account the head as booked last, in the currency's smallest unit
 * @param balance what counts at the instant asked for
 * @param lots lots in which something remains or is held, the oldest first; those that expired but are not swept included
 * @param holds holds that have not ended
 */
public record StoredValueAccount(Account account, MoneyBalance balance, List<Lot> lots, List<Hold> holds) {
    /** Copies the lists. */
    public StoredValueAccount {
        lots = List.copyOf(lots);
        holds = List.copyOf(holds);
    }

    /** What remains of a part, not held, whatever its availability and expiry. */
    public Money remaining(Part part) {
        return Money.ofMinor(
                CurrencyUnit.of(account.id().asset().unit()),
                lots.stream()
                        .filter(lot -> lot.part() == part)
                        .mapToLong(Lot::remaining)
                        .sum());
    }
}
