package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Map;

/**
 * A booking happened. One per command. Immutable.
 *
 * @param entry the number of the entry that answers the command
 * @param amount what it added to the balance
 * @param balance the balance after the command
 */
public record LedgerEvent(AccountId account, long entry, EntryType entryType, long amount, long balance, Instant at)
        implements DomainEvent {
    @Override
    public CustomerId customer() {
        return account.customer();
    }

    @Override
    public String type() {
        return account.asset().eventType(entryType);
    }

    @Override
    public Map<String, Object> data() {
        return Map.of(
                "asset", account.asset().code(),
                "entry", entry,
                "amount", amount,
                "balance", balance);
    }
}
