package dev.retailcrm.jdbc;

import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.IdentityKind;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.BlindIndex;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.core.spi.FieldContext;
import dev.retailcrm.core.spi.LookupKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Personal data as it is stored: enciphered if the host gave a cipher, else in clear. With a cipher, what was written before there was
 * one is read too. An enciphered look-up key carries the version of its key behind its kind, {@code PHONE:2}. Immutable.
 */
final class Sealing {
    private final @Nullable FieldCipher cipher;

    Sealing(@Nullable FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** Whether there is a cipher. */
    boolean isOn() {
        return cipher != null;
    }

    byte[] newKey(TenantId tenant, CustomerId customer) {
        return required().newKey(tenant, customer);
    }

    /** Her data key under the tenant's newest key; a new one if she has none. */
    byte[] renewedKey(TenantId tenant, CustomerId customer, byte @Nullable [] key) {
        return key == null ? newKey(tenant, customer) : required().rewrap(tenant, customer, key);
    }

    /** Whether a stored text is in clear. */
    static boolean isClear(byte[] stored) {
        return stored.length > 0 && Byte.toUnsignedInt(stored[0]) >= ' ';
    }

    /** The key under which an identity is looked up from now on. */
    LookupKey written(TenantId tenant, LookupKey key) {
        return isClear(key) ? key : sealed(key, required().index(tenant, field(key), key.token()));
    }

    /** All keys under which an identity may have been written before, by older keys or in clear. */
    List<LookupKey> older(TenantId tenant, LookupKey key) {
        List<LookupKey> candidates = candidates(tenant, key);
        return candidates.subList(1, candidates.size());
    }

    /** All keys under which an identity may have been written, first that under which it is {@link #written}. */
    List<LookupKey> candidates(TenantId tenant, LookupKey key) {
        if (isClear(key)) {
            return List.of(key);
        }
        List<LookupKey> all = new ArrayList<>();
        required().candidates(tenant, field(key), key.token()).forEach(index -> all.add(sealed(key, index)));
        all.add(key);
        return all;
    }

    /** The value behind a key that was {@link #written}. */
    byte[] sealIdentity(TenantId tenant, CustomerId customer, byte[] key, LookupKey written, String value) {
        return required().seal(identityField(tenant, customer, written), key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The identity in a row of its owner's. */
    Identity identity(
            TenantId tenant, CustomerId customer, byte @Nullable [] key, LookupKey row, byte @Nullable [] sealed) {
        if (sealed == null) {
            return new Identity(IdentityKind.valueOf(row.kind()), row.issuer(), row.token());
        }
        String kind = row.kind().substring(0, row.kind().indexOf(':'));
        byte[] value = open(identityField(tenant, customer, row), key, sealed);
        return new Identity(IdentityKind.valueOf(kind), row.issuer(), new String(value, StandardCharsets.UTF_8));
    }

    /** A text as it is stored: enciphered if there is a cipher, and then she has a key. */
    byte[] seal(FieldContext context, byte @Nullable [] key, String text) {
        byte[] clear = text.getBytes(StandardCharsets.UTF_8);
        return key == null ? clear : required().seal(context, key, clear);
    }

    /** A stored text. What is enciphered begins with a control character, what is in clear never does. */
    String text(FieldContext context, byte @Nullable [] key, byte[] stored) {
        return new String(isClear(stored) ? stored : open(context, key, stored), StandardCharsets.UTF_8);
    }

    private byte[] open(FieldContext context, byte @Nullable [] key, byte[] sealed) {
        if (cipher == null || key == null) {
            throw CoreError.UNREADABLE_DATA.because(
                    cipher == null
                            ? "the data is enciphered, and there is no cipher"
                            : "the customer's data key is gone");
        }
        return cipher.open(context, key, sealed);
    }

    private boolean isClear(LookupKey key) {
        return cipher == null || key.kind().equals(LookupKey.REGISTRATION);
    }

    private FieldCipher required() {
        if (cipher == null) {
            throw new IllegalStateException("there is no cipher");
        }
        return cipher;
    }

    private static LookupKey sealed(LookupKey key, BlindIndex index) {
        return new LookupKey(key.kind() + ":" + index.version(), key.issuer(), index.token());
    }

    private static String field(LookupKey key) {
        return key.kind() + "/" + (key.isShared() ? "" : key.issuer());
    }

    private static FieldContext identityField(TenantId tenant, CustomerId customer, LookupKey key) {
        return new FieldContext(tenant, customer, "crm_identity.sealed " + field(key) + "/" + key.token());
    }
}
