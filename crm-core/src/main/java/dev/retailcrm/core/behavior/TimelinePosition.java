package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an event stands in a timeline; events of one millisecond stand by id. Immutable.
 *
 * @param occurredAt in milliseconds
 */
public record TimelinePosition(Instant occurredAt, BehaviorId id) implements Comparable<TimelinePosition> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})/(\\d{1,2})/(.+)");
    private static final Comparator<TimelinePosition> ORDER =
            Comparator.comparing(TimelinePosition::occurredAt).thenComparing(TimelinePosition::id);

    /** Refuses what is missing. */
    public TimelinePosition {
        Check.present(occurredAt, "instant of an event");
        Check.present(id, "id of an event");
    }

    /**
     * The inverse of {@link #toString()}.
     *
     * @throws CrmException {@link CoreError#INVALID_CURSOR} if the text is not of that form
     */
    public static TimelinePosition parse(String cursor) {
        Matcher parts = FORM.matcher(cursor);
        if (parts.matches() && Integer.parseInt(parts.group(2)) < parts.group(3).length()) {
            int source = Integer.parseInt(parts.group(2));
            String both = parts.group(3);
            try {
                return new TimelinePosition(
                        Instant.ofEpochMilli(Long.parseLong(parts.group(1))),
                        BehaviorId.of(both.substring(0, source), both.substring(source)));
            } catch (CrmException e) {
                throw CoreError.INVALID_CURSOR.causedBy(e, "not a cursor of this listing");
            }
        }
        throw CoreError.INVALID_CURSOR.because("not a cursor of this listing");
    }

    @Override
    public int compareTo(TimelinePosition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return occurredAt.toEpochMilli() + "/" + id.source().length() + "/" + id.source() + id.value();
    }
}
