package dev.retailcrm.tink;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.BlindIndex;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.core.spi.FieldContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Personal data by Google Tink: data keys of customers wrapped by the tenant's AEAD keyset, values under AES-256-GCM with them, look-ups by
 * the tenant's PRF keyset. What it writes is not what {@code AesGcmCipher} reads: choose one. Thread-safe.
 */
public final class TinkCipher implements FieldCipher {
    private static final byte FORMAT = 2;
    private static final int KEY_BYTES = 32;
    private static final int TOKEN_BYTES = 32;

    /** Format byte, Tink's version byte. */
    private static final int ID_AT = 2;

    private final Function<TenantId, TinkKeys> keys;

    private TinkCipher(Function<TenantId, TinkKeys> keys) {
        this.keys = keys;
    }

    /** With the keysets of each tenant. Asked for every value, so it answers from memory. */
    public static TinkCipher with(Function<TenantId, TinkKeys> keys) {
        return new TinkCipher(keys);
    }

    @Override
    public byte[] newKey(TenantId tenant, CustomerId customer) {
        return wrapped(tenant, customer, Random.randBytes(KEY_BYTES));
    }

    @Override
    public byte[] rewrap(TenantId tenant, CustomerId customer, byte[] key) {
        byte[] clear = unwrapped(tenant, customer, key);
        boolean isNewest =
                ByteBuffer.wrap(key).getInt(ID_AT) == keys.apply(tenant).wrappingWith();
        return isNewest ? key : wrapped(tenant, customer, clear);
    }

    @Override
    public byte[] seal(FieldContext context, byte[] key, byte[] clear) {
        byte[] dataKey = unwrapped(context.tenant(), context.customer(), key);
        try {
            return prefixed(new AesGcmJce(dataKey).encrypt(clear, associated(context)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    @Override
    public byte[] open(FieldContext context, byte[] key, byte[] sealed) {
        byte[] dataKey = unwrapped(context.tenant(), context.customer(), key);
        return opened(sealed, body -> new AesGcmJce(dataKey).decrypt(body, associated(context)));
    }

    @Override
    public BlindIndex index(TenantId tenant, String field, String value) {
        return index(tenant, keys.apply(tenant).indexingWith(), field, value);
    }

    @Override
    public List<BlindIndex> candidates(TenantId tenant, String field, String value) {
        TinkKeys known = keys.apply(tenant);
        Comparator<Integer> primaryFirst = Comparator.comparing(id -> id != known.indexingWith());
        return known.indexing().keySet().stream()
                .sorted(primaryFirst.thenComparing(Comparator.reverseOrder()))
                .map(id -> index(tenant, id, field, value))
                .toList();
    }

    private BlindIndex index(TenantId tenant, int version, String field, String value) {
        byte[] input = (tenant.value() + "\n" + field + "\n" + value).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] token = Objects.requireNonNull(keys.apply(tenant).indexing().get(version))
                    .compute(input, TOKEN_BYTES);
            return new BlindIndex(
                    version, Base64.getUrlEncoder().withoutPadding().encodeToString(token));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    private byte[] wrapped(TenantId tenant, CustomerId customer, byte[] key) {
        try {
            return prefixed(keys.apply(tenant).wrapping().encrypt(key, associated(tenant, customer)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private byte[] unwrapped(TenantId tenant, CustomerId customer, byte[] wrapped) {
        return opened(wrapped, body -> keys.apply(tenant).wrapping().decrypt(body, associated(tenant, customer)));
    }

    private static byte[] prefixed(byte[] body) {
        return ByteBuffer.allocate(1 + body.length).put(FORMAT).put(body).array();
    }

    private interface Opening {
        byte[] open(byte[] body) throws GeneralSecurityException;
    }

    private static byte[] opened(byte[] sealed, Opening opening) {
        if (sealed.length < 1 || sealed[0] != FORMAT) {
            throw CoreError.UNREADABLE_DATA.because("the data is not enciphered as it should be");
        }
        byte[] body = new byte[sealed.length - 1];
        System.arraycopy(sealed, 1, body, 0, body.length);
        try {
            return opening.open(body);
        } catch (GeneralSecurityException e) {
            throw CoreError.UNREADABLE_DATA.causedBy(e, "the data was altered, moved, or enciphered with another key");
        }
    }

    private static byte[] associated(TenantId tenant, CustomerId customer) {
        return (tenant.value() + "\n" + customer.value() + "\ndata key").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] associated(FieldContext context) {
        return (context.tenant().value() + "\n" + context.customer().value() + "\nfield " + context.field())
                .getBytes(StandardCharsets.UTF_8);
    }
}
