package dev.retailcrm.assets.tier;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.RuleCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where customers stand as it is booked, as facts: for stores. Immutable. */
public final class TierFacts {
    private final List<Asked> asked;

    private record Asked(TierField field, List<String> levels) {}

    private TierFacts(List<Asked> asked) {
        this.asked = asked;
    }

    /**
     * What is required of tiers.
     *
     * @param catalog that has the levels
     */
    public static TierFacts of(RequiredFacts required, RuleCatalog catalog) {
        return new TierFacts(required.fields().stream()
                .flatMap(name -> TierField.of(name).stream())
                .map(it -> new Asked(it, levels(it, catalog)))
                .filter(it -> !it.levels().isEmpty())
                .toList());
    }

    /** The levels of a program, the lowest first; none if the catalog has no such program. */
    public static List<String> levels(TierField field, RuleCatalog catalog) {
        return catalog.field(field.level().name()).map(CatalogField::options).orElse(List.of());
    }

    /** Whether nothing is. */
    public boolean isEmpty() {
        return asked.isEmpty();
    }

    /**
     * Gathers what is required of a customer.
     *
     * @param standings as they were booked last, by program
     */
    public void add(CustomerFacts.Builder facts, Map<String, TierStanding> standings) {
        for (Asked one : asked) {
            List<MarkFact> values = values(one, standings.get(one.field().program()));
            FieldValue first = values.isEmpty() ? null : values.get(0).value();
            if (values.size() == 1 && first != null && values.get(0).equals(new MarkFact(Instant.EPOCH, null, first))) {
                facts.field(one.field().name(), first);
            } else if (!values.isEmpty()) {
                facts.field(one.field().name(), values);
            }
        }
    }

    private static List<MarkFact> values(Asked asked, @Nullable TierStanding standing) {
        if (standing == null) {
            FieldValue lowest = value(asked, 0, null);
            return lowest == null ? List.of() : List.of(new MarkFact(Instant.EPOCH, null, lowest));
        }
        TreeSet<Instant> edges = new TreeSet<>();
        edges.add(Instant.EPOCH);
        Stream.of(standing.floor(), standing.paid())
                .filter(Objects::nonNull)
                .forEach(bound -> edges.add(bound.until()));
        List<MarkFact> values = new ArrayList<>();
        for (Instant from : edges) {
            FieldValue value = valueAt(asked, standing, from);
            if (value != null) {
                values.add(new MarkFact(from, edges.higher(from), value));
            }
        }
        return values;
    }

    private static @Nullable FieldValue valueAt(Asked asked, TierStanding standing, Instant at) {
        int reached = Math.max(0, asked.levels().indexOf(standing.reached()));
        int floor = rank(asked, standing.floor(), at);
        int paid = rank(asked, standing.paid(), at);
        int rank = Math.max(reached, Math.max(floor, paid));
        Instant end = reached == rank ? reachedUntil(standing) : null;
        end = floor == rank ? later(end, standing.floor()) : end;
        end = paid == rank ? later(end, standing.paid()) : end;
        return value(asked, rank, end);
    }

    private static int rank(Asked asked, TierStanding.@Nullable Bound bound, Instant at) {
        return bound == null || !at.isBefore(bound.until())
                ? -1
                : Math.max(0, asked.levels().indexOf(bound.level()));
    }

    private static @Nullable Instant reachedUntil(TierStanding standing) {
        Instant end = standing.grace() == null ? standing.until() : standing.grace();
        Instant locked = standing.lockedUntil();
        return locked == null || (end != null && end.isAfter(locked)) ? end : locked;
    }

    private static @Nullable Instant later(@Nullable Instant one, TierStanding.@Nullable Bound other) {
        return other == null || (one != null && one.isAfter(other.until())) ? one : other.until();
    }

    private static @Nullable FieldValue value(Asked asked, int rank, @Nullable Instant end) {
        return switch (asked.field().what()) {
            case LEVEL -> FieldValue.text(asked.levels().get(rank));
            case RANK -> FieldValue.number(rank);
            case UNTIL -> rank == 0 || end == null || !end.isBefore(Instants.LAST) ? null : FieldValue.instant(end);
        };
    }
}
