package dev.retailcrm.assets.redeem;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks one-time codes without asking anybody: a till that is offline needs the {@linkplain PassKeys#tillKeys keys} of its tenant and a clock. A code is
 * good in the step of 30 seconds in which it was shown, in the next, and in the one before for a clock that is late. That a code was used before is known
 * where it is redeemed only: a till that is offline keeps the codes it accepted itself. Immutable, thread-safe.
 */
public final class PassCheck {
    private static final int CUSTOMER = 13;
    private static final int KIND = CUSTOMER;
    private static final int DIGITS = KIND + 1;
    private static final int KEY = DIGITS + Totp.DIGITS;

    private final List<byte[]> keys;

    private PassCheck(List<byte[]> keys) {
        this.keys = keys;
    }

    /**
     * With the keys of a tenant.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if there are none, or one is empty
     */
    public static PassCheck with(List<byte[]> tillKeys) {
        List<byte[]> copies = new ArrayList<>();
        for (byte[] key : Check.present(tillKeys, "keys")) {
            if (Check.present(key, "key").length == 0) {
                throw CoreError.INVALID_VALUE.because("a key must not be empty");
            }
            copies.add(key.clone());
        }
        Check.range(copies.size(), 1, 100, "number of keys");
        return new PassCheck(List.copyOf(copies));
    }

    /** The code of a customer for something at an instant. */
    String show(CustomerId customer, RedeemItem item, Instant at) {
        String digits = digits(keys.get(0), customer, item, Totp.step(at.toEpochMilli()));
        return customer.toString() + item.kind().letter() + digits + item.key();
    }

    private static String digits(byte[] key, CustomerId customer, RedeemItem item, long step) {
        byte[] hers = Totp.mac(
                key, ByteBuffer.allocate(Long.BYTES).putLong(customer.value()).array());
        byte[] purpose = (item.kind().letter() + item.key()).getBytes(StandardCharsets.US_ASCII);
        return Totp.code(hers, step, purpose);
    }

    /** Whom and what a text is about, whether or not it is good; empty if it is no code at all. */
    static Optional<Claim> read(String code) {
        if (code.length() <= KEY) {
            return Optional.empty();
        }
        try {
            RedeemItem.Kind kind = kind(code.charAt(KIND));
            String digits = code.substring(DIGITS, KEY);
            if (kind == null || !digits.chars().allMatch(it -> it >= '0' && it <= '9')) {
                return Optional.empty();
            }
            CustomerId customer = CustomerId.parse(code.substring(0, CUSTOMER).toUpperCase(Locale.ROOT));
            return Optional.of(new Claim(customer, new RedeemItem(kind, code.substring(KEY)), digits));
        } catch (CrmException malformed) {
            return Optional.empty();
        }
    }

    private static RedeemItem.@Nullable Kind kind(char letter) {
        for (RedeemItem.Kind kind : RedeemItem.Kind.values()) {
            if (kind.letter() == letter) {
                return kind;
            }
        }
        return null;
    }

    /** What a code says. */
    record Claim(CustomerId customer, RedeemItem item, String digits) {}

    /** What a code is good for at an instant; empty if it is not good. */
    public Optional<CheckedPass> check(String code, Instant at) {
        Check.present(at, "instant");
        return read(Check.present(code, "code")).flatMap(it -> check(it, at));
    }

    Optional<CheckedPass> check(Claim claim, Instant at) {
        long now = Totp.step(at.toEpochMilli());
        byte[] given = claim.digits().getBytes(StandardCharsets.US_ASCII);
        for (byte[] key : keys) {
            for (long step = now - 1; step <= now + 1; step++) {
                byte[] right = digits(key, claim.customer(), claim.item(), step).getBytes(StandardCharsets.US_ASCII);
                if (MessageDigest.isEqual(right, given)) {
                    return Optional.of(new CheckedPass(claim.customer(), claim.item(), step));
                }
            }
        }
        return Optional.empty();
    }
}
