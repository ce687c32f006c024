package dev.retailcrm.core.merge;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history that one version of a customer leaves. Used once. */
final class HistoryLines {
    private final CustomerId customer;
    private final long version;
    private final Actor actor;
    private final Instant at;
    private final List<FieldChange> lines = new ArrayList<>();

    HistoryLines(CustomerId customer, long version, Actor actor, Instant at) {
        this.customer = customer;
        this.version = version;
        this.actor = actor;
        this.at = at;
    }

    void add(String field, @Nullable String was, @Nullable String is, @Nullable Instant stated) {
        lines.add(new FieldChange(customer, version, lines.size() + 1, field, was, is, actor, at, stated));
    }

    List<FieldChange> lines() {
        return List.copyOf(lines);
    }
}
