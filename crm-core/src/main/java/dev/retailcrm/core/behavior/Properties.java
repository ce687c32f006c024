package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Instants;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The properties of an event by name. Equal ones have equal {@linkplain #json() text}. Not shown by {@link #toString()}. Immutable.
 *
 * <p>Each value is asked for by the method of the kind it was given as; a property that is absent, or of another kind, is empty.
 */
public final class Properties {
    /** The most properties. */
    public static final int MAX_PROPERTIES = 50;

    /** The most characters of {@link #json()}. */
    public static final int MAX_JSON = 4_000;

    private static final Properties NONE = new Properties(new TreeMap<>());

    private final Map<String, Object> values;

    /** Made when first asked for; whoever makes it again makes the same. */
    private @Nullable String json;

    private Properties(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** No properties. */
    public static Properties none() {
        return NONE;
    }

    /**
     * The inverse of {@link #json()}.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if the text is not of that form
     */
    public static Properties parse(String json) {
        return of(PropertyJson.read(Check.present(json, "properties")));
    }

    static Properties of(Map<String, Object> values) {
        if (values.size() > MAX_PROPERTIES) {
            throw CoreError.INVALID_VALUE.because("an event has at most %d properties", MAX_PROPERTIES);
        }
        return new Properties(values);
    }

    /** With a text of 1 to {@value Property#MAX_TEXT} characters, in place of one of that name. */
    public Properties text(String name, String value) {
        return with(name, Check.text(value, Property.MAX_TEXT, "text of a property"));
    }

    /** With a whole number. */
    public Properties number(String name, long value) {
        return with(name, value);
    }

    /** With a decimal of at most 18 digits, up to 9 of them after the point; zeros at its end make no difference. */
    public Properties decimal(String name, BigDecimal value) {
        return with(name, PropertyJson.canonical(Check.present(value, "decimal")));
    }

    /** With an amount of at most 18 digits. */
    public Properties money(String name, Money value) {
        if (!PropertyJson.isLong(Check.present(value, "amount").getAmountMinor())) {
            throw CoreError.INVALID_VALUE.because("the amount is too large");
        }
        return with(name, value);
    }

    /** With an instant, cut to milliseconds. */
    public Properties instant(String name, Instant value) {
        Instants.requireStorable(Check.present(value, "instant"));
        return with(name, value.toEpochMilli());
    }

    /** With a day, from the year 1 to 9999. */
    public Properties date(String name, LocalDate value) {
        if (Check.present(value, "date").getYear() < 1 || value.getYear() > 9999) {
            throw CoreError.INVALID_VALUE.because("the year of a date must be 1 to 9999");
        }
        return with(name, value.toString());
    }

    /** With true or false. */
    public Properties flag(String name, boolean value) {
        return with(name, value);
    }

    private Properties with(String name, Object value) {
        Map<String, Object> more = new TreeMap<>(values);
        more.put(Property.requireName(name), value);
        return of(more);
    }

    /** The names of all properties, ascending. */
    public Set<String> names() {
        return values.keySet();
    }

    /** All values by name, ascending: texts, flags, whole numbers, decimals and amounts; dates as texts, instants as milliseconds. */
    Map<String, Object> values() {
        return values;
    }

    /** A text. */
    public Optional<String> text(String name) {
        return value(name, String.class);
    }

    /** A whole number. */
    public Optional<Long> number(String name) {
        return value(name, Long.class);
    }

    /** A decimal, without zeros at its end. */
    public Optional<BigDecimal> decimal(String name) {
        return value(name, BigDecimal.class).or(() -> number(name).map(BigDecimal::valueOf));
    }

    /** An amount. */
    public Optional<Money> money(String name) {
        return value(name, Money.class);
    }

    /** An instant. */
    public Optional<Instant> instant(String name) {
        return number(name).map(Instant::ofEpochMilli);
    }

    /** A day. */
    public Optional<LocalDate> date(String name) {
        return text(name).flatMap(Properties::day);
    }

    /** True or false. */
    public Optional<Boolean> flag(String name) {
        return value(name, Boolean.class);
    }

    private <T> Optional<T> value(String name, Class<T> type) {
        Object value = values.get(name);
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    /** Whether the value of this property is one of its kind and length. */
    boolean suits(Property property) {
        String name = property.name();
        return switch (property.kind()) {
            case TEXT ->
                text(name)
                        .filter(text -> text.codePointCount(0, text.length()) <= property.maxLength())
                        .isPresent();
            case NUMBER -> number(name).isPresent();
            case DECIMAL -> decimal(name).isPresent();
            case MONEY -> money(name).isPresent();
            case INSTANT -> number(name).filter(Properties::isStorable).isPresent();
            case DATE -> date(name).isPresent();
            case BOOLEAN -> flag(name).isPresent();
        };
    }

    private static boolean isStorable(long millis) {
        return millis >= 0 && millis <= Instants.LAST.toEpochMilli();
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return text.length() == 10 ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * As JSON, for a database to compute with: names ascending, no blanks. Texts and dates are strings, numbers, decimals and instants
     * (milliseconds since 1970) are numbers, an amount is {@code {"currency":"CNY","minor":5900}}.
     */
    public String json() {
        String text = json;
        if (text == null) {
            text = PropertyJson.write(values);
            json = text;
        }
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Properties properties && properties.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }

    /** The currency of an amount as it is read. */
    static Money money(String currency, long minor) {
        return Money.ofMinor(CurrencyUnit.of(currency), minor);
    }
}
