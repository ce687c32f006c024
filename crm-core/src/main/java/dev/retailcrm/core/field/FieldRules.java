package dev.retailcrm.core.field;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * What values of a field are accepted. They bind what is set from now on; what was stored before stays. Immutable.
 *
 * @param min the least value, inclusive; {@code null} for none
 * @param max the greatest value, inclusive; {@code null} for none
 * @param minLength the fewest characters of a text
 * @param maxLength the most characters of a text
 * @param pattern what a text must look like; {@code null} for anything
 * @param currency the currency of money; {@code null} for other types
 * @param options the options of a choice in the order they are shown, at most {@value #MAX_OPTIONS}; none for other types
 */
public record FieldRules(
        @Nullable FieldValue min,
        @Nullable FieldValue max,
        int minLength,
        int maxLength,
        @Nullable FieldPattern pattern,
        @Nullable CurrencyUnit currency,
        List<FieldOption> options) {
    /** The most options of a choice. */
    public static final int MAX_OPTIONS = 100;

    /** Whatever the type allows. */
    static final FieldRules NONE = new FieldRules(null, null, 1, FieldValue.MAX_TEXT, null, null, List.of());

    /** Refuses a least value above the greatest, lengths outside 1 to 500, and options that share a key, with INVALID_VALUE. */
    public FieldRules {
        Check.range(maxLength, 1, FieldValue.MAX_TEXT, "greatest length");
        Check.range(minLength, 1, maxLength, "least length");
        options = List.copyOf(Check.present(options, "options"));
        Check.range(options.size(), 0, MAX_OPTIONS, "number of options");
        Set<String> keys = new HashSet<>();
        if (!options.stream().map(FieldOption::key).allMatch(keys::add)) {
            throw CoreError.INVALID_VALUE.because("two options have the same key");
        }
        if (min != null && max != null && min.compareOrdered(max) > 0) {
            throw CoreError.INVALID_VALUE.because("the least value lies above the greatest");
        }
    }

    /** Refuses rules that make no sense for the type. */
    void requireFit(FieldType type) {
        boolean lengths = minLength > 1 || maxLength < FieldValue.MAX_TEXT || pattern != null;
        boolean fit = (currency != null) == (type == FieldType.MONEY)
                && options.isEmpty() != type.isChoice()
                && (!lengths || type == FieldType.TEXT)
                && isBound(type, min)
                && isBound(type, max);
        if (!fit) {
            throw CoreError.INVALID_VALUE.because("a field of type %s cannot have such rules", type);
        }
    }

    private boolean isBound(FieldType type, @Nullable FieldValue bound) {
        return bound == null || (type.isOrdered() && bound.type() == type && isInCurrency(bound));
    }

    private boolean isInCurrency(FieldValue value) {
        return currency == null || value.asMoney().getCurrencyUnit().equals(currency);
    }

    /** The option with this key; empty if there is none. */
    Optional<FieldOption> option(String key) {
        return options.stream().filter(it -> it.key().equals(key)).findFirst();
    }

    /**
     * The rule that the value breaks: {@code currency}, {@code range}, {@code length}, {@code pattern} or {@code option}; empty if it
     * breaks none. An option that is retired can be kept by who has it.
     */
    Optional<String> brokenBy(FieldValue value, @Nullable FieldValue before) {
        if (!isInCurrency(value)) {
            return Optional.of("currency");
        }
        if ((min != null && value.compareOrdered(min) < 0) || (max != null && value.compareOrdered(max) > 0)) {
            return Optional.of("range");
        }
        return switch (value.type()) {
            case TEXT -> brokenBy(value.asText());
            case CHOICE, MULTI_CHOICE -> brokenBy(value.asChoices(), before == null ? Set.of() : before.asChoices());
            case LONG, DECIMAL, MONEY, DATE, INSTANT, BOOLEAN -> Optional.empty();
        };
    }

    private Optional<String> brokenBy(String text) {
        int length = text.codePointCount(0, text.length());
        if (length < minLength || length > maxLength) {
            return Optional.of("length");
        }
        return pattern == null || pattern.matches(text) ? Optional.empty() : Optional.of("pattern");
    }

    private Optional<String> brokenBy(Set<String> chosen, Set<String> kept) {
        boolean allowed = chosen.stream()
                .allMatch(key -> kept.contains(key)
                        || option(key).filter(it -> !it.retired()).isPresent());
        return allowed ? Optional.empty() : Optional.of("option");
    }
}
