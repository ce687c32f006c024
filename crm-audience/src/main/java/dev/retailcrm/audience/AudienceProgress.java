package dev.retailcrm.audience;

import dev.retailcrm.core.kernel.CoreError;
import org.jspecify.annotations.Nullable;

/**
 * What a step of computing members did. Immutable.
 *
 * @param audience of which audience; {@code null} if it was about customers whom time alone may have changed, or nothing was waiting
 * @param evaluated how many customers the step looked at
 * @param swapped whether the members are those that were computed by now
 * @param entered how many entered with that
 * @param left how many left
 * @param problem the id of the error for which the members cannot be computed, such as that of {@link CoreError#INVALID_RULE}; {@code null} if
 *     they can
 */
public record AudienceProgress(
        @Nullable String audience,
        long evaluated,
        boolean swapped,
        long entered,
        long left,
        @Nullable String problem) {
    static final AudienceProgress NOTHING = new AudienceProgress(null, 0, false, 0, 0, null);

    /** Whether nothing was waiting. */
    public boolean isDone() {
        return audience == null && evaluated == 0;
    }
}
