package dev.retailcrm.assets.report;

import java.util.List;

/** That what was owed before, and what came and went, is what was owed after. Immutable. */
public record Reconciliation(Liability opening, List<Flow> flows, Liability closing) {
    /** Copies the list. */
    public Reconciliation {
        flows = List.copyOf(flows);
    }

    /** What is not explained: zero, unless something is booked of that time while the report is made. */
    public long difference() {
        long moved = flows.stream().mapToLong(Flow::amount).reduce(0, Math::addExact);
        return Math.subtractExact(Math.subtractExact(closing.booked(), opening.booked()), moved);
    }
}
