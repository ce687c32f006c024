package dev.retailcrm.tink;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import dev.retailcrm.core.kernel.Check;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.TreeSet;

/**
 * The keysets of one tenant: the primary key of each is written with, all are read with. To rotate, add a key to both in every process, then
 * make it primary, then renew, then take the old one away. Make one for each state of the keysets and keep it. Immutable, thread-safe.
 */
public final class TinkKeys {
    private final Aead wrapping;
    private final int wrappingWith;
    private final Map<Integer, Prf> indexing;
    private final int indexingWith;

    private TinkKeys(Aead wrapping, int wrappingWith, Map<Integer, Prf> indexing, int indexingWith) {
        this.wrapping = wrapping;
        this.wrappingWith = wrappingWith;
        this.indexing = Map.copyOf(indexing);
        this.indexingWith = indexingWith;
    }

    /**
     * From keysets as the host keeps them, enciphered by its key management.
     *
     * @param wrapping AES-GCM keys with Tink's prefix, such as of the template {@code AES256_GCM}
     * @param indexing PRF keys such as of the template {@code HMAC_SHA256_PRF}, with ids of 1 to 999: these name the tokens in the tables
     * @throws dev.retailcrm.core.kernel.CrmException INVALID_VALUE if an id lies outside
     * @throws GeneralSecurityException if a keyset is of another kind
     */
    public static TinkKeys of(KeysetHandle wrapping, KeysetHandle indexing) throws GeneralSecurityException {
        AeadConfig.register();
        PrfConfig.register();
        PrfSet prfs = indexing.getPrimitive(RegistryConfiguration.get(), PrfSet.class);
        prfs.getPrfs().keySet().forEach(id -> Check.range(id, 1, 999, "id of an index key"));
        return new TinkKeys(
                wrapping.getPrimitive(RegistryConfiguration.get(), Aead.class),
                wrapping.getPrimary().getId(),
                prfs.getPrfs(),
                prfs.getPrimaryId());
    }

    Aead wrapping() {
        return wrapping;
    }

    /** The id of the key that data keys are wrapped with. */
    int wrappingWith() {
        return wrappingWith;
    }

    /** The keys of tokens by their ids. */
    Map<Integer, Prf> indexing() {
        return indexing;
    }

    /** The id of the key that tokens are made with. */
    int indexingWith() {
        return indexingWith;
    }

    @Override
    public String toString() {
        return "TinkKeys" + new TreeSet<>(indexing.keySet());
    }
}
