package dev.retailcrm.audience.spi;

import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the membership of an audience got. Immutable.
 *
 * @param audience the key of the audience
 * @param generation counts what was swapped in
 * @param version of the definition by which the members were computed last; 0 before
 * @param asOf as of when; {@code null} before
 * @param listing the list that counts, of those kept by hand or uploaded; 0 for none
 * @param uploads how many lists were begun
 * @param problem the id of the error for which it was not computed; {@code null} if it could be
 * @param run what is being computed; {@code null} if nothing is
 */
public record AudienceState(
        String audience,
        long generation,
        long version,
        @Nullable Instant asOf,
        long listing,
        long uploads,
        @Nullable String problem,
        @Nullable AudienceRun run) {
    /** Refuses a missing key with INVALID_VALUE. */
    public AudienceState {
        Check.code(audience, 60, "key of the audience");
    }

    /** Nothing was computed yet. */
    public static AudienceState none(String audience) {
        return new AudienceState(audience, 0, 0, null, 0, 0, null, null);
    }

    /** The same, to be computed from the start. */
    public AudienceState running(AudienceRun next) {
        return new AudienceState(audience, generation, version, asOf, listing, uploads, null, next);
    }

    /** The same, nothing being computed. */
    public AudienceState stopped(@Nullable String why) {
        return new AudienceState(audience, generation, version, asOf, listing, uploads, why, null);
    }

    /** The same where one more list is begun. */
    public AudienceState uploading() {
        return new AudienceState(audience, generation, version, asOf, listing, uploads + 1, problem, run);
    }

    /** The same where the list that was begun last counts. */
    public AudienceState uploaded() {
        return new AudienceState(audience, generation, version, asOf, uploads, uploads, problem, run);
    }

    /** What was computed is swapped in. */
    public AudienceState swapped(AudienceRun done) {
        return new AudienceState(audience, generation + 1, done.version(), done.asOf(), listing, uploads, null, null);
    }
}
