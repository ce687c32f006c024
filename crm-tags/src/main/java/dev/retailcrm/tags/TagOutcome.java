package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What a batch did for a customer. Immutable.
 *
 * @param customer as she was given
 * @param kind what became of her
 * @param code the id of the error by which she was refused, such as {@code CRM-TAG-107}; {@code null} if she was not
 */
public record TagOutcome(
        CustomerId customer, Kind kind, @Nullable String code) {
    private static final int MAX_CODE = 40;

    /** What can become of her. */
    public enum Kind {
        /** Her tags changed. */
        CHANGED,
        /** She had what she was to have. */
        UNCHANGED,
        /** Nothing was done for her. */
        REFUSED
    }

    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public TagOutcome {
        Check.present(customer, "customer");
        Check.present(kind, "kind of outcome");
        if ((kind == Kind.REFUSED) != (code != null)) {
            throw CoreError.INVALID_VALUE.because("a refusal has a code, and nothing else");
        }
        if (code != null) {
            Check.code(code, MAX_CODE, "code");
        }
    }

    static TagOutcome of(CustomerId customer, Kind kind) {
        return new TagOutcome(customer, kind, null);
    }

    static TagOutcome refused(CustomerId customer, String code) {
        return new TagOutcome(customer, Kind.REFUSED, code);
    }
}
