package dev.retailcrm.core.privacy;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * That somebody asked for a customer to be erased, and how far that got. Once it is {@link State#ERASED} it is the certificate, which holds no
 * personal data and is kept for ever. Immutable.
 *
 * @param customer her id, also of those who were merged into her
 * @param state how far it got
 * @param requestedAt when it was asked for, in milliseconds
 * @param requestedBy who asked for it
 * @param changedAt when it got there, in milliseconds: if erased, when that was complete
 * @param obstacles what it waits for, the first 20; none unless {@link State#REQUESTED}
 * @param rows how many rows were deleted or emptied in each feature, by its name
 */
public record Erasure(
        CustomerId customer,
        State state,
        Instant requestedAt,
        Actor requestedBy,
        Instant changedAt,
        List<ErasureObstacle> obstacles,
        SortedMap<String, Long> rows) {
    /** How far an erasure got. */
    public enum State {
        /** It waits for its obstacles to be gone; she is restricted meanwhile. */
        REQUESTED,
        /** Her record is erased; what features keep of her is being erased. */
        ERASING,
        /** Nothing personal is left. */
        ERASED,
        /** Her restriction was lifted before she was erased. */
        WITHDRAWN;

        /** Whether something is left to be done. */
        public boolean isOpen() {
            return this == REQUESTED || this == ERASING;
        }
    }

    /** Copies list and map; refuses missing parts. */
    public Erasure {
        Check.present(customer, "customer");
        Check.present(state, "state");
        Check.present(requestedAt, "instant of the request");
        Check.present(requestedBy, "actor");
        Check.present(changedAt, "instant of the change");
        obstacles = List.copyOf(obstacles);
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    static Erasure requested(CustomerId customer, Instant at, Actor by) {
        return new Erasure(customer, State.REQUESTED, at, by, at, List.of(), new TreeMap<>());
    }

    Erasure waitingFor(List<ErasureObstacle> what) {
        return new Erasure(customer, state, requestedAt, requestedBy, changedAt, what, rows);
    }

    Erasure in(State next, Instant at) {
        return new Erasure(customer, next, requestedAt, requestedBy, at, List.of(), rows);
    }

    Erasure plus(String part, long more) {
        Map<String, Long> sums = new TreeMap<>(rows);
        sums.merge(part, more, Long::sum);
        return new Erasure(customer, state, requestedAt, requestedBy, changedAt, obstacles, new TreeMap<>(sums));
    }

    /** Whether nothing personal is left of her. */
    public boolean isComplete() {
        return state == State.ERASED;
    }
}
