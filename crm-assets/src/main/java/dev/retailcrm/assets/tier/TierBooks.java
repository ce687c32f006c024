package dev.retailcrm.assets.tier;

import dev.retailcrm.assets.spi.TierChange;
import dev.retailcrm.assets.spi.TierSnapshot;
import dev.retailcrm.assets.spi.TierStore;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How standings are worked out from what was booked, and booked. Thread-safe. */
final class TierBooks {
    /** A standing of which nothing is to be told is booked anew after this time, so that what is measured is not asked for again and again. */
    private static final Duration STALE = Duration.ofDays(30);

    final TenantId tenant;
    final ZoneId zone;
    final TierStore store;

    TierBooks(TenantId tenant, ZoneId zone, TierStore store) {
        this.tenant = tenant;
        this.zone = zone;
        this.store = store;
    }

    /** Where a customer stands by what was booked; at the program's start if nothing was. */
    TierStanding booked(TierProgram program, TierSnapshot snapshot) {
        TierStanding known = snapshot.standings().get(program.key());
        return known == null
                ? TierStanding.first(program, program.from().atStartOfDay(zone).toInstant())
                : known;
    }

    /** Their courses from where they stand, with all that is measured; one round trip. */
    Map<CustomerId, TierCourse> courses(TierProgram program, Collection<TierSnapshot> snapshots) {
        Map<CustomerId, TierStanding> standings = new HashMap<>();
        Instant from = null;
        for (TierSnapshot snapshot : snapshots) {
            TierStanding standing = booked(program, snapshot);
            Instant needed = TierCourse.needs(program, zone, standing);
            from = from == null || needed.isBefore(from) ? needed : from;
            standings.put(snapshot.customer(), standing);
        }
        Map<CustomerId, List<TierPoint>> points =
                from == null ? Map.of() : store.points(tenant, program.measure(), standings.keySet(), from);
        Map<CustomerId, TierCourse> courses = new HashMap<>();
        standings.forEach((customer, standing) -> courses.put(
                customer, new TierCourse(program, zone, standing, points.getOrDefault(customer, List.of()))));
        return courses;
    }

    /** Whether a course is worth booking. */
    boolean isNews(TierProgram program, TierSnapshot snapshot, TierCourse course, Instant at) {
        return !course.steps().isEmpty()
                || (course.isMeasured()
                        && booked(program, snapshot).asOf().plus(STALE).isBefore(at));
    }

    /** What is to be written once a customer stands elsewhere. */
    TierChange change(
            TierSnapshot before,
            TierStanding after,
            List<TierStep> steps,
            Instant booked,
            @Nullable StaffId by,
            TierChange.@Nullable Booking booking) {
        SortedMap<String, TierStanding> standings = new TreeMap<>(before.standings());
        standings.put(after.program(), after);
        List<TierEntry> entries = new ArrayList<>();
        List<EventEnvelope> events = new ArrayList<>();
        long seq = before.lastSeq();
        for (TierStep step : steps) {
            seq++;
            TierEntry entry =
                    new TierEntry(seq, after.program(), step.act(), step.at(), booked, step.before(), step.after(), by);
            entries.add(entry);
            events.add(EventEnvelope.of(
                    tenant, TierChanged.SOURCE, seq, new TierChanged(before.customer(), entry, step.gifts())));
        }
        var snapshot = new TierSnapshot(before.customer(), before.status(), before.mergedInto(), seq, standings);
        return new TierChange(tenant, snapshot, entries, events, booking);
    }
}
