package dev.retailcrm.jdbc;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.Comparison;
import dev.retailcrm.core.spi.ValueQuestion;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.Field;

/** Questions about a value that is in a row. Where there is none the answer may be unknown instead of no. Immutable. */
record RuleValues(Engine engine, RuleColumn column) {
    private static final long DAY = 86_400_000;

    Condition is(ValueQuestion question) {
        if (question instanceof ValueQuestion.Compare it) {
            return compare(it.comparison(), it.value());
        } else if (question instanceof ValueQuestion.Between it) {
            return compare(Comparison.GE, it.min()).and(compare(Comparison.LE, it.max()));
        } else if (question instanceof ValueQuestion.In it) {
            return in(it);
        } else if (question instanceof ValueQuestion.Texts it) {
            return RuleTexts.is(column.texts(), it);
        } else if (question instanceof ValueQuestion.Like it) {
            return RuleTexts.like(engine, column, it);
        } else if (question instanceof ValueQuestion.Range it) {
            return column.type() == FieldType.DATE ? column.dates().within(it.from(), it.to()) : range(it);
        } else if (question instanceof ValueQuestion.Anniversary it) {
            return column.dates().anniversary(it.from(), it.to());
        } else if (question instanceof ValueQuestion.Weekdays it) {
            return column.type() == FieldType.DATE ? column.dates().on(it.days()) : on(it);
        }
        throw new IllegalStateException("options are asked of all rows of a value");
    }

    private Condition range(ValueQuestion.Range range) {
        return column.numbers().ge(range.from()).and(column.numbers().lt(range.to()));
    }

    private Condition compare(Comparison comparison, FieldValue value) {
        return switch (column.type()) {
            case LONG, INSTANT, BOOLEAN -> compare(column.numbers(), comparison, number(value));
            case DATE -> compare(column.numbers(), comparison, place(value));
            case DECIMAL -> compare(column.decimals(), comparison, value.asDecimal());
            case MONEY -> column.texts().eq(text(value)).and(compare(column.numbers(), comparison, number(value)));
            case CHOICE, TEXT, MULTI_CHOICE -> compare(column.texts(), comparison, option(value));
        };
    }

    private static Long number(FieldValue value) {
        return Objects.requireNonNull(FieldColumns.number(value), "a value of another type");
    }

    private static String text(FieldValue value) {
        return Objects.requireNonNull(FieldColumns.text(value), "a value of another type");
    }

    private String option(FieldValue choice) {
        return column.option(choice.asChoice());
    }

    private Long place(FieldValue date) {
        return column.dates().scale().applyAsLong(date.asDate().toEpochDay());
    }

    static <T> Condition compare(Field<T> field, Comparison comparison, T value) {
        return compare(field, comparison, val(value, field));
    }

    static <T> Condition compare(Field<T> field, Comparison comparison, Field<T> value) {
        return switch (comparison) {
            case EQ -> field.eq(value);
            case NE -> field.ne(value);
            case LT -> field.lt(value);
            case LE -> field.le(value);
            case GT -> field.gt(value);
            case GE -> field.ge(value);
        };
    }

    private Condition in(ValueQuestion.In question) {
        Condition in = in(question.values());
        return question.negated() ? not(in) : in;
    }

    private Condition in(List<FieldValue> values) {
        if (values.isEmpty()) {
            return falseCondition();
        }
        return switch (column.type()) {
            case LONG, INSTANT, BOOLEAN ->
                column.numbers().in(values.stream().map(RuleValues::number).toList());
            case DATE -> column.numbers().in(values.stream().map(this::place).toList());
            case DECIMAL ->
                column.decimals().in(values.stream().map(FieldValue::asDecimal).toList());
            case MONEY ->
                row(column.texts(), column.numbers())
                        .in(values.stream().map(it -> row(text(it), number(it))).toList());
            case CHOICE, TEXT, MULTI_CHOICE ->
                column.texts().in(values.stream().map(this::option).toList());
        };
    }

    /** The instant by the clocks there, counted from a Monday: in which of the seven days of a week it is. */
    private Condition on(ValueQuestion.Weekdays question) {
        Field<Long> ahead = inline(question.offsets().get(0).millis());
        var offsets = question.offsets();
        Field<Long> at = column.numbers();
        if (offsets.size() > 1) {
            int last = offsets.size() - 1;
            var latest = when(
                    at.ge(offsets.get(last).from()), inline(offsets.get(last).millis()));
            for (int i = last - 1; i > 0; i--) {
                latest = latest.when(
                        at.ge(offsets.get(i).from()), inline(offsets.get(i).millis()));
            }
            ahead = latest.otherwise(ahead);
        }
        Field<Long> inWeek = at.plus(ahead).plus(inline(3 * DAY)).mod(inline(7 * DAY));
        List<Condition> days = new ArrayList<>();
        for (DayOfWeek day : question.days()) {
            long start = (day.getValue() - 1) * DAY;
            days.add(inWeek.ge(start).and(inWeek.lt(start + DAY)));
        }
        return or(days);
    }

    /** The number that rows come to is as asked. */
    static Condition counted(Field<? extends Number> number, ValueQuestion question) {
        Field<Long> count = number.coerce(Long.class);
        if (question instanceof ValueQuestion.Compare it) {
            return compare(count, it.comparison(), it.value().asLong());
        } else if (question instanceof ValueQuestion.Between it) {
            return count.between(it.min().asLong(), it.max().asLong());
        }
        throw new IllegalStateException("a number is compared");
    }

    /** Whether a value of an ordered type is as asked. */
    static boolean holds(ValueQuestion question, FieldValue value) {
        if (question instanceof ValueQuestion.Compare it) {
            return isComparable(value, it.value()) && it.comparison().holds(value.compareOrdered(it.value()));
        } else if (question instanceof ValueQuestion.Between it) {
            return isComparable(value, it.min())
                    && isComparable(value, it.max())
                    && value.compareOrdered(it.min()) >= 0
                    && value.compareOrdered(it.max()) <= 0;
        } else if (question instanceof ValueQuestion.In it) {
            return it.values().contains(value) != it.negated();
        }
        return false;
    }

    private static boolean isComparable(FieldValue value, FieldValue other) {
        return value.type() != FieldType.MONEY
                || value.asMoney().getCurrencyUnit().equals(other.asMoney().getCurrencyUnit());
    }
}
