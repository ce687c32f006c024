package dev.retailcrm.jdbc;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.retailcrm.core.behavior.Retention;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.rule.Aggregate;
import dev.retailcrm.core.spi.EventQuestion;
import dev.retailcrm.core.spi.SumQuestion;
import dev.retailcrm.core.spi.ValueQuestion;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.CaseConditionStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.RowN;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Questions about events as sets of the customers whose events they are. Not thread-safe. */
final class RuleEventSets {
    private final Engine engine;
    private final List<Retention> retentions;
    private final Supplier<String> aliases;

    RuleEventSets(Engine engine, List<Retention> retentions, Supplier<String> aliases) {
        this.engine = engine;
        this.retentions = retentions;
        this.aliases = aliases;
    }

    private RuleEvents events(EventQuestion asked) {
        return RuleEvents.of(engine, asked.type(), retentions, aliases.get());
    }

    RuleClause counted(EventQuestion asked, EventQuestion.@Nullable Part distinct, ValueQuestion number) {
        RuleEvents events = events(asked);
        RuleSet all = events.set(events.asked(asked));
        if (distinct == null) {
            return RuleSql.counted(all, count(), number);
        }
        RuleColumn column = events.column(distinct);
        return RuleSql.counted(all.where(column.present()), countDistinct(key(column)), number);
    }

    /** What is equal if two values are. */
    private static Field<?> key(RuleColumn column) {
        return switch (column.type()) {
            case TEXT, CHOICE, MULTI_CHOICE -> column.texts();
            case DECIMAL -> column.decimals();
            case MONEY -> column.texts().concat(inline(" "), column.numbers().cast(SQLDataType.VARCHAR(20)));
            case LONG, DATE, INSTANT, BOOLEAN -> column.numbers();
        };
    }

    RuleClause summed(EventQuestion asked, SumQuestion sum) {
        RuleEvents events = events(asked);
        RuleColumn column = events.column(new EventQuestion.Part(sum.property(), sum.type(), null, true));
        var currency = sum.currency();
        Condition counts = currency == null ? column.present() : column.texts().eq(currency.getCode());
        RuleSet all = events.set(events.asked(asked)).where(counts);
        Condition holds = compared(column, sum);
        return sum.holds(BigDecimal.ZERO, 0)
                ? new RuleClause.Negation(new RuleClause.Among(all.having(holds.not())))
                : new RuleClause.Among(all.having(holds));
    }

    private static Condition compared(RuleColumn column, SumQuestion sum) {
        Field<BigDecimal> total = column.type() == FieldType.DECIMAL ? sum(column.decimals()) : sum(column.numbers());
        Condition least = RuleValues.compare(total, sum.comparison(), limit(sum.value(), sum));
        BigDecimal max = sum.max();
        return max == null ? least : least.and(total.le(limit(max, sum)));
    }

    /** A limit of a mean counts for each value; both are compared without dividing. */
    private static Field<BigDecimal> limit(BigDecimal value, SumQuestion sum) {
        var currency = sum.currency();
        BigDecimal unit = currency == null ? value : value.movePointRight(currency.getDecimalPlaces());
        Field<BigDecimal> limit = val(unit, SQLDataType.DECIMAL(38, 10));
        return sum.mean() ? limit.times(count()) : limit;
    }

    RuleSet one(EventQuestion asked, Aggregate aggregate, EventQuestion.Part property) {
        RuleEvents events = events(asked);
        Condition there = events.asked(asked).and(events.column(property).present());
        return switch (aggregate) {
            case MIN, MAX -> events.set(there).having(is(greatest(events.column(property), aggregate), property));
            case FIRST, LAST -> {
                RuleEvents others = events(asked);
                var earlier = others.rows();
                RowN place = events.position();
                RowN other = others.position();
                Condition beaten = aggregate == Aggregate.FIRST ? other.lt(place) : other.gt(place);
                yield events.set(there.and(is(events.column(property), property))
                        .and(notExists(selectOne()
                                .from(earlier)
                                .where(others.tenant().eq(events.tenant()))
                                .and(others.customer().eq(events.customer()))
                                .and(others.asked(asked))
                                .and(others.column(property).present())
                                .and(beaten))));
            }
            default -> throw new IllegalStateException("not one of the values");
        };
    }

    private Condition is(RuleColumn column, EventQuestion.Part property) {
        ValueQuestion question = property.question();
        return question == null ? noCondition() : new RuleValues(engine, column).is(question);
    }

    private static RuleColumn greatest(RuleColumn column, Aggregate aggregate) {
        boolean least = aggregate == Aggregate.MIN;
        if (column.type() == FieldType.DECIMAL) {
            return RuleColumn.decimal(least ? min(column.decimals()) : max(column.decimals()));
        }
        return RuleColumn.number(column.type(), least ? min(column.numbers()) : max(column.numbers()));
    }

    RuleSet firstEver(EventQuestion asked, long from, long to) {
        RuleEvents events = events(asked);
        return events.set(events.asked(asked))
                .having(min(events.at()).ge(from).and(min(events.at()).lt(to)));
    }

    RuleSet sequence(EventQuestion first, EventQuestion then, long within) {
        RuleEvents earlier = events(first);
        RuleEvents later = events(then);
        return RuleSet.of(
                earlier.rows()
                        .join(later.rows())
                        .on(later.tenant().eq(earlier.tenant()))
                        .and(later.customer().eq(earlier.customer())),
                earlier.tenant(),
                earlier.customer(),
                earlier.asked(first)
                        .and(later.asked(then))
                        .and(later.at().gt(earlier.at()))
                        .and(later.at().le(earlier.at().plus(within))));
    }

    RuleSet periods(EventQuestion asked, List<Long> starts, long perPeriod, int atLeast) {
        RuleEvents events = events(asked);
        RuleSet all = events.set(events.asked(asked));
        if (perPeriod == 1) {
            CaseConditionStep<Integer> period = when(events.at().ge(starts.get(0)), inline(0));
            for (int i = 1; i < starts.size(); i++) {
                period = period.when(events.at().ge(starts.get(i)), inline(i));
            }
            return all.having(countDistinct(period).ge(atLeast));
        }
        Field<Integer> full = inline(0);
        for (int i = 0; i < starts.size(); i++) {
            Condition inside = events.at().ge(starts.get(i));
            inside = i == 0 ? inside : inside.and(events.at().lt(starts.get(i - 1)));
            full = full.plus(when(
                            count(when(inside, inline(1))).coerce(Long.class).ge(perPeriod), inline(1))
                    .otherwise(inline(0)));
        }
        return all.having(full.ge(atLeast));
    }

    RuleSet silence(EventQuestion asked, long silent, @Nullable Long back) {
        RuleEvents events = events(asked);
        RuleSet all = events.set(events.asked(asked));
        Field<Long> at = events.at();
        if (back == null) {
            return all.having(max(at).lt(silent));
        }
        return all.having(min(at).lt(silent)
                .and(max(at).ge(back))
                .and(count(when(at.ge(silent).and(at.lt(back)), inline(1))).eq(0)));
    }
}
