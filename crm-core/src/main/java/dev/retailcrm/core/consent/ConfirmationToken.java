package dev.retailcrm.core.consent;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * The secret of a double opt-in: whoever shows it has read what was sent to the address. It names the customer, so that no look-up is
 * needed, and 128 random bits. Stored as SHA-256 only; {@link #toString()} does not show it. Immutable.
 */
public final class ConfirmationToken {
    private static final int SECRET_BYTES = 16;
    private static final BaseEncoding ENCODING = BaseEncoding.base64Url().omitPadding();
    private static final Pattern FORM = Pattern.compile("[0-9A-Z]{13}\\.[A-Za-z0-9_-]{22}");

    private final CustomerId customer;
    private final String text;

    private ConfirmationToken(CustomerId customer, String text) {
        this.customer = customer;
        this.text = text;
    }

    /** A new token for this customer. Keep it until the command that asks is committed, to repeat that with the same one. */
    public static ConfirmationToken random(CustomerId customer) {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new ConfirmationToken(Check.present(customer, "customer"), customer + "." + ENCODING.encode(secret));
    }

    /**
     * The token with this text; the inverse of {@link #reveal()}.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if it is not of that form
     */
    public static ConfirmationToken parse(String text) {
        if (!FORM.matcher(Check.present(text, "confirmation token")).matches()) {
            throw CoreError.INVALID_VALUE.because("a confirmation token has 36 characters");
        }
        return new ConfirmationToken(CustomerId.parse(text.substring(0, 13)), text);
    }

    /** Whom it is for. */
    public CustomerId customer() {
        return customer;
    }

    /** The text to be sent to the address, 36 characters that may stand in a link as they are. */
    public String reveal() {
        return text;
    }

    /** What it is stored by. */
    String hash() {
        return Hashing.sha256().hashString(text, StandardCharsets.US_ASCII).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfirmationToken token && token.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return customer + ".****";
    }
}
