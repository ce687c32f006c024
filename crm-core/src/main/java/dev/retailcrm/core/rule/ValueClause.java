package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.joda.money.Money;

/**
 * What may be asked of a value: of a field, a property, a tag, or of what events come to. Values are given as {@code String}, {@code Long},
 * {@code Integer}, {@code BigDecimal}, {@code Boolean}, {@code Money}, {@code LocalDate}, {@code Instant} or {@link FieldValue}.
 *
 * @param <T> what comes of it
 */
public final class ValueClause<T> {
    private final Function<ValueTest, T> made;

    private ValueClause(Function<ValueTest, T> made) {
        this.made = made;
    }

    static <T> ValueClause<T> of(Function<ValueTest, T> made) {
        return new ValueClause<>(made);
    }

    /** It passes a test. */
    public T passes(ValueTest test) {
        return made.apply(test);
    }

    /** It is this. */
    public T is(Object value) {
        return compared(Comparison.EQ, value);
    }

    /** It is there and is not this. */
    public T isNot(Object value) {
        return compared(Comparison.NE, value);
    }

    /** It is less. */
    public T lessThan(Object value) {
        return compared(Comparison.LT, value);
    }

    /** It is this or less. */
    public T atMost(Object value) {
        return compared(Comparison.LE, value);
    }

    /** It is more. */
    public T greaterThan(Object value) {
        return compared(Comparison.GT, value);
    }

    /** It is this or more. */
    public T atLeast(Object value) {
        return compared(Comparison.GE, value);
    }

    /** It lies between two values, both inclusive. */
    public T between(Object min, Object max) {
        return made.apply(new ValueTest.Between(value(min), value(max)));
    }

    /** It is one of these. */
    public T in(Object... values) {
        return made.apply(new ValueTest.In(values(values), false));
    }

    /** It is there and is none of these. */
    public T notIn(Object... values) {
        return made.apply(new ValueTest.In(values(values), true));
    }

    /** This is somewhere in it. */
    public T contains(String text) {
        return made.apply(new ValueTest.Text(TextMatch.CONTAINS, text));
    }

    /** It starts with this. */
    public T startsWith(String text) {
        return made.apply(new ValueTest.Text(TextMatch.STARTS, text));
    }

    /** It ends with this. */
    public T endsWith(String text) {
        return made.apply(new ValueTest.Text(TextMatch.ENDS, text));
    }

    /** The whole of it matches a pattern of literals, classes, repetitions and alternatives, without groups. */
    public T matches(String pattern) {
        return made.apply(new ValueTest.Text(TextMatch.MATCHES, pattern));
    }

    /** It lies within the last span of time. */
    public T inLast(Span span) {
        return within(new Window.Last(span));
    }

    /** It lies within the next span of time. */
    public T inNext(Span span) {
        return within(new Window.Next(span));
    }

    /** It lies within a window. */
    public T within(Window window) {
        return made.apply(new ValueTest.Within(window));
    }

    /** An anniversary of it lies within a window. */
    public T anniversaryWithin(Window window) {
        return made.apply(new ValueTest.Anniversary(window));
    }

    /** It lies so many whole years back, or more. */
    public T ageAtLeast(int years) {
        return made.apply(new ValueTest.Age(years, null));
    }

    /** It lies so many whole years back, both inclusive. */
    public T ageBetween(int min, int max) {
        return made.apply(new ValueTest.Age(min, max));
    }

    /** It is on such a day of the week. */
    public T on(DayOfWeek... days) {
        return made.apply(new ValueTest.OnDays(Set.copyOf(Arrays.asList(days))));
    }

    /** One of these options is chosen at least. */
    public T anyOf(String... options) {
        return made.apply(new ValueTest.Options(Quantifier.ANY, Set.copyOf(Arrays.asList(options))));
    }

    /** All of these options are chosen. */
    public T allOf(String... options) {
        return made.apply(new ValueTest.Options(Quantifier.ALL, Set.copyOf(Arrays.asList(options))));
    }

    /** Options are chosen, and none of these. */
    public T noneOf(String... options) {
        return made.apply(new ValueTest.Options(Quantifier.NONE, Set.copyOf(Arrays.asList(options))));
    }

    /** So many options are chosen. */
    public T choices(Comparison comparison, long number) {
        return made.apply(new ValueTest.OptionCount(comparison, number));
    }

    /** It is there. */
    public T exists() {
        return made.apply(new ValueTest.Presence(true));
    }

    /** It is not there. */
    public T missing() {
        return made.apply(new ValueTest.Presence(false));
    }

    private T compared(Comparison comparison, Object value) {
        return made.apply(new ValueTest.Compare(comparison, value(value)));
    }

    private static List<FieldValue> values(Object... values) {
        return Arrays.stream(values).map(ValueClause::value).toList();
    }

    static FieldValue value(Object value) {
        if (value instanceof FieldValue typed) {
            return typed;
        } else if (value instanceof String text) {
            return FieldValue.text(text);
        } else if (value instanceof Integer || value instanceof Long) {
            return FieldValue.number(((Number) value).longValue());
        } else if (value instanceof BigDecimal decimal) {
            return FieldValue.decimal(decimal);
        } else if (value instanceof Boolean flag) {
            return FieldValue.flag(flag);
        } else if (value instanceof Money money) {
            return FieldValue.money(money);
        } else if (value instanceof LocalDate date) {
            return FieldValue.date(date);
        } else if (value instanceof Instant instant) {
            return FieldValue.instant(instant);
        }
        throw RuleProblem.of("a value is a text, number, flag, amount, date or instant");
    }
}
