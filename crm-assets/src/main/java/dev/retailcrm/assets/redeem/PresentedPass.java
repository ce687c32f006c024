package dev.retailcrm.assets.redeem;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;

/**
 * A one-time code that a customer presents. Immutable.
 *
 * @param code as it was read, 1 to 100 characters
 * @param till where: wrong codes are counted by it. 1 to {@value Redeem#MAX_TILL} printable ASCII characters
 */
public record PresentedPass(String code, String till) {
    /** Takes blanks from the ends of the code; refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public PresentedPass {
        code = Check.text(Check.present(code, "code").strip(), 100, "code");
        Check.code(till, Redeem.MAX_TILL, "till");
    }

    /** A code. */
    public static PresentedPass of(String code, String till) {
        return new PresentedPass(code, till);
    }

    /** {@inheritDoc} The code is not shown. */
    @Override
    public String toString() {
        return "PresentedPass[" + till + "]";
    }
}
