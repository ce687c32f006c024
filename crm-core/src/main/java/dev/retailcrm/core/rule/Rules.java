package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conditions, written as they are said:
 *
 * <pre>{@code
 * allOf(
 *     field("custom.city").in("Shanghai", "Suzhou"),
 *     did("purchase").where("category").is("baby").atLeast(2).inLast(days(30)),
 *     not(taggedAny("blocked")))
 * }</pre>
 *
 * Stateless.
 */
public final class Rules {
    private Rules() {}

    /** All of these hold; so with none. */
    public static Condition allOf(Condition... conditions) {
        return new AllOf(List.of(conditions));
    }

    /** One of these holds at least; with none it does not. */
    public static Condition anyOf(Condition... conditions) {
        return new AnyOf(List.of(conditions));
    }

    /** This does not hold. */
    public static Condition not(Condition condition) {
        return new Not(condition);
    }

    /** What a field of the catalog is. */
    public static ValueClause<FieldCondition> field(String name) {
        return ValueClause.of(test -> new FieldCondition(name, test));
    }

    /** Events of a type, one at least unless said. */
    public static EventCondition did(String type) {
        return did(Events.of(type));
    }

    /** These events, one at least unless said. */
    public static EventCondition did(Events events) {
        return new EventCondition(
                events, Aggregate.COUNT, null, new ValueTest.Compare(Comparison.GE, FieldValue.number(1)), null);
    }

    /** No event of a type. */
    public static EventCondition didNot(String type) {
        return did(type).times(0);
    }

    /** The first event of all lies within a window. */
    public static EventCondition firstEver(Events events, Window window) {
        return new EventCondition(events, Aggregate.FIRST_EVER, null, null, window);
    }

    /** One event, and another at most so much later. */
    public static SequenceCondition sequence(Events first, Events then, Span within) {
        return new SequenceCondition(first, then, within, null);
    }

    /** Events at least once in so many of the last periods, the current one included. */
    public static PeriodsCondition inPeriods(Events events, CalendarUnit unit, int last, int atLeast) {
        return new PeriodsCondition(events, 1, unit, last, atLeast);
    }

    /** Events once, and none in the last span of time. */
    public static SilenceCondition stopped(Events events, Span silence) {
        return new SilenceCondition(events, silence, null);
    }

    /** An event in the last span of time, none in the silence before it, and one before that. */
    public static SilenceCondition restarted(Events events, Span back, Span silence) {
        return new SilenceCondition(events, silence, Check.present(back, "span"));
    }

    /** One of these tags at least. */
    public static TagCondition taggedAny(String... tags) {
        return new TagCondition(Quantifier.ANY, set(tags), null);
    }

    /** All of these tags. */
    public static TagCondition taggedAll(String... tags) {
        return new TagCondition(Quantifier.ALL, set(tags), null);
    }

    /** None of these tags. */
    public static TagCondition taggedNone(String... tags) {
        return new TagCondition(Quantifier.NONE, set(tags), null);
    }

    /** So many of these tags. */
    public static TagCondition tagged(Comparison comparison, long number, String... tags) {
        return new TagCondition(null, set(tags), new ValueTest.Compare(comparison, FieldValue.number(number)));
    }

    /** What the value of a tag is. */
    public static ValueClause<TagValueCondition> tag(String key) {
        return ValueClause.of(test -> new TagValueCondition(key, test));
    }

    /** In one of these audiences at least. */
    public static AudienceCondition inAudience(String... audiences) {
        return new AudienceCondition(Quantifier.ANY, set(audiences));
    }

    /** So many seconds. */
    public static Span seconds(int number) {
        return new Span(number, SpanUnit.SECOND);
    }

    /** So many minutes. */
    public static Span minutes(int number) {
        return new Span(number, SpanUnit.MINUTE);
    }

    /** So many hours. */
    public static Span hours(int number) {
        return new Span(number, SpanUnit.HOUR);
    }

    /** So many days. */
    public static Span days(int number) {
        return new Span(number, SpanUnit.DAY);
    }

    /** So many weeks. */
    public static Span weeks(int number) {
        return new Span(number, SpanUnit.WEEK);
    }

    /** So many months. */
    public static Span months(int number) {
        return new Span(number, SpanUnit.MONTH);
    }

    /** So many years. */
    public static Span years(int number) {
        return new Span(number, SpanUnit.YEAR);
    }

    /** The current day. */
    public static Window today() {
        return thisPeriod(CalendarUnit.DAY);
    }

    /** The current period. */
    public static Window thisPeriod(CalendarUnit unit) {
        return new Window.Periods(unit, 0, 1);
    }

    /** The period before the current one. */
    public static Window lastPeriod(CalendarUnit unit) {
        return new Window.Periods(unit, -1, 1);
    }

    /** What is so long ago at least. */
    public static Window ago(Span least) {
        return new Window.Ago(null, least);
    }

    /** What is so long ago at least, and at the most. */
    public static Window ago(@Nullable Span most, Span least) {
        return new Window.Ago(most, least);
    }

    private static Set<String> set(String... keys) {
        return new LinkedHashSet<>(Arrays.asList(keys));
    }
}
