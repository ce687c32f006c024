package dev.retailcrm.audience.spi;

import dev.retailcrm.audience.AudienceCatalog;
import dev.retailcrm.audience.AudienceVersion;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what tenants define of audiences, and the history of that. Thread-safe; every method joins the current transaction and never ends
 * it. Nothing of one tenant is ever found or changed by a call for another (<b>[AD-1]</b>). What is found is what is committed, or was written
 * earlier in this transaction (<b>[AD-2]</b>). Numbered rules are checked by {@code AudienceStoreContract} under the same numbers.
 */
public interface AudienceStore {
    /** <b>[AD-3]</b> All that the tenant defined. Asked by every command: what did not change is not read again. */
    AudienceCatalog catalog(TenantId tenant);

    /**
     * <b>[AD-4]</b> Locks the definitions until the transaction ends, waiting for whoever holds them, and returns them as the holder before
     * left them.
     */
    AudienceCatalog lockDefinitions(TenantId tenant);

    /** <b>[AD-5]</b> What was booked for the tenant's definitions and snapshots under this key, for ever. */
    Optional<Booked> booked(TenantId tenant, RequestKey key);

    /**
     * Writes a decision about definitions, all or nothing (<b>[AD-6]</b>), as it was given (<b>[AD-7]</b>). The caller holds the lock, and
     * the key is new.
     */
    void define(AudienceDefinitionChange change);

    /** <b>[AD-8]</b> What an audience was defined as, the first version above {@code after} first, at most {@code limit}. */
    List<AudienceVersion> versions(TenantId tenant, String audience, long after, int limit);
}
