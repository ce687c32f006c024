package dev.retailcrm.assets.points;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Lot;
import java.util.List;

/**
 * A customer's points as they are at an instant: the balance, and the lots and holds it is made of. Immutable.
 *
 * @param account the head as booked last
 * @param balance what counts at the instant asked for
 * @param lots lots in which something remains or is held, the oldest first; those that expired but are not swept included
 * @param holds holds that have not ended
 */
public record PointAccount(Account account, Balance balance, List<Lot> lots, List<Hold> holds) {
    /** Copies the lists. */
    public PointAccount {
        lots = List.copyOf(lots);
        holds = List.copyOf(holds);
    }
}
