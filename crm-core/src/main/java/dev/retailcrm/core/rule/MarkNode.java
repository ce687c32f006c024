package dev.retailcrm.core.rule;

import com.google.common.collect.ImmutableSet;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.RuleTranslation;
import dev.retailcrm.core.spi.ValueQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** How many of some tags or audiences she has. */
final class MarkNode extends Node {
    private final Condition condition;
    private final Marks marks;
    private final List<String> keys;
    private final int[] places;
    private final HowMany number;

    /** What marks are. */
    enum Marks {
        TAGS,
        AUDIENCES
    }

    /**
     * How many there must be.
     *
     * @param holds whether so many are enough
     * @param question the same, to be asked elsewhere
     */
    record HowMany(LongPredicate holds, ValueQuestion question) {}

    MarkNode(Condition condition, Marks marks, List<String> keys, int[] places, HowMany number) {
        this.condition = condition;
        this.marks = marks;
        this.keys = keys;
        this.places = places;
        this.number = number;
    }

    private @Nullable MarkFact mark(CustomerFacts facts, int place) {
        return marks == Marks.TAGS ? facts.tag(place) : facts.audience(place);
    }

    @Override
    <C> C translate(RuleTranslation<C> language, Now now) {
        Set<String> all = ImmutableSet.copyOf(keys);
        return marks == Marks.TAGS ? language.tags(all, number.question()) : language.audiences(all, number.question());
    }

    @Override
    boolean test(CustomerFacts facts, Now now) {
        int has = 0;
        for (int place : places) {
            has += has(facts, place, now) ? 1 : 0;
        }
        return number.holds().test(has);
    }

    private boolean has(CustomerFacts facts, int place, Now now) {
        MarkFact mark = mark(facts, place);
        return mark != null && mark.isAt(now.millis);
    }

    @Override
    long next(CustomerFacts facts, Now now) {
        long next = Now.NEVER;
        for (int place : places) {
            MarkFact mark = mark(facts, place);
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
        private final FieldType type;
        private final @Nullable ValueCheck check;
        private final @Nullable ValueTester tester;
        private final boolean there;

        /**
         * Asks about the value of the tag in this place.
         *
         * @param check {@code null} if it is asked whether she has the tag
         */
        Value(TagValueCondition condition, int place, FieldType type, @Nullable ValueCheck check, boolean there) {
            this.condition = condition;
            this.place = place;
            this.type = type;
            this.check = check;
            this.tester = check == null ? null : check.tester();
            this.there = there;
        }

        @Override
        <C> C translate(RuleTranslation<C> language, Now now) {
            C holds = language.tagValue(condition.tag(), type, check == null ? null : check.question(now));
            return there ? holds : language.not(holds);
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
