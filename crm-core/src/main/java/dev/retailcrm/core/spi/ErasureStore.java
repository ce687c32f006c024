package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erasure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the erasures of customers, for ever: how far each got, and in the end its certificate. Thread-safe; every method joins the current
 * transaction and never ends it. Nothing of one tenant is ever found or changed by a call for another (<b>[ER-1]</b>). Numbered rules are
 * checked by {@code ErasureStoreContract} under the same numbers.
 */
public interface ErasureStore {
    /** <b>[ER-2]</b> The erasure of a customer as it was written last, where her record is locked as its holder left it; empty if none was asked for. */
    Optional<Erasure> find(TenantId tenant, CustomerId customer);

    /** <b>[ER-3]</b> Keeps an erasure, in place of what was known of it. The caller holds the lock of her record. */
    void write(TenantId tenant, Erasure erasure);

    /** <b>[ER-4]</b> Erasures that are {@linkplain Erasure.State#isOpen() open}, of customers with ids above {@code after}, or all, ascending, at most {@code limit}. */
    List<Erasure> open(TenantId tenant, @Nullable CustomerId after, int limit);
}
