package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.KeyRing;

/** The keys of each tenant, from the host's key management. Thread-safe. */
@FunctionalInterface
public interface KeyProvider {
    /** The tenant's keys. Called for every value, so it answers from memory, and with the same object as long as they are the same. */
    KeyRing keys(TenantId tenant);
}
