package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which request keys were booked, for ever. Thread-safe; joins the current transaction. A key is written by the store that
 * books its command, in the same step; this port only looks keys up. Numbered rules are checked by {@code RequestStoreContract}; 4 and 5 by {@code MergeStoreContract}.
 */
public interface RequestStore {
    /**
     * <b>[RS-1]</b> The booking made under this key, as seen by a reader that holds the customer's lock: committed by anyone or
     * written earlier in this transaction. <b>[RS-2]</b> Keys compare byte for byte: {@code 'K1'}, {@code 'k1'} and {@code 'K1 '}
     * differ. <b>[RS-3]</b> Keys of another customer or tenant are never found.
     */
    Optional<Booked> find(TenantId tenant, CustomerId customer, RequestKey key);

    /**
     * <b>[RS-6]</b> The bookings made under these keys, each for the customer beside it, as {@link #find} tells; those that were not made
     * are left out.
     */
    Map<RequestKey, Booked> findAll(TenantId tenant, Map<RequestKey, CustomerId> keys);

    /**
     * <b>[RS-4]</b> From now on the keys of one customer are also found for another, with {@link Booked#home} naming whose they are; keys
     * the other has of her own stay as they are. The caller holds the locks of both.
     */
    void adopt(TenantId tenant, CustomerId from, CustomerId to);

    /** <b>[RS-5]</b> Takes back {@link #adopt}: keys that are found for {@code to} only because they are those of {@code from} are gone. */
    void disown(TenantId tenant, CustomerId from, CustomerId to);

    /**
     * What was booked under a key.
     *
     * @param fingerprint 64-bit hash of the command's content
     * @param answer where the answer is found, at most 80 characters, in the booking module's own form
     * @param home whose rows the answer names, if they are those of a customer who was merged into this one; else {@code null}
     */
    record Booked(long fingerprint, String answer, @Nullable CustomerId home) {
        /** Booked for the customer herself. */
        public Booked(long fingerprint, String answer) {
            this(fingerprint, answer, null);
        }
    }
}
