package dev.retailcrm.assets.spi;

import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.Optional;

/**
 * Keeps what tenants define of assets, every version of it. Thread-safe; every method joins the current transaction and never ends it. Nothing of one
 * tenant or kind is ever found or changed by a call for another (<b>[DE-1]</b>). What is found is what is committed, or was written earlier in this
 * transaction (<b>[DE-2]</b>). Numbered rules are checked by {@code DefinitionStoreContract} under the same numbers.
 */
public interface DefinitionStore {
    /** <b>[DE-3]</b> The latest versions, by ascending key. Asked by every command: what did not change is not read again. One round trip then. */
    DefinitionSet all(TenantId tenant, DefinitionKind kind);

    /**
     * <b>[DE-4]</b> Locks the definitions of a kind until the transaction ends, waiting for whoever holds them, and returns them as the holder before
     * left them. Who only reads them does not wait.
     */
    DefinitionSet lock(TenantId tenant, DefinitionKind kind);

    /** <b>[DE-5]</b> What was booked for definitions of a kind under this key, for ever. */
    Optional<Booked> booked(TenantId tenant, DefinitionKind kind, RequestKey key);

    /**
     * <b>[DE-6]</b> Writes a version that is one above the last of its key, or the first, and books the key, all or nothing and as given. The caller
     * holds the lock, and the key is new.
     */
    void define(TenantId tenant, Definition definition, RequestKey key, Booked booked);

    /** <b>[DE-7]</b> A version, be it the latest or not. */
    Optional<Definition> version(TenantId tenant, DefinitionKind kind, String key, long version);
}
