package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.Instant;

/**
 * The token of a double opt-in as it is stored. Immutable.
 *
 * @param tokenHash SHA-256 of the token, 64 hexadecimal digits
 * @param expiresAt the first instant at which it cannot be confirmed any more
 */
public record Confirmation(String tokenHash, Instant expiresAt) {
    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public Confirmation {
        Check.code(tokenHash, 64, "token hash");
        Check.present(expiresAt, "end of the question");
    }
}
