package dev.retailcrm.audience;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stay of a customer in an audience. Immutable.
 *
 * @param audience the key of the audience
 * @param number counts her stays in it from 1
 * @param from since when, inclusive, in milliseconds
 * @param reason why she entered
 * @param version of the definition by which she did
 * @param end when and why she left; {@code null} if she is in
 */
public record AudienceStay(
        String audience,
        long number,
        Instant from,
        StayReason reason,
        long version,
        @Nullable End end) {
    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public AudienceStay {
        Check.code(audience, AudienceRule.MAX_KEY, "key of the audience");
        Check.positive(number, "number of the stay");
        Check.present(from, "instant");
        Check.present(reason, "reason");
        if (end != null && end.at().isBefore(from)) {
            throw CoreError.INVALID_VALUE.because("a stay ends after it began");
        }
    }

    /**
     * That she left.
     *
     * @param at the first instant at which she was out
     * @param reason why
     * @param version of the definition by which she did
     */
    public record End(Instant at, StayReason reason, long version) {
        /** Refuses missing parts with {@link CoreError#INVALID_VALUE}. */
        public End {
            Check.present(at, "instant");
            Check.present(reason, "reason");
        }
    }

    /** Whether she is in. */
    public boolean isOpen() {
        return end == null;
    }

    /** Whether she was in at an instant. */
    public boolean isAt(Instant at) {
        return !from.isAfter(at) && (end == null || end.at().isAfter(at));
    }

    /** The same, over; not before it began, whatever the clocks. */
    AudienceStay left(Instant at, StayReason why, long byVersion) {
        return new AudienceStay(
                audience, number, from, reason, version, new End(at.isBefore(from) ? from : at, why, byVersion));
    }
}
