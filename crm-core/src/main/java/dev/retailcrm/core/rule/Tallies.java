package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.EventQuestion;
import dev.retailcrm.core.spi.RuleTranslation;
import dev.retailcrm.core.spi.SumQuestion;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What can be made of events. */
final class Tallies {
    private Tallies() {}

    /** How many they are, or how many values of a property they have. */
    record Count(@Nullable String distinct, @Nullable FieldType type, MarkNode.HowMany number)
            implements EventNode.Tally {
        @Override
        public boolean test(EventFact[] events, int from, int to, Now now) {
            return number.holds().test(count(events, from, to));
        }

        @Override
        public <C> C translate(RuleTranslation<C> language, EventQuestion events, Now now) {
            return language.count(
                    events,
                    distinct == null || type == null ? null : new EventQuestion.Part(distinct, type, null, true),
                    number.question());
        }

        @Override
        public FieldValue value(EventFact[] events, int from, int to) {
            return FieldValue.number(count(events, from, to));
        }

        private int count(EventFact[] events, int from, int to) {
            if (distinct == null) {
                return Math.max(0, to - from);
            }
            Set<FieldValue> values = new HashSet<>();
            for (int i = from; i < to; i++) {
                FieldValue value = events[i].properties().get(distinct);
                if (value != null) {
                    values.add(value);
                }
            }
            return values.size();
        }
    }

    /** The value of a property of one of them, by which the others are beaten. */
    record One(Aggregate aggregate, String property, FieldType type, ValueCheck check) implements EventNode.Tally {
        @Override
        public <C> C translate(RuleTranslation<C> language, EventQuestion events, Now now) {
            var asked = new EventQuestion.Part(property, type, check.question(now), true);
            return language.one(events, aggregate, asked);
        }

        @Override
        public boolean test(EventFact[] events, int from, int to, Now now) {
            FieldValue value = value(events, from, to);
            return value != null && check.tester().test(value, now);
        }

        @Override
        public @Nullable FieldValue value(EventFact[] events, int from, int to) {
            FieldValue best = null;
            for (int i = from; i < to; i++) {
                FieldValue value = events[i].properties().get(property);
                if (value != null && (best == null || beats(value, best))) {
                    best = value;
                }
            }
            return best;
        }

        private boolean beats(FieldValue value, FieldValue best) {
            return switch (aggregate) {
                case FIRST -> false;
                case LAST -> true;
                case MIN -> value.compareOrdered(best) < 0;
                default -> value.compareOrdered(best) > 0;
            };
        }

        @Override
        public long next(EventFact[] events, int from, int to, Now now) {
            FieldValue value = value(events, from, to);
            return value == null ? Now.NEVER : check.tester().next(value, now);
        }
    }

    /**
     * The sum or the mean of a property, exactly: a mean is compared as the sum with so many times the value.
     *
     * @param asked what it must be
     */
    record Sum(SumQuestion asked) implements EventNode.Tally {
        @Override
        public boolean test(EventFact[] events, int from, int to, Now now) {
            long number = 0;
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = from; i < to; i++) {
                BigDecimal part = part(events[i]);
                if (part != null) {
                    sum = sum.add(part);
                    number++;
                }
            }
            return asked.holds(sum, number);
        }

        @Override
        public <C> C translate(RuleTranslation<C> language, EventQuestion events, Now now) {
            return language.sum(events, asked);
        }

        private @Nullable BigDecimal part(EventFact event) {
            FieldValue value = event.properties().get(asked.property());
            if (value == null) {
                return null;
            }
            return switch (asked.type()) {
                case LONG -> BigDecimal.valueOf(value.asLong());
                case DECIMAL -> value.asDecimal();
                default -> {
                    Money money = value.asMoney();
                    yield money.getCurrencyUnit().equals(asked.currency()) ? money.getAmount() : null;
                }
            };
        }

        /** The sum, as far as it can be told as one value. */
        @Override
        public @Nullable FieldValue value(EventFact[] events, int from, int to) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = from; i < to; i++) {
                BigDecimal part = part(events[i]);
                sum = part == null ? sum : sum.add(part);
            }
            CurrencyUnit currency = asked.currency();
            return sum.precision() > 18
                    ? null
                    : currency == null ? FieldValue.decimal(sum) : FieldValue.money(Money.of(currency, sum));
        }
    }
}
