package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.EventQuestion;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which events of a type count. Immutable. */
final class EventFilter {
    private final String type;
    private final int place;
    private final List<Part> parts;

    /**
     * A test of a property.
     *
     * @param check {@code null} if it is asked whether the property is there
     */
    record Part(String property, FieldType type, @Nullable ValueCheck check, boolean there) {
        boolean passes(EventFact event, Now now) {
            FieldValue value = event.properties().get(property);
            return check == null
                    ? (value != null) == there
                    : value != null && check.tester().test(value, now);
        }

        /** When an event may pass or fail by time alone. */
        long next(EventFact event, Now now) {
            FieldValue value = event.properties().get(property);
            return check == null || value == null ? Now.NEVER : check.tester().next(value, now);
        }
    }

    EventFilter(String type, int place, List<Part> parts) {
        this.type = type;
        this.place = place;
        this.parts = parts;
    }

    /** The events within these bounds that count and do not lie ahead. */
    EventQuestion question(Bounds bounds, Now now) {
        return question(now.value(bounds.from()), Math.min(now.value(bounds.to()), now.millis + 1), now);
    }

    /** All events that count and do not lie ahead. */
    EventQuestion question(Now now) {
        return question(BoundsCompiler.EARLIEST, now.millis + 1, now);
    }

    EventQuestion question(long from, long to, Now now) {
        return new EventQuestion(
                type,
                parts.stream()
                        .map(part -> new EventQuestion.Part(
                                part.property(),
                                part.type(),
                                part.check() == null ? null : part.check().question(now),
                                part.there()))
                        .toList(),
                from,
                to);
    }

    /** Whether all of the type count. */
    boolean isWhole() {
        return parts.isEmpty();
    }

    /** When all of the type occurred. */
    long[] times(CustomerFacts facts) {
        return facts.times(place);
    }

    /** Those that count, the earliest first. */
    EventFact[] of(CustomerFacts facts, Now now) {
        EventFact[] all = facts.events(place);
        if (parts.isEmpty()) {
            return all;
        }
        return Arrays.stream(all).filter(event -> passes(event, now)).toArray(EventFact[]::new);
    }

    boolean passes(EventFact event, Now now) {
        for (Part part : parts) {
            if (!part.passes(event, now)) {
                return false;
            }
        }
        return true;
    }

    /** The next instant at which an event may begin or cease to count because of its properties. */
    long next(CustomerFacts facts, Now now) {
        long next = Now.NEVER;
        if (parts.isEmpty()) {
            return next;
        }
        for (EventFact event : facts.events(place)) {
            for (Part part : parts) {
                next = Math.min(next, part.next(event, now));
            }
        }
        return next;
    }

    /** The index of the first event at an instant or later. */
    static int from(EventFact[] events, long millis) {
        int low = 0;
        int high = events.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events[middle].millis() < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The same of their instants. */
    static int from(long[] times, long millis) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The next instant at which one of the events comes into the bounds or goes out, or ceases to lie ahead. */
    static long next(EventFact[] events, Bounds bounds, Now now) {
        int inside = from(events, now.value(bounds.from()));
        int ahead = from(events, Math.min(now.value(bounds.to()), now.millis + 1));
        long next = inside < events.length ? bounds.from().beyond(events[inside].millis(), now.time()) : Now.NEVER;
        if (ahead < events.length) {
            long at = events[ahead].millis();
            long in =
                    at < now.value(bounds.to()) ? at : Math.max(at, bounds.to().beyond(at, now.time()));
            next = Math.min(next, in);
        }
        return Math.max(next, now.millis + 1);
    }
}
