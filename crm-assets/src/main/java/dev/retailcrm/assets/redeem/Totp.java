package dev.retailcrm.assets.redeem;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords: RFC 6238 with HMAC-SHA-256, steps of 30 seconds from 1970 and 8 digits, by the dynamic truncation of RFC 4226, 5.3. What
 * a password is for may follow the counter in what is authenticated; with nothing, the password is that of the RFC. Stateless.
 */
final class Totp {
    static final long STEP_MILLIS = 30_000;
    static final int DIGITS = 8;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MODULUS = 100_000_000;

    private Totp() {}

    /** The step that contains an instant, in milliseconds since 1970. */
    static long step(long millis) {
        return Math.floorDiv(millis, STEP_MILLIS);
    }

    static String code(byte[] key, long step, byte[] purpose) {
        byte[] mac = mac(
                key,
                ByteBuffer.allocate(Long.BYTES + purpose.length)
                        .putLong(step)
                        .put(purpose)
                        .array());
        int offset = mac[mac.length - 1] & 0xf;
        int number = ByteBuffer.wrap(mac).getInt(offset) & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%08d", number % MODULUS);
    }

    /** HMAC-SHA-256, RFC 2104. */
    static byte[] mac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
