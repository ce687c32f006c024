package dev.retailcrm.core.history;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what one actor changed of any customer, from wherever. Immutable.
 *
 * @param kind what kind of actor
 * @param id the operator's id or the program's name; empty for the other kinds, which are not told apart
 * @param from at this instant or later; {@code null} for all before
 * @param until before this instant; {@code null} for all after
 */
public record ActorQuery(
        ActorKind kind,
        String id,
        @Nullable Instant from,
        @Nullable Instant until) {
    /**
     * Refuses what is no {@link Actor}, and an end before the beginning, with INVALID_VALUE; instants outside 1970 to 9999 with
     * INSTANT_OUT_OF_RANGE.
     */
    public ActorQuery {
        Check.present(new Actor(kind, id, null, null), "actor");
        Instants.requireStorable(from);
        Instants.requireStorable(until);
        if (from != null && until != null && until.isBefore(from)) {
            throw CoreError.INVALID_VALUE.because("the end lies before the beginning");
        }
    }

    /** All that this actor changed, at whatever store and by whatever channel. */
    public static ActorQuery of(Actor actor) {
        return new ActorQuery(Check.present(actor, "actor").kind(), actor.id(), null, null);
    }

    /** All that this operator changed. */
    public static ActorQuery of(StaffId operator) {
        return of(Actor.staff(operator));
    }

    /** The same within a time, its end exclusive. */
    public ActorQuery between(Instant start, Instant end) {
        return new ActorQuery(kind, id, start, end);
    }

    /** Whether a change is asked for. */
    public boolean matches(FieldChange change) {
        return change.actor().kind() == kind
                && change.actor().id().equals(id)
                && (from == null || !change.at().isBefore(from))
                && (until == null || change.at().isBefore(until));
    }
}
