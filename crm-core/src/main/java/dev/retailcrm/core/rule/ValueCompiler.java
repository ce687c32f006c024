package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.spi.ValueQuestion;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes tests ready for values of one type, and refuses those that do not suit it. Not thread-safe. */
final class ValueCompiler {
    private final BoundsCompiler bounds;
    private final FieldType type;
    private final boolean folded;
    private final List<String> options;

    /**
     * Starts for a type.
     *
     * @param options those a choice is among; none if any can be
     */
    ValueCompiler(BoundsCompiler bounds, FieldType type, boolean folded, List<String> options) {
        this.bounds = bounds;
        this.type = type;
        this.folded = folded;
        this.options = options;
    }

    ValueCompiler(BoundsCompiler bounds, FieldType type) {
        this(bounds, type, false, List.of());
    }

    /**
     * The test, of a value that is there.
     *
     * @throws CrmException {@link dev.retailcrm.core.kernel.CoreError#INVALID_RULE} if it does not suit the type
     */
    ValueCheck compile(ValueTest test, String path) {
        if (test instanceof ValueTest.Compare it) {
            return compare(it, path);
        } else if (test instanceof ValueTest.Between it) {
            return between(it, path);
        } else if (test instanceof ValueTest.In it) {
            return in(it, path);
        } else if (test instanceof ValueTest.Text it) {
            require(type == FieldType.TEXT, path, it.match().name());
            return text(it);
        } else if (test instanceof ValueTest.Within it) {
            return within(it.window(), path);
        } else if (test instanceof ValueTest.Anniversary it) {
            require(type == FieldType.DATE && !(it.window() instanceof Window.Between), path, "anniversary");
            requireDays(it.window(), path);
            Bounds days = bounds.days(it.window());
            return new ValueCheck(
                    new AnniversaryTester(days),
                    now -> new ValueQuestion.Anniversary(now.value(days.from()), now.value(days.to())));
        } else if (test instanceof ValueTest.Age it) {
            require(type == FieldType.DATE, path, "age");
            return within(bounds.ages(it), value -> value.asDate().toEpochDay());
        } else if (test instanceof ValueTest.OnDays it) {
            return onDays(it.days(), path);
        } else if (test instanceof ValueTest.Options it) {
            return options(it, path);
        } else if (test instanceof ValueTest.OptionCount it) {
            require(type.isChoice(), path, "choices");
            return ValueCheck.of(
                    new ValueQuestion.OptionCount(it.comparison(), it.number()),
                    (value, now) ->
                            it.comparison().holds(Long.compare(value.asChoices().size(), it.number())));
        }
        throw new IllegalStateException("presence is asked of what holds the value");
    }

    private ValueCheck between(ValueTest.Between test, String path) {
        require(type.isOrdered(), path, "between");
        FieldValue min = literal(test.min(), path + "/min");
        FieldValue max = literal(test.max(), path + "/max");
        return ValueCheck.of(
                new ValueQuestion.Between(min, max),
                (value, now) -> isOrdered(value, min)
                        && isOrdered(value, max)
                        && value.compareOrdered(min) >= 0
                        && value.compareOrdered(max) <= 0);
    }

    private ValueCheck compare(ValueTest.Compare test, String path) {
        Comparison comparison = test.comparison();
        boolean equality = comparison == Comparison.EQ || comparison == Comparison.NE;
        require(equality ? type != FieldType.MULTI_CHOICE : type.isOrdered(), path, comparison.name());
        FieldValue literal = literal(test.value(), path + "/value");
        if (type == FieldType.TEXT) {
            String text = folded(literal.asText());
            boolean equal = comparison == Comparison.EQ;
            return ValueCheck.of(new ValueQuestion.Texts(List.of(text), !equal), (ValueTester.OfText)
                    value -> value.equals(text) == equal);
        }
        return ValueCheck.of(new ValueQuestion.Compare(comparison, literal), compare(comparison, literal));
    }

    private ValueTester compare(Comparison comparison, FieldValue literal) {
        if (type == FieldType.LONG) {
            long number = literal.asLong();
            return (value, now) -> comparison.holds(Long.compare(value.asLong(), number));
        }
        if (type.isOrdered()) {
            return (value, now) -> isOrdered(value, literal) && comparison.holds(value.compareOrdered(literal));
        }
        return comparison == Comparison.EQ
                ? (value, now) -> value.equals(literal)
                : (value, now) -> !value.equals(literal);
    }

    private ValueCheck in(ValueTest.In test, String path) {
        require(type != FieldType.MULTI_CHOICE, path, "in");
        List<FieldValue> literals = new ArrayList<>();
        for (int i = 0; i < test.values().size(); i++) {
            literals.add(literal(test.values().get(i), path + "/values/" + i));
        }
        boolean wanted = !test.negated();
        if (type == FieldType.TEXT) {
            Set<String> texts = new LinkedHashSet<>();
            literals.forEach(it -> texts.add(folded(it.asText())));
            return ValueCheck.of(new ValueQuestion.Texts(List.copyOf(texts), test.negated()), (ValueTester.OfText)
                    value -> texts.contains(value) == wanted);
        }
        Set<FieldValue> values = new LinkedHashSet<>(literals);
        return ValueCheck.of(
                new ValueQuestion.In(List.copyOf(values), test.negated()),
                (value, now) -> values.contains(value) == wanted);
    }

