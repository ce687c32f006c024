package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;
import java.time.LocalDate;

/**
 * A length of time. Immutable.
 *
 * @param number how many units, 0 to {@value #MAX}
 * @param unit of what
 */
public record Span(int number, SpanUnit unit) {
    /** The most units of a span. */
    public static final int MAX = 100_000;

    private static final int MAX_YEARS = 1_000;

    /** Refuses more, and more than 1,000 years, with {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE}. */
    public Span {
        Check.present(unit, "unit");
        Check.range(
                number, 0, unit == SpanUnit.YEAR ? MAX_YEARS : unit == SpanUnit.MONTH ? 12 * MAX_YEARS : MAX, "span");
    }

    /** Whether it has a fixed length. */
    boolean isFixed() {
        return unit.millis() > 0;
    }

    /** Its fixed length. */
    long millis() {
        return number * unit.millis();
    }

    /** The day so far after, or before if {@code sign} is -1; the last of a month that is too short. */
    LocalDate from(LocalDate day, int sign) {
        long times = (long) sign * number;
        return switch (unit) {
            case MONTH -> day.plusMonths(times);
            case YEAR -> day.plusYears(times);
            case SECOND, MINUTE, HOUR, DAY, WEEK -> day.plusDays(times * (unit == SpanUnit.WEEK ? 7 : 1));
        };
    }
}
