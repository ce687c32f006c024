package dev.retailcrm.assets.redeem;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The secret from which one-time codes are made; kept by the host, outside of the database. Each tenant has a key of its own derived from it, which is what
 * its tills need to {@linkplain PassCheck check} codes, and from that each customer; none leads back to the secret. Immutable, thread-safe.
 */
public final class PassKeys {
    private static final int SHORTEST = 32;

    private final List<byte[]> secrets;

    private PassKeys(List<byte[]> secrets) {
        this.secrets = secrets;
    }

    /**
     * With a secret.
     *
     * @param secret at least 32 bytes, from a cryptographic source
     * @param former those used before, with which codes that are shown just now are still good
     * @throws CrmException {@link CoreError#INVALID_VALUE} if one is shorter
     */
    public static PassKeys of(byte[] secret, byte[]... former) {
        List<byte[]> all = new ArrayList<>();
        all.add(copy(secret));
        for (byte[] one : Check.present(former, "former secrets")) {
            all.add(copy(one));
        }
        return new PassKeys(List.copyOf(all));
    }

    private static byte[] copy(byte[] secret) {
        if (Check.present(secret, "secret").length < SHORTEST) {
            throw CoreError.INVALID_VALUE.because("a secret has at least %d bytes", SHORTEST);
        }
        return secret.clone();
    }

    /** The keys that a tenant's tills check codes with, the newest first. Secret. */
    public List<byte[]> tillKeys(TenantId tenant) {
        byte[] purpose = ("retailcrm/pass/" + Check.present(tenant, "tenant")).getBytes(StandardCharsets.UTF_8);
        return secrets.stream().map(it -> Totp.mac(it, purpose)).toList();
    }

    /** {@inheritDoc} No secret is shown. */
    @Override
    public String toString() {
        return "PassKeys[" + secrets.size() + "]";
    }
}
