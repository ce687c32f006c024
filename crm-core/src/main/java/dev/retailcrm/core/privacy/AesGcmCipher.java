package dev.retailcrm.core.privacy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.BlindIndex;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.core.spi.FieldContext;
import dev.retailcrm.core.spi.KeyProvider;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Personal data under AES-256-GCM (NIST SP 800-38D) with random nonces of 96 bits, look-ups by HMAC-SHA-256, by the JDK's own
 * primitives. A customer's data key enciphers few values, so nonces do not repeat. Thread-safe.
 *
 * <p>A wrapped data key is a format byte, the version of the tenant's key in two bytes, nonce, 32 bytes and the tag; a sealed value is a
 * format byte, nonce, value and tag.
 */
public final class AesGcmCipher implements FieldCipher {
    private static final byte FORMAT = 1;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_HEADER = 3;

    private final KeyProvider provider;
    private final SecureRandom random = new SecureRandom();
    private final LoadingCache<Owner, TenantKeys> keys = Caffeine.newBuilder()
            .maximumSize(10_000)
            .build(owner -> new TenantKeys(owner.tenant().value(), owner.ring()));

    /** A ring is equal to itself only, so a new one makes new keys. */
    private record Owner(TenantId tenant, KeyRing ring) {}

    private AesGcmCipher(KeyProvider provider) {
        this.provider = provider;
    }

    /** With keys from the host's key management. */
    public static AesGcmCipher with(KeyProvider provider) {
        return new AesGcmCipher(Check.present(provider, "key provider"));
    }

    @Override
    public byte[] newKey(TenantId tenant, CustomerId customer) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return wrapped(keys(tenant), tenant, customer, key);
    }

    @Override
    public byte[] rewrap(TenantId tenant, CustomerId customer, byte[] key) {
        TenantKeys tenantKeys = keys(tenant);
        byte[] clear = unwrapped(tenantKeys, tenant, customer, key);
        return version(key) == tenantKeys.ring().newest() ? key : wrapped(tenantKeys, tenant, customer, clear);
    }

    @Override
    public byte[] seal(FieldContext context, byte[] key, byte[] clear) {
        byte[] sealed = ByteBuffer.allocate(1 + NONCE_BYTES + clear.length + TAG_BITS / 8)
                .put(FORMAT)
                .array();
        return encipher(dataKey(context, key), sealed, 1, clear, associated(context));
    }

    @Override
    public byte[] open(FieldContext context, byte[] key, byte[] sealed) {
        if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / 8 || sealed[0] != FORMAT) {
            throw CoreError.UNREADABLE_DATA.because("%s is not enciphered as it should be", context.field());
        }
        return decipher(dataKey(context, key), sealed, 1, associated(context));
    }

    @Override
    public BlindIndex index(TenantId tenant, String field, String value) {
        TenantKeys tenantKeys = keys(tenant);
        return index(tenantKeys, tenantKeys.ring().newest(), field, value);
    }

    @Override
    public List<BlindIndex> candidates(TenantId tenant, String field, String value) {
        TenantKeys tenantKeys = keys(tenant);
        int newest = tenantKeys.ring().newest();
        return tenantKeys.ring().versions().stream()
                .sorted((a, b) -> a == newest ? -1 : b == newest ? 1 : Integer.compare(b, a))
                .map(version -> index(tenantKeys, version, field, value))
                .toList();
    }

    private static BlindIndex index(TenantKeys keys, int version, String field, String value) {
        return new BlindIndex(
                version, Base64.getUrlEncoder().withoutPadding().encodeToString(keys.index(version, field, value)));
    }

    private TenantKeys keys(TenantId tenant) {
        KeyRing ring = provider.keys(Check.present(tenant, "tenant"));
        if (ring == null) {
            throw CoreError.UNREADABLE_DATA.because("there are no keys for tenant %s", tenant);
        }
        return keys.get(new Owner(tenant, ring));
    }

    private Key dataKey(FieldContext context, byte[] wrapped) {
        byte[] key = unwrapped(keys(context.tenant()), context.tenant(), context.customer(), wrapped);
        return new SecretKeySpec(key, "AES");
    }

    private byte[] wrapped(TenantKeys tenantKeys, TenantId tenant, CustomerId customer, byte[] key) {
        int version = tenantKeys.ring().newest();
        byte[] wrapped = ByteBuffer.allocate(KEY_HEADER + NONCE_BYTES + KEY_BYTES + TAG_BITS / 8)
                .put(FORMAT)
                .putShort((short) version)
                .array();
        return encipher(tenantKeys.wrapping(version), wrapped, KEY_HEADER, key, associated(tenant, customer));
    }

    private static byte[] unwrapped(TenantKeys tenantKeys, TenantId tenant, CustomerId customer, byte[] wrapped) {
        if (wrapped.length != KEY_HEADER + NONCE_BYTES + KEY_BYTES + TAG_BITS / 8 || wrapped[0] != FORMAT) {
            throw CoreError.UNREADABLE_DATA.because("the data key is not wrapped as it should be");
        }
        return decipher(tenantKeys.wrapping(version(wrapped)), wrapped, KEY_HEADER, associated(tenant, customer));
    }

    private static int version(byte[] wrapped) {
        return ByteBuffer.wrap(wrapped).getShort(1);
    }

    private static byte[] associated(TenantId tenant, CustomerId customer) {
        return (tenant.value() + "\n" + customer.value() + "\ndata key").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] associated(FieldContext context) {
        return (context.tenant().value() + "\n" + context.customer().value() + "\nfield " + context.field())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Fills in nonce, enciphered value and tag behind the header. */
    private byte[] encipher(Key key, byte[] into, int header, byte[] clear, byte[] associated) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        System.arraycopy(nonce, 0, into, header, NONCE_BYTES);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associated);
            cipher.doFinal(clear, 0, clear.length, into, header + NONCE_BYTES);
            return into;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private static byte[] decipher(Key key, byte[] sealed, int header, byte[] associated) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, header, NONCE_BYTES));
            cipher.updateAAD(associated);
            int from = header + NONCE_BYTES;
            return cipher.doFinal(sealed, from, sealed.length - from);
        } catch (AEADBadTagException e) {
            throw CoreError.UNREADABLE_DATA.causedBy(e, "the data was altered, moved, or enciphered with another key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }
}
