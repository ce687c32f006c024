package dev.retailcrm.core.spi;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.Comparison;
import dev.retailcrm.core.rule.Quantifier;
import dev.retailcrm.core.rule.TextMatch;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Set;

/**
 * What a rule asks of a value at one instant: literals are of the value's type, texts are folded where the field is, windows are bounds. Of
 * a value that is missing the answer is no. Immutable.
 */
public sealed interface ValueQuestion {
    /**
     * Whether it compares so; amounts of another currency never do.
     *
     * @param value of an ordered type, a flag or an option
     */
    record Compare(Comparison comparison, FieldValue value) implements ValueQuestion {}

    /** Whether it lies between two values, both inclusive; amounts only those of the currency of both. */
    record Between(FieldValue min, FieldValue max) implements ValueQuestion {}

    /**
     * Whether it is one of these, or none of them.
     *
     * @param values no texts
     */
    record In(List<FieldValue> values, boolean negated) implements ValueQuestion {
        /** Copies the list. */
        public In {
            values = List.copyOf(values);
        }
    }

    /** Whether the text is one of these, or none of them, character by character. */
    record Texts(List<String> texts, boolean negated) implements ValueQuestion {
        /** Copies the list. */
        public Texts {
            texts = List.copyOf(texts);
        }
    }

    /**
     * Whether the text looks so, character by character.
     *
     * @param text for {@link TextMatch#MATCHES} a portable pattern, of the whole text as it was given and not folded
     */
    record Like(TextMatch match, String text) implements ValueQuestion {}

    /**
     * Whether the day, counted from 1970, or the instant in milliseconds, lies within.
     *
     * @param from inclusive; far before year 0 for no bound
     * @param to exclusive; far after year 9999 for no bound
     */
    record Range(long from, long to) implements ValueQuestion {}

    /**
     * Whether an anniversary of the date lies within, in a later year than the date's; that of 29 February on the 28th in common years.
     *
     * @param from a day counted from 1970, inclusive
     * @param to a day, exclusive
     */
    record Anniversary(long from, long to) implements ValueQuestion {}

    /**
     * Whether the date, or the instant by the retailer's clocks, is on such a day of the week.
     *
     * @param offsets of the clocks, for instants only
     */
    record Weekdays(Set<DayOfWeek> days, List<Offset> offsets) implements ValueQuestion {
        /** Copies both. */
        public Weekdays {
            days = Sets.immutableEnumSet(days);
            offsets = List.copyOf(offsets);
        }
    }

    /**
     * By how much clocks are ahead of UTC from an instant on, until the next offset.
     *
     * @param from in milliseconds; of the first, long ago
     * @param millis may be below zero
     */
    record Offset(long from, long millis) {}

    /** Whether so many of these options are chosen. */
    record Options(Quantifier quantifier, Set<String> options) implements ValueQuestion {
        /** Sorts the options. */
        public Options {
            options = ImmutableSortedSet.copyOf(options);
        }
    }

    /** Whether so many options are chosen. */
    record OptionCount(Comparison comparison, long number) implements ValueQuestion {}
}
