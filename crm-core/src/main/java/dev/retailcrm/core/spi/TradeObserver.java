package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.trade.Trade;
import java.time.Instant;
import java.util.Set;

/**
 * Is told by {@link Trade} whose statistics changed, in the transaction that changed them. Thread-safe; what it throws ends that
 * transaction.
 */
public interface TradeObserver {
    /**
     * Orders or refunds of these customers were written; their trade is locked until the transaction ends. What was repeated, refused or
     * changed nothing is not told.
     *
     * @param customers one or more
     * @param at the clock's instant, in milliseconds
     */
    void traded(TenantId tenant, Set<CustomerId> customers, Instant at);
}
