package dev.retailcrm.core.rule;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import java.time.DayOfWeek;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a value: of a field, of a property of an event, of a tag, or of what events come to. Of a value that is missing
 * everything is false but {@link Presence}. Immutable.
 */
public sealed interface ValueTest
        permits ValueTest.Compare,
                ValueTest.Between,
                ValueTest.In,
                ValueTest.Text,
                ValueTest.Within,
                ValueTest.Anniversary,
                ValueTest.Age,
                ValueTest.OnDays,
                ValueTest.Options,
                ValueTest.OptionCount,
                ValueTest.Presence {
    /** The most values of a list. */
    int MAX_VALUES = 1_000;

    /**
     * It compares so with a value of its type, and with money of its currency.
     *
     * @param comparison how
     * @param value with what
     */
    record Compare(Comparison comparison, FieldValue value) implements ValueTest {
        /** Refuses missing parts. */
        public Compare {
            Check.present(comparison, "comparison");
            Check.present(value, "value");
        }
    }

    /**
     * It lies between two values.
     *
     * @param min the least, inclusive
     * @param max the greatest, inclusive; below the least it is never so
     */
    record Between(FieldValue min, FieldValue max) implements ValueTest {
        /** Refuses missing parts. */
        public Between {
            Check.present(min, "least value");
            Check.present(max, "greatest value");
        }
    }

    /**
     * It is one of some values, or is there and none of them.
     *
     * @param values at most {@value ValueTest#MAX_VALUES}, each once
     * @param negated whether it must be none of them
     */
    record In(List<FieldValue> values, boolean negated) implements ValueTest {
        /** Drops repeated values. */
        public In {
            Check.range(values.size(), 0, MAX_VALUES, "number of values");
            values = List.copyOf(new LinkedHashSet<>(values));
        }
    }

    /**
     * It looks so.
     *
     * @param match how
     * @param text 1 to 500 characters, or the {@link TextPattern}
     */
    record Text(TextMatch match, String text) implements ValueTest {
        /** Refuses missing parts, and a pattern that is none. */
        public Text {
            Check.present(match, "match");
            Check.text(text, FieldValue.MAX_TEXT, "text");
            if (match == TextMatch.MATCHES) {
                TextPattern.of(text);
            }
        }
    }

    /**
     * It is a date or instant that lies within a window.
     *
     * @param window which
     */
    record Within(Window window) implements ValueTest {
        /** Refuses a missing window. */
        public Within {
            Check.present(window, "window");
        }
    }

    /**
     * It is a date whose anniversary lies within a window of days; that of 29 February is on the 28th in common years. A date has no
     * anniversary in its own year or before.
     *
     * @param window which
     */
    record Anniversary(Window window) implements ValueTest {
        /** Refuses a missing window. */
        public Anniversary {
            Check.present(window, "window");
        }
    }

    /**
     * It is a date that lies so many whole years back; who was born on 29 February is a year older on the 28th in common years.
     *
     * @param min the fewest years, from 0, inclusive
     * @param max the most years, inclusive; {@code null} for any number
     */
    record Age(int min, @Nullable Integer max) implements ValueTest {
        /** The most years that can be asked for. */
        public static final int MAX_YEARS = 500;

        /** Refuses years out of range. */
        public Age {
            Check.range(min, 0, MAX_YEARS, "age");
            if (max != null) {
                Check.range(max, 0, MAX_YEARS, "age");
            }
        }
    }

    /**
     * It is a date, or an instant in the tenant's zone, on such a day of the week.
     *
     * @param days at least one
     */
    record OnDays(Set<DayOfWeek> days) implements ValueTest {
        /** Sorts the days. */
        public OnDays {
            Check.range(days.size(), 1, 7, "number of days");
            days = Sets.immutableEnumSet(days);
        }
    }

    /**
     * So many of some options are chosen.
     *
     * @param quantifier how many
     * @param options their keys, sorted
     */
    record Options(Quantifier quantifier, Set<String> options) implements ValueTest {
        /** Sorts the options. */
        public Options {
            Check.present(quantifier, "quantifier");
            Check.range(options.size(), 0, MAX_VALUES, "number of options");
            options = ImmutableSortedSet.copyOf(options);
        }
    }

    /**
     * So many options are chosen.
     *
     * @param comparison how the number compares
     * @param number with what
     */
    record OptionCount(Comparison comparison, long number) implements ValueTest {
        /** Refuses a missing comparison. */
        public OptionCount {
            Check.present(comparison, "comparison");
        }
    }

    /**
     * It is there, or is not.
     *
     * @param there which
     */
    record Presence(boolean there) implements ValueTest {}
}
