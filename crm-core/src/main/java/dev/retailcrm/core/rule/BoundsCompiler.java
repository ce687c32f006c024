package dev.retailcrm.core.rule;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Makes bounds of windows, for instants or for dates, and numbers their edges. Not thread-safe. */
final class BoundsCompiler {
    static final long EARLIEST = Long.MIN_VALUE + 2;
    private static final long LATEST = Long.MAX_VALUE - 1;

    private final RuleTime time;
    private int edges;

    BoundsCompiler(RuleTime time) {
        this.time = time;
    }

    RuleTime time() {
        return time;
    }

    /** How many edges were made. */
    int edges() {
        return edges;
    }

    /** Instants of events: within the window and not ahead; all that are not ahead if there is no window. */
    Bounds events(@Nullable Window window) {
        return window == null ? new Bounds(fixed(EARLIEST), moving(1)) : instants(window);
    }

    Bounds instants(Window window) {
        if (window instanceof Window.Last last) {
            return new Bounds(since(last.span()), moving(1));
        } else if (window instanceof Window.Next next) {
            Span span = next.span();
            return new Bounds(moving(0), span.isFixed() ? moving(span.millis()) : start(day -> later(day, span)));
        } else if (window instanceof Window.Ago ago) {
            return new Bounds(ago.most() == null ? fixed(EARLIEST) : since(ago.most()), since(ago.least()));
        } else if (window instanceof Window.Periods periods) {
            return new Bounds(
                    start(day -> time.period(periods.unit(), day, periods.first())),
                    start(day -> time.period(periods.unit(), day, periods.first() + periods.number())));
        } else if (window instanceof Window.Days days) {
            return new Bounds(
                    fixed(
                            days.from() == null
                                    ? EARLIEST
                                    : time.startOf(days.from().toEpochDay())),
                    fixed(days.to() == null ? LATEST : time.startOf(days.to().toEpochDay() + 1)));
        } else if (window instanceof Window.Between between) {
            return new Bounds(
                    fixed(between.from() == null ? EARLIEST : between.from().toEpochMilli()),
                    fixed(between.to() == null ? LATEST : between.to().toEpochMilli()));
        }
        throw new IllegalStateException("no such window");
    }

    Bounds days(Window window) {
        if (window instanceof Window.Last last) {
            return new Bounds(day(day -> earlier(day, last.span()) + 1), day(day -> day + 1));
        } else if (window instanceof Window.Next next) {
            return new Bounds(day(day -> day), day(day -> later(day, next.span())));
        } else if (window instanceof Window.Ago ago) {
            Span most = ago.most();
            return new Bounds(
                    most == null ? fixed(EARLIEST) : day(day -> earlier(day, most) + 1),
                    day(day -> earlier(day, ago.least()) + 1));
        } else if (window instanceof Window.Periods periods) {
            return new Bounds(
                    day(day -> time.period(periods.unit(), day, periods.first())),
                    day(day -> time.period(periods.unit(), day, periods.first() + periods.number())));
        } else if (window instanceof Window.Days days) {
            return new Bounds(
                    fixed(days.from() == null ? EARLIEST : days.from().toEpochDay()),
                    fixed(days.to() == null ? LATEST : days.to().toEpochDay() + 1));
        }
        throw new IllegalStateException("dates are not asked about by instants");
    }

    /** Dates of those who are of an age. */
    Bounds ages(ValueTest.Age age) {
        Integer max = age.max();
        return new Bounds(
                max == null ? fixed(EARLIEST) : day(day -> youngest(day, max + 1) + 1),
                day(day -> youngest(day, age.min()) + 1));
    }

    /** The start of the last span up to now. */
    Edge since(Span span) {
        return span.isFixed() ? moving(1 - span.millis()) : start(day -> earlier(day, span) + 1);
    }

    /** The start of two spans of fixed length, one after the other, up to now. */
    Edge since(Span span, Span before) {
        return moving(1 - span.millis() - before.millis());
    }

    /** The latest date that lies so many whole years back. */
    private static long youngest(long today, int years) {
        LocalDate day = LocalDate.ofEpochDay(today);
        LocalDate back = day.minusYears(years);
        LocalDate next = back.plusDays(1);
        return (next.plusYears(years).isAfter(day) ? back : next).toEpochDay();
    }

    private static long earlier(long day, Span span) {
        return span.from(LocalDate.ofEpochDay(day), -1).toEpochDay();
    }

    private static long later(long day, Span span) {
        return span.from(LocalDate.ofEpochDay(day), 1).toEpochDay();
    }

    private Edge fixed(long place) {
        return new Edge.Fixed(edges++, place);
    }

    private Edge moving(long distance) {
        return new Edge.Moving(edges++, distance);
    }

    private Edge day(java.util.function.LongUnaryOperator day) {
        return new Edge.OfDay(edges++, day);
    }

    private Edge start(java.util.function.LongUnaryOperator day) {
        return new Edge.StartOfDay(edges++, day);
    }
}
