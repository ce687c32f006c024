package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.regex.Pattern;

/**
 * What a customer is contacted for, by the host's own code, such as {@code marketing} or {@code receipts}. Immutable.
 *
 * @param code 1 to 32 characters of {@code a-z 0-9 . _ -}, starting with a letter or digit
 */
public record Purpose(String code) {
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public Purpose {
        if (!CODE.matcher(Check.present(code, "purpose")).matches()) {
            throw CoreError.INVALID_VALUE.because("purpose must be 1 to 32 characters of a-z 0-9 . _ -");
        }
    }

    /** The purpose with this code. */
    public static Purpose of(String code) {
        return new Purpose(code);
    }

    @Override
    public String toString() {
        return code;
    }
}
