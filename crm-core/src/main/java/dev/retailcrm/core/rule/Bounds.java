package dev.retailcrm.core.rule;

/**
 * From where to where something counts. Immutable.
 *
 * @param from inclusive
 * @param to exclusive
 */
record Bounds(Edge from, Edge to) {
    boolean contains(long place, Now now) {
        return place >= now.value(from) && place < now.value(to);
    }

    /** The next instant at which the place comes in or goes out. */
    long next(long place, Now now) {
        if (place < now.value(from)) {
            return Now.NEVER;
        }
        long out = from.beyond(place, now.time());
        return place < now.value(to) ? out : Math.min(out, to.beyond(place, now.time()));
    }
}
