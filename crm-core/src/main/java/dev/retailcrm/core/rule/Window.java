package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * From when to when, relative to the instant of the question or fixed. Of dates without a time the days count. Immutable.
 */
public sealed interface Window
        permits Window.Last, Window.Next, Window.Ago, Window.Periods, Window.Between, Window.Days {
    /**
     * The span up to now: longer ago than the span is out, exactly so long ago too, now is in. Of dates, today and the days before. Months
     * and years start with a day: the last month asked on 15 March starts with 16 February.
     *
     * @param span how long, more than 0
     */
    record Last(Span span) implements Window {
        /** Refuses an empty span. */
        public Last {
            Check.positive(Check.present(span, "span").number(), "span");
        }
    }

    /**
     * The span from now on: now is in, what is exactly so far ahead is out. Of dates, today and the days after.
     *
     * @param span how long, more than 0
     */
    record Next(Span span) implements Window {
        /** Refuses an empty span. */
        public Next {
            Check.positive(Check.present(span, "span").number(), "span");
        }
    }

    /**
     * What is between two spans ago: {@code Ago(60 days, 30 days)} is the last 60 days without the last 30.
     *
     * @param most how long ago at the most, as in {@link Last}; {@code null} for any time
     * @param least how long ago at least: exactly so long is in
     */
    record Ago(@Nullable Span most, Span least) implements Window {
        /** Refuses a missing span. */
        public Ago {
            Check.present(least, "span");
        }
    }

    /**
     * Periods of the calendar, such as this week, or the last three months.
     *
     * @param unit which periods
     * @param first where they start, counted from the current one, which is 0; -1 is the one before
     * @param number how many, 1 to 1,000
     */
    record Periods(CalendarUnit unit, int first, int number) implements Window {
        /** Refuses numbers out of range. */
        public Periods {
            Check.present(unit, "unit");
            Check.range(first, -10_000, 10_000, "first period");
            Check.range(number, 1, 1_000, "number of periods");
        }
    }

    /**
     * Between two instants.
     *
     * @param from inclusive; {@code null} for any time before
     * @param to exclusive; {@code null} for any time after
     */
    record Between(@Nullable Instant from, @Nullable Instant to) implements Window {
        /** Refuses a window without any end. */
        public Between {
            if (from == null && to == null) {
                throw RuleProblem.of("a window has a beginning or an end");
            }
        }
    }

    /**
     * Days, of the tenant's zone where instants are asked about.
     *
     * @param from the first; {@code null} for any day before
     * @param to the last, inclusive; {@code null} for any day after
     */
    record Days(@Nullable LocalDate from, @Nullable LocalDate to) implements Window {
        /** Refuses a window without any end. */
        public Days {
            if (from == null && to == null) {
                throw RuleProblem.of("a window has a beginning or an end");
            }
        }
    }
}
