package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.Comparison;
import dev.retailcrm.core.rule.TextMatch;
import dev.retailcrm.core.spi.ValueQuestion;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers questions about single values, as rules do of facts. Stateless. */
final class Asked {
    private static final long DAY = 86_400_000;
    private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private Asked() {}

    /**
     * Whether a value is as asked.
     *
     * @param folded the text to compare, if it is not as it was given
     */
    static boolean holds(ValueQuestion question, FieldValue value, @Nullable String folded) {
        if (question instanceof ValueQuestion.Compare it) {
            return compares(it.comparison(), value, it.value());
        } else if (question instanceof ValueQuestion.Between it) {
            return compares(Comparison.GE, value, it.min()) && compares(Comparison.LE, value, it.max());
        } else if (question instanceof ValueQuestion.In it) {
            return it.values().contains(value) != it.negated();
        } else if (question instanceof ValueQuestion.Texts it) {
            return it.texts().contains(folded == null ? value.asText() : folded) != it.negated();
        } else if (question instanceof ValueQuestion.Like it) {
            return like(it, value.asText(), folded);
        } else if (question instanceof ValueQuestion.Options it) {
            return options(it, value.asChoices());
        } else if (question instanceof ValueQuestion.OptionCount it) {
            return it.comparison().holds(Long.compare(value.asChoices().size(), it.number()));
        }
        return holds(question, value.type(), placeOf(value));
    }

    /** The day or instant of a value, or its number. */
    static long placeOf(FieldValue value) {
        return switch (value.type()) {
            case DATE -> value.asDate().toEpochDay();
            case INSTANT -> value.asInstant().toEpochMilli();
            default -> value.asLong();
        };
    }

    /** The same of a day or an instant. */
    static boolean holds(ValueQuestion question, FieldType type, long place) {
        if (question instanceof ValueQuestion.Range it) {
            return place >= it.from() && place < it.to();
        } else if (question instanceof ValueQuestion.Anniversary it) {
            LocalDate date = LocalDate.ofEpochDay(place);
            int from = LocalDate.ofEpochDay(Math.max(FIRST_DAY, Math.min(it.from(), LAST_DAY)))
                    .getYear();
            int year = Math.max(date.getYear() + 1, from);
            return isWithin(date, year, it) || isWithin(date, year + 1, it);
        } else if (question instanceof ValueQuestion.Weekdays it) {
            return it.days().contains(type == FieldType.DATE ? weekday(place) : weekday(it.offsets(), place));
        }
        throw new IllegalStateException("no question about a place in time");
    }

    private static boolean isWithin(LocalDate date, int year, ValueQuestion.Anniversary days) {
        long day = date.withYear(year).toEpochDay();
        return day >= days.from() && day < days.to();
    }

    private static DayOfWeek weekday(long day) {
        return DayOfWeek.THURSDAY.plus(day % 7);
    }

    private static DayOfWeek weekday(List<ValueQuestion.Offset> offsets, long millis) {
        int low = 0;
        int high = offsets.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (offsets.get(middle).from() <= millis) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return weekday(Math.floorDiv(millis + offsets.get(low).millis(), DAY));
    }

    private static boolean compares(Comparison comparison, FieldValue value, FieldValue literal) {
        if (value.type() != literal.type()) {
            return false;
        }
        if (!value.type().isOrdered()) {
            return value.equals(literal) == (comparison == Comparison.EQ);
        }
        boolean comparable = value.type() != FieldType.MONEY
                || value.asMoney().getCurrencyUnit().equals(literal.asMoney().getCurrencyUnit());
        return comparable && comparison.holds(value.compareOrdered(literal));
    }

    private static boolean like(ValueQuestion.Like like, String text, @Nullable String folded) {
        if (like.match() == TextMatch.MATCHES) {
            return pattern(like.text()).matcher(text).matches();
        }
        String looked = folded == null ? text : folded;
        return switch (like.match()) {
            case CONTAINS -> looked.contains(like.text());
            case STARTS -> looked.startsWith(like.text());
            default -> looked.endsWith(like.text());
        };
    }

    /** A dot is everything but a line feed, as in RE2. */
    private static Pattern pattern(String portable) {
        return Pattern.compile(portable, Pattern.UNIX_LINES);
    }

    private static boolean options(ValueQuestion.Options asked, Set<String> chosen) {
        return switch (asked.quantifier()) {
            case ANY -> chosen.stream().anyMatch(asked.options()::contains);
            case ALL -> chosen.containsAll(asked.options());
            case NONE -> chosen.stream().noneMatch(asked.options()::contains);
        };
    }

    /** Whether a number of things is as asked. */
    static boolean counts(ValueQuestion question, long number) {
        if (question instanceof ValueQuestion.Compare it) {
            return it.comparison().holds(Long.compare(number, it.value().asLong()));
        } else if (question instanceof ValueQuestion.Between it) {
            return number >= it.min().asLong() && number <= it.max().asLong();
        }
        throw new IllegalStateException("no question about a number");
    }

    /** Which of the numbers 0 to 255 are as asked. */
    static boolean[] counts(ValueQuestion question) {
        boolean[] pass = new boolean[256];
        for (int i = 0; i < pass.length; i++) {
            pass[i] = counts(question, i);
        }
        return pass;
    }
}
