package dev.retailcrm.core.field;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Instants;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.joda.money.Money;

/**
 * A value of a custom field, in one normal form, so that two spellings of it are equal. Personal data: {@link #toString()} shows the type
 * only. Immutable.
 */
public final class FieldValue {
    /** The most characters of a text. */
    public static final int MAX_TEXT = 500;

    private static final int MAX_DIGITS_BEFORE_POINT = 20;
    private static final int MAX_DIGITS_BEHIND_POINT = 10;

    /** Counts, ages and answers of many customers are the same few. */
    private static final ImmutableList<FieldValue> SMALL = LongStream.range(0, 1_024)
            .mapToObj(it -> new FieldValue(FieldType.LONG, it))
            .collect(ImmutableList.toImmutableList());

    private static final FieldValue YES = new FieldValue(FieldType.BOOLEAN, true);
    private static final FieldValue NO = new FieldValue(FieldType.BOOLEAN, false);

    private final FieldType type;
    private final Object value;

    private FieldValue(FieldType type, Object value) {
        this.type = type;
        this.value = value;
    }

    /**
     * A text; blanks at the ends are cut.
     *
     * @param text 1 to {@value #MAX_TEXT} characters
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise, and for control characters
     */
    public static FieldValue text(String text) {
        return new FieldValue(
                FieldType.TEXT, Check.text(Check.present(text, "text").strip(), MAX_TEXT, "text"));
    }

    /**
     * A text as it is kept elsewhere, with any blanks at its ends.
     *
     * @param text 1 to {@value #MAX_TEXT} characters
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise, and for control characters
     */
    public static FieldValue unchanged(String text) {
        return new FieldValue(FieldType.TEXT, Check.text(text, MAX_TEXT, "text"));
    }

    /** A whole number. */
    public static FieldValue number(long number) {
        return number >= 0 && number < SMALL.size() ? SMALL.get((int) number) : new FieldValue(FieldType.LONG, number);
    }

    /**
     * A decimal number; zeros at the end do not count.
     *
     * @param number of at most 20 digits before and 10 behind the point
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise
     */
    public static FieldValue decimal(BigDecimal number) {
        BigDecimal normal = Check.present(number, "number").stripTrailingZeros();
        long before = (long) normal.precision() - normal.scale();
        if (before > MAX_DIGITS_BEFORE_POINT || normal.scale() > MAX_DIGITS_BEHIND_POINT) {
            throw CoreError.INVALID_VALUE.because(
                    "a decimal number has at most %d digits before and %d behind the point",
                    MAX_DIGITS_BEFORE_POINT, MAX_DIGITS_BEHIND_POINT);
        }
        return new FieldValue(FieldType.DECIMAL, normal.scale() < 0 ? normal.setScale(0) : normal);
    }

    /**
     * An amount of money, of either sign.
     *
     * @param amount of less than 10<sup>18</sup> of the currency's smallest unit
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise
     */
    public static FieldValue money(Money amount) {
        BigDecimal minor = Check.present(amount, "amount").getAmountMinor();
        if ((long) minor.precision() - minor.scale() > 18) {
            throw CoreError.INVALID_VALUE.because("an amount must be less than 10^18 of the smallest unit");
        }
        return new FieldValue(FieldType.MONEY, amount);
    }

    /**
     * A day.
     *
     * @param day of the years 1 to 9999
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise
     */
    public static FieldValue date(LocalDate day) {
        Check.range(Check.present(day, "date").getYear(), 1, 9999, "year");
        return new FieldValue(FieldType.DATE, day);
    }

