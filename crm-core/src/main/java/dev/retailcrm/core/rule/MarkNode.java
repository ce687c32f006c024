package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** How many of some tags or audiences she has. */
final class MarkNode extends Node {
    private final Condition condition;
    private final Marks marks;
    private final List<String> keys;
    private final int[] places;
    private final LongPredicate count;

    /** Where marks are found. */
    interface Marks {
        @Nullable
        MarkFact of(CustomerFacts facts, int place);
    }

    MarkNode(Condition condition, Marks marks, List<String> keys, int[] places, LongPredicate count) {
        this.condition = condition;
        this.marks = marks;
        this.keys = keys;
        this.places = places;
        this.count = count;
    }

    @Override
    boolean test(CustomerFacts facts, Now now) {
        int has = 0;
        for (int place : places) {
            has += has(facts, place, now) ? 1 : 0;
        }
        return count.test(has);
    }

    private boolean has(CustomerFacts facts, int place, Now now) {
        MarkFact mark = marks.of(facts, place);
        return mark != null && mark.isAt(now.millis);
    }

    @Override
    long next(CustomerFacts facts, Now now) {
        long next = Now.NEVER;
        for (int place : places) {
            MarkFact mark = marks.of(facts, place);
            next = mark == null ? next : Math.min(next, mark.next(now.millis));
        }
        return next;
    }

    @Override
    Why why(CustomerFacts facts, Now now) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            if (has(facts, places[i], now)) {
                found.add(keys.get(i));
            }
        }
        return new Why(condition, test(facts, now), null, found, List.of());
    }

    /** What the value of a tag is. */
    static final class Value extends Node {
        private final TagValueCondition condition;
        private final int place;
        private final @Nullable ValueTester tester;
        private final boolean there;

        /**
         * Asks about the value of the tag in this place.
         *
         * @param tester {@code null} if it is asked whether she has the tag
         */
        Value(TagValueCondition condition, int place, @Nullable ValueTester tester, boolean there) {
            this.condition = condition;
            this.place = place;
            this.tester = tester;
            this.there = there;
        }

        @Override
        boolean test(CustomerFacts facts, Now now) {
            MarkFact mark = facts.tag(place);
            FieldValue value = mark != null && mark.isAt(now.millis) ? mark.value() : null;
            return tester == null ? (value != null) == there : value != null && tester.test(value, now);
        }

        @Override
        long next(CustomerFacts facts, Now now) {
            MarkFact mark = facts.tag(place);
            if (mark == null) {
                return Now.NEVER;
            }
            FieldValue value = mark.value();
            long next = mark.next(now.millis);
            return tester == null || value == null ? next : Math.min(next, tester.next(value, now));
        }

        @Override
        Why why(CustomerFacts facts, Now now) {
            MarkFact mark = facts.tag(place);
            boolean has = mark != null && mark.isAt(now.millis);
            return new Why(
                    condition,
                    test(facts, now),
                    has && mark != null ? mark.value() : null,
                    has ? List.of(condition.tag()) : List.of(),
                    List.of());
        }
    }
}