    /** A pattern says itself which case it means. */
    private ValueCheck text(ValueTest.Text test) {
        if (test.match() == TextMatch.MATCHES) {
            TextPattern pattern = TextPattern.of(test.text());
            return ValueCheck.of(
                    new ValueQuestion.Like(TextMatch.MATCHES, pattern.portable()),
                    (value, now) -> pattern.matches(value.asText()));
        }
        String part = folded(test.text());
        ValueTester.OfText tester = switch (test.match()) {
            case CONTAINS -> value -> value.contains(part);
            case STARTS -> value -> value.startsWith(part);
            default -> value -> value.endsWith(part);
        };
        return ValueCheck.of(new ValueQuestion.Like(test.match(), part), tester);
    }

    private ValueCheck within(Window window, String path) {
        require(type == FieldType.DATE || type == FieldType.INSTANT, path, "within");
        if (type == FieldType.INSTANT) {
            return within(bounds.instants(window), value -> value.asInstant().toEpochMilli());
        }
        requireDays(window, path);
        return within(bounds.days(window), value -> value.asDate().toEpochDay());
    }

    private static ValueCheck within(Bounds bounds, Place place) {
        return new ValueCheck(
                new BoundsTester(bounds, place),
                now -> new ValueQuestion.Range(now.value(bounds.from()), now.value(bounds.to())));
    }

    private void requireDays(Window window, String path) {
        boolean ofDays = !(window instanceof Window.Between)
                && !(window instanceof Window.Last last && !last.span().unit().isOfDays())
                && !(window instanceof Window.Next next && !next.span().unit().isOfDays())
                && !(window instanceof Window.Ago ago
                        && (!ago.least().unit().isOfDays()
                                || (ago.most() != null && !ago.most().unit().isOfDays())));
        if (!ofDays) {
            throw RuleProblem.at(path + "/window", "dates are asked about by days");
        }
    }

    private ValueCheck onDays(Set<DayOfWeek> days, String path) {
        if (type == FieldType.DATE) {
            return ValueCheck.of(
                    new ValueQuestion.Weekdays(days, List.of()),
                    (value, now) -> days.contains(value.asDate().getDayOfWeek()));
        }
        require(type == FieldType.INSTANT, path, "on_days");
        List<ValueQuestion.Offset> offsets = ClockOffsets.of(bounds.time().zone());
        return ValueCheck.of(
                new ValueQuestion.Weekdays(days, offsets),
                (value, now) -> days.contains(
                        ClockOffsets.dayOf(offsets, value.asInstant().toEpochMilli())));
    }

    private ValueCheck options(ValueTest.Options test, String path) {
        require(type.isChoice(), path, test.quantifier().name());
        Set<String> asked = test.options();
        asked.forEach(option -> requireOption(option, path + "/options"));
        ValueTester tester = switch (test.quantifier()) {
            case ANY -> (value, now) -> value.asChoices().stream().anyMatch(asked::contains);
            case ALL -> (value, now) -> value.asChoices().containsAll(asked);
            case NONE -> (value, now) -> value.asChoices().stream().noneMatch(asked::contains);
        };
        return ValueCheck.of(new ValueQuestion.Options(test.quantifier(), asked), tester);
    }

    /** A value to compare with, of the type: a text may name an option, and a whole number is a decimal. */
    FieldValue literal(FieldValue given, String path) {
        if (type == FieldType.CHOICE && given.type() == FieldType.TEXT) {
            requireOption(given.asText(), path);
            return choice(given.asText(), path);
        }
        if (type == FieldType.DECIMAL && given.type() == FieldType.LONG) {
            return FieldValue.decimal(BigDecimal.valueOf(given.asLong()));
        }
        if (given.type() != type) {
            throw RuleProblem.at(path, "a value of type %s is wanted, not %s", type, given.type());
        }
        return given;
    }

    private static FieldValue choice(String option, String path) {
        try {
            return FieldValue.choice(option);
        } catch (CrmException e) {
            throw RuleProblem.at(path, "there is no such option");
        }
    }

    private void requireOption(String option, String path) {
        if (!options.isEmpty() && !options.contains(option)) {
            throw RuleProblem.at(path, "there is no such option");
        }
    }

    private void require(boolean suits, String path, String test) {
        if (!suits) {
            throw RuleProblem.at(path + "/op", "%s cannot be asked of a value of type %s", test, type);
        }
    }

    private String folded(String text) {
        return folded ? Folding.of(text) : text;
    }

    /** Whether two values can be compared: amounts only of one currency. */
    static boolean isOrdered(FieldValue value, FieldValue other) {
        return value.type() != FieldType.MONEY
                || value.asMoney().getCurrencyUnit().equals(other.asMoney().getCurrencyUnit());
    }

    /** Where on the line of days or instants a value is. */
    interface Place {
        long of(FieldValue value);
    }

    /** Whether a value lies within bounds. */
    private record BoundsTester(Bounds bounds, Place place) implements ValueTester {
        @Override
        public boolean test(FieldValue value, Now now) {
            return bounds.contains(place.of(value), now);
        }

        @Override
        public long next(FieldValue value, Now now) {
            return bounds.next(place.of(value), now);
        }
    }
}