    /**
     * An instant, cut to milliseconds.
     *
     * @throws CrmException {@link CoreError#INSTANT_OUT_OF_RANGE} unless it lies between 1970 and 9999
     */
    public static FieldValue instant(Instant at) {
        Instants.requireStorable(Check.present(at, "instant"));
        return new FieldValue(FieldType.INSTANT, at.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Yes or no. */
    public static FieldValue flag(boolean yes) {
        return yes ? YES : NO;
    }

    /**
     * One option.
     *
     * @param option its key
     * @throws CrmException {@link CoreError#INVALID_VALUE} if no option can have this key
     */
    public static FieldValue choice(String option) {
        return new FieldValue(FieldType.CHOICE, FieldOption.requireKey(option));
    }

    /**
     * Several options.
     *
     * @param options the keys of 1 to {@value FieldRules#MAX_OPTIONS}; to have none, clear the field
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise
     */
    public static FieldValue choices(Set<String> options) {
        Check.range(Check.present(options, "options").size(), 1, FieldRules.MAX_OPTIONS, "number of options");
        options.forEach(FieldOption::requireKey);
        return new FieldValue(FieldType.MULTI_CHOICE, ImmutableSortedSet.copyOf(options));
    }

    /** What it is. */
    public FieldType type() {
        return type;
    }

    /** The text; INVALID_VALUE if it is something else. */
    public String asText() {
        return as(FieldType.TEXT, String.class);
    }

    /** The whole number; INVALID_VALUE if it is something else. */
    public long asLong() {
        return as(FieldType.LONG, Long.class);
    }

    /** The decimal number, without zeros at its end; INVALID_VALUE if it is something else. */
    public BigDecimal asDecimal() {
        return as(FieldType.DECIMAL, BigDecimal.class);
    }

    /** The amount; INVALID_VALUE if it is something else. */
    public Money asMoney() {
        return as(FieldType.MONEY, Money.class);
    }

    /** The day; INVALID_VALUE if it is something else. */
    public LocalDate asDate() {
        return as(FieldType.DATE, LocalDate.class);
    }

    /** The instant; INVALID_VALUE if it is something else. */
    public Instant asInstant() {
        return as(FieldType.INSTANT, Instant.class);
    }

    /** Yes or no; INVALID_VALUE if it is something else. */
    public boolean asBoolean() {
        return as(FieldType.BOOLEAN, Boolean.class);
    }

    /** The key of the option; INVALID_VALUE if it is something else. */
    public String asChoice() {
        return as(FieldType.CHOICE, String.class);
    }

    /** The keys of the options of either kind of choice, sorted; INVALID_VALUE if it is something else. */
    public Set<String> asChoices() {
        if (type == FieldType.CHOICE) {
            return Set.of(asChoice());
        }
        @SuppressWarnings("unchecked") // what choices(Set) makes
        Set<String> options = as(FieldType.MULTI_CHOICE, ImmutableSortedSet.class);
        return options;
    }

    /** The value as it was given: a text, number, amount, date, instant, flag or set of texts. */
    Object plain() {
        return value;
    }

    private <T> T as(FieldType asked, Class<T> kind) {
        if (type != asked) {
            throw CoreError.INVALID_VALUE.because("the value is of type %s, not %s", type, asked);
        }
        return kind.cast(value);
    }

    /** What it is stored and searched by: several options one by one, anything else whole. */
    public List<FieldValue> items() {
        return type == FieldType.MULTI_CHOICE
                ? asChoices().stream().map(FieldValue::choice).toList()
                : List.of(this);
    }

    /** Less than, equal to or greater than 0 as this is to another; both are of one {@link FieldType#isOrdered() ordered} type and currency. */
    public int compareOrdered(FieldValue other) {
        return switch (type) {
            case LONG -> Long.compare(asLong(), other.asLong());
            case DECIMAL -> asDecimal().compareTo(other.asDecimal());
            case MONEY -> asMoney().compareTo(other.asMoney());
            case DATE -> asDate().compareTo(other.asDate());
            case INSTANT -> asInstant().compareTo(other.asInstant());
            case TEXT, BOOLEAN, CHOICE, MULTI_CHOICE ->
                throw CoreError.INVALID_VALUE.because("values of type %s have no order", type);
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldValue that && type == that.type && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "FieldValue[" + type + "]";
    }
}
