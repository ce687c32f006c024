package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.code.CheckedCode;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;

/**
 * A coupon's code as somebody presented it: one that was made here, as it was typed or scanned, or one that was imported, character for
 * character. Immutable.
 *
 * @param code 1 to {@value CouponCodes#LONGEST} characters, without blanks at the ends
 * @param origin from where, such as a till or a network address: wrong codes are counted by it. 1 to 64 printable ASCII characters,
 *     not chosen by whoever presents the code
 */
public record PresentedCode(String code, String origin) {
    /** Takes blanks from the ends of the code; refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public PresentedCode {
        Check.present(code, "code");
        code = Check.text(code.strip(), CouponCodes.LONGEST, "code");
        Check.code(origin, 64, "origin");
    }

    /** A code. */
    public static PresentedCode of(String code, String origin) {
        return new PresentedCode(code, origin);
    }

    /** {@inheritDoc} The code is not shown. */
    @Override
    public String toString() {
        return "PresentedCode[" + CheckedCode.mask("****") + ", " + origin + "]";
    }
}
