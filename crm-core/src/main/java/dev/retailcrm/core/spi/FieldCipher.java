package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.List;

/**
 * Enciphers personal data before it is stored. Each customer has a data key of her own, which the store keeps in wrapped form: once that
 * is gone, nothing of hers can be read. Thread-safe. Numbered rules are checked by {@code FieldCipherContract}.
 *
 * <p>Values are byte strings of up to 64 KiB. <b>[FC-1]</b> What was sealed opens again under the same context and key, and with it
 * alone: with another tenant, customer, field or data key, or after a change of any bit, {@link #open} throws.
 */
public interface FieldCipher {
    /** A new data key for a customer, wrapped under the tenant's newest key, at most 120 bytes. <b>[FC-2]</b> No two are alike. */
    byte[] newKey(TenantId tenant, CustomerId customer);

    /**
     * The same data key, wrapped under the tenant's newest key. <b>[FC-3]</b> What was sealed before opens with it as well; a key that is
     * wrapped so already is returned as it is.
     *
     * @throws CrmException as {@link #open}
     */
    byte[] rewrap(TenantId tenant, CustomerId customer, byte[] key);

    /**
     * Enciphers a value. <b>[FC-4]</b> The same value sealed twice gives two different results, neither of which contains it.
     * <b>[FC-6]</b> A result begins with a byte below 32, by which it is told from text in clear.
     *
     * @param key her wrapped data key
     * @throws CrmException as {@link #open}, if the key cannot be unwrapped
     */
    byte[] seal(FieldContext context, byte[] key, byte[] clear);

    /**
     * Deciphers a value.
     *
     * @param key her wrapped data key
     * @throws CrmException {@link CoreError#UNREADABLE_DATA} if it was not sealed like this, was altered, or the tenant's key that wraps
     *     the data key is not among those given any more
     */
    byte[] open(FieldContext context, byte[] key, byte[] sealed);

    /** What stands for a value in a look-up by this field, made with the tenant's newest key. */
    BlindIndex index(TenantId tenant, String field, String value);

    /**
     * Everything that may stand for the value, one for each of the tenant's keys, that of the newest first. <b>[FC-5]</b> Equal values of
     * one tenant and field have equal tokens, others have others.
     */
    List<BlindIndex> candidates(TenantId tenant, String field, String value);
}
