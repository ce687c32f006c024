package dev.retailcrm.core.rule;

import java.util.function.LongUnaryOperator;

/**
 * Where a window begins or ends, an instant in milliseconds or a day, as the instant of the question goes on. It never goes back, so what
 * it has passed stays behind it. Immutable.
 */
abstract sealed class Edge {
    /** Days that can be asked about, year 0 to 10,000. */
    private static final long FIRST_DAY = -719_528;

    private static final long LAST_DAY = 2_932_897;

    private final int number;

    private Edge(int number) {
        this.number = number;
    }

    /** Its number within its rule. */
    int number() {
        return number;
    }

    /** Where it is. */
    abstract long at(Now now);

    /** The first instant at which it is beyond this; {@link Now#NEVER} if there is none. */
    abstract long beyond(long place, RuleTime time);

    /** Always in the same place. */
    static final class Fixed extends Edge {
        private final long place;

        Fixed(int number, long place) {
            super(number);
            this.place = place;
        }

        @Override
        long at(Now now) {
            return place;
        }

        @Override
        long beyond(long passed, RuleTime time) {
            return Now.NEVER;
        }
    }

    /** An instant so far from now. */
    static final class Moving extends Edge {
        private final long distance;

        Moving(int number, long distance) {
            super(number);
            this.distance = distance;
        }

        @Override
        long at(Now now) {
            return now.millis + distance;
        }

        @Override
        long beyond(long passed, RuleTime time) {
            return passed - distance + 1;
        }
    }

    /** A day that depends on the current one. */
    static final class OfDay extends Edge {
        private final LongUnaryOperator day;

        OfDay(int number, LongUnaryOperator day) {
            super(number);
            this.day = day;
        }

        @Override
        long at(Now now) {
            return day.applyAsLong(now.today());
        }

        @Override
        long beyond(long passed, RuleTime time) {
            return firstDay(day, passed, time);
        }
    }

    /** When a day starts that depends on the current one. */
    static final class StartOfDay extends Edge {
        private final LongUnaryOperator day;

        StartOfDay(int number, LongUnaryOperator day) {
            super(number);
            this.day = day;
        }

        @Override
        long at(Now now) {
            return now.time().startOf(day.applyAsLong(now.today()));
        }

        /** A day starts later than an instant if it is later than the day of that. */
        @Override
        long beyond(long passed, RuleTime time) {
            return firstDay(day, time.dayOf(passed), time);
        }
    }

    /** When the first day starts on which the other is later than the one passed. */
    private static long firstDay(LongUnaryOperator day, long passed, RuleTime time) {
        long before = FIRST_DAY;
        long after = LAST_DAY;
        if (day.applyAsLong(after) <= passed) {
            return Now.NEVER;
        }
        while (after - before > 1) {
            long middle = (before + after) / 2;
            if (day.applyAsLong(middle) > passed) {
                after = middle;
            } else {
                before = middle;
            }
        }
        return time.startOf(after);
    }
}
