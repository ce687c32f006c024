package dev.retailcrm.core.customer;

import com.google.common.base.Splitter;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * That an identity was seen to be the customer's own. Immutable.
 *
 * @param method how
 * @param at when, in milliseconds
 */
public record Verification(VerificationMethod method, Instant at) {
    /** Refuses missing parts with {@link CoreError#INVALID_VALUE}. */
    public Verification {
        Check.present(method, "verification method");
        Check.present(at, "instant of verification");
    }

    /** Of an identity as text for histories, such as {@code +8613812345678 CODE 2026-03-01T09:00:00Z}. */
    public String text(Identity identity) {
        return identity.value() + " " + method + " " + at;
    }

    /**
     * Reads what {@link #text} wrote of this identity; empty if it is about another.
     *
     * @throws dev.retailcrm.core.kernel.CrmException INVALID_VALUE if the text is none
     */
    public static Optional<Verification> parse(Identity identity, String text) {
        List<String> parts = Splitter.on(' ').splitToList(text);
        if (parts.size() < 3 || !text.startsWith(identity.value() + " ")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Verification(
                    VerificationMethod.valueOf(parts.get(parts.size() - 2)),
                    Instant.parse(parts.get(parts.size() - 1))));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw CoreError.INVALID_VALUE.because("a verification is not written as it should be");
        }
    }
}
