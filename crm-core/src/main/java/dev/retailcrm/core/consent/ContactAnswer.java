package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a customer may be contacted, and why. Immutable.
 *
 * @param reason the reason of the yes or no
 * @param until the first instant at which time alone changes the reason; {@code null} if time alone never does
 */
public record ContactAnswer(ContactReason reason, @Nullable Instant until) {
    /** Refuses a missing reason with {@link CoreError#INVALID_VALUE}. */
    public ContactAnswer {
        Check.present(reason, "reason");
    }

    /** Whether she may be contacted. */
    public boolean allowed() {
        return reason.allows();
    }

    /**
     * The first instant at which time alone changes the reason: a consent expires, a question is no longer open, or what was recorded
     * ahead comes into force. Empty if it takes another proof, or other rules, to change it.
     */
    public Optional<Instant> validUntil() {
        return Optional.ofNullable(until);
    }
}
