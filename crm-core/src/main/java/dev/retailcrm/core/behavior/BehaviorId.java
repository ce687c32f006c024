package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.Comparator;

/**
 * The id of an event, given by the system it comes from. It is the request key of the event: the same again is a repetition. Compared
 * character for character. Ordered by source and value. Immutable.
 *
 * @param source the system, such as {@code web} or {@code app}: 1 to 20 printable ASCII characters without blanks at the ends
 * @param value unique per customer and source: 1 to 64 printable ASCII characters without blanks at the ends
 */
public record BehaviorId(String source, String value) implements Comparable<BehaviorId> {
    /** The most characters of a source. */
    public static final int MAX_SOURCE = 20;

    /** The most characters of a value. */
    public static final int MAX_LENGTH = 64;

    private static final Comparator<BehaviorId> ORDER =
            Comparator.comparing(BehaviorId::source).thenComparing(BehaviorId::value);

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public BehaviorId {
        Check.code(source, MAX_SOURCE, "source of an event");
        Check.code(value, MAX_LENGTH, "id of an event");
    }

    /** The id a system gave. */
    public static BehaviorId of(String source, String value) {
        return new BehaviorId(source, value);
    }

    @Override
    public int compareTo(BehaviorId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return source + "/" + value;
    }
}
