package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.ErasureObstacle;
import dev.retailcrm.core.privacy.Ties;
import java.util.List;

/**
 * What an erasure waits for: open value, a hold, or what the law wants kept. Until then she is restricted. Asked within the transaction,
 * again whenever the erasure is tried again. Thread-safe.
 */
@FunctionalInterface
public interface ErasurePolicy {
    /**
     * What stands against erasing a customer now; nothing lets her be erased.
     *
     * @param ties what the features say of her, and of those merged into her; the policy may leave out obstacles and add its own
     */
    List<ErasureObstacle> obstacles(TenantId tenant, CustomerId customer, Ties ties);

    /** Waits for whatever a feature names: stored value, gift cards bound to her, holds and debts. */
    static ErasurePolicy standard() {
        return (tenant, customer, ties) -> ties.obstacles();
    }

    /** Waits for nothing: what she has left is lost to her. */
    static ErasurePolicy immediate() {
        return (tenant, customer, ties) -> List.of();
    }
}
