package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.Instant;

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
}
