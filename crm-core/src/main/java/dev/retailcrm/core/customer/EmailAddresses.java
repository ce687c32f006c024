package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The normal form of mail addresses: lower case, the domain in ASCII (RFC 3490). Quoted local parts, comments and address literals,
 * which RFC 5322 allows and nobody's customer has, are refused.
 */
final class EmailAddresses {
    private static final int MAX_LOCAL = 64;
    private static final Pattern LOCAL =
            Pattern.compile("[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

    private EmailAddresses() {}

    static String normalise(@Nullable String written) {
        String address = Check.present(written, "mail address").strip();
        int at = address.lastIndexOf('@');
        if (address.length() > Identity.MAX_LENGTH || at < 1) {
            throw malformed();
        }
        String normal = lower(address.substring(0, at)) + "@" + domain(address.substring(at + 1));
        requireNormal(normal);
        return normal;
    }

    static void requireNormal(String value) {
        int at = value.lastIndexOf('@');
        if (value.length() > Identity.MAX_LENGTH || at < 1 || at > MAX_LOCAL) {
            throw malformed();
        }
        String local = value.substring(0, at);
        if (!LOCAL.matcher(local).matches()
                || !lower(local).equals(local)
                || !DOMAIN.matcher(value.substring(at + 1)).matches()) {
            throw malformed();
        }
    }

    private static String lower(String text) {
        return Normalizer.normalize(
                Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static String domain(String written) {
        try {
            return IDN.toASCII(written, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static CrmException malformed() {
        return CoreError.INVALID_VALUE.because(
                "mail address must be name@domain, at most %d characters", Identity.MAX_LENGTH);
    }
}
