package dev.retailcrm.audience;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What was said by hand of a customer and an audience. Immutable.
 *
 * @param audience the key of the audience
 * @param choice whether she is in or out whatever else says; {@code null} if that decides
 * @param listing the number of a list that names her, from 1; 0 if none does
 * @param pending the number of a later list that names her, be it counted yet or not; 0 if none does
 * @param inheritedFrom who had it before she was merged into her; {@code null} if nobody
 */
public record AudiencePick(
        String audience,
        @Nullable AudienceChoice choice,
        long listing,
        long pending,
        @Nullable CustomerId inheritedFrom) {
    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public AudiencePick {
        Check.code(audience, AudienceRule.MAX_KEY, "key of the audience");
        if (listing < 0 || pending < 0) {
            throw CoreError.INVALID_VALUE.because("lists are numbered from 1");
        }
    }

    /** Nothing was said. */
    static AudiencePick none(String audience) {
        return new AudiencePick(audience, null, 0, 0, null);
    }

    /** Whether nothing is said any more. */
    public boolean isEmpty() {
        return choice == null && listing == 0 && pending == 0;
    }

    AudiencePick choosing(@Nullable AudienceChoice other) {
        return new AudiencePick(audience, other, listing, pending, null);
    }

    /** Whether the list that counts names her. */
    public boolean isListed(long counting) {
        return counting > 0 && (listing == counting || pending == counting);
    }

    AudiencePick listedIn(long number) {
        return new AudiencePick(audience, choice, number, 0, null);
    }

    /** Named by a list that will count later; by the one that counts she stays named. */
    AudiencePick uploadedBy(long number, long counting) {
        return new AudiencePick(audience, choice, isListed(counting) ? counting : 0, number, null);
    }

    AudiencePick of(CustomerId merged) {
        return new AudiencePick(audience, choice, listing, pending, merged);
    }
}
