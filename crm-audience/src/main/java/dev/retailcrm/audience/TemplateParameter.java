package dev.retailcrm.audience;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be filled in to make a rule of a template. Immutable.
 *
 * @param name by which the form names it: 1 to 30 of {@code a-z 0-9 _}, a letter first
 * @param label for people, 1 to 100 characters
 * @param type of its value
 * @param standard its value if none is given; {@code null} if one must be given
 * @param min the least value, inclusive; {@code null} for any. Only of numbers, amounts, dates and instants
 * @param max the greatest value, inclusive; {@code null} for any
 * @param options the texts or options it may be, at most 1,000; none for any
 */
public record TemplateParameter(
        String name,
        String label,
        FieldType type,
        @Nullable FieldValue standard,
        @Nullable FieldValue min,
        @Nullable FieldValue max,
        List<String> options) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,29}");
    private static final int MAX_TEXT = 200;

    /** Refuses malformed parts, bounds that contradict, and a standard value that would be refused, with {@link CoreError#INVALID_VALUE}. */
    public TemplateParameter {
        if (!NAME.matcher(Check.present(name, "name of the parameter")).matches()) {
            throw CoreError.INVALID_VALUE.because("a parameter's name is 1 to 30 of a-z, 0-9 and _, a letter first");
        }
        Check.text(label, 100, "label of the parameter");
        Check.present(type, "type of the parameter");
        options = List.copyOf(options);
        Check.range(options.size(), 0, 1_000, "number of options");
        options.forEach(it -> Check.text(it, MAX_TEXT, "option"));
        boolean ordered = switch (type) {
            case LONG, DECIMAL, MONEY, DATE, INSTANT -> true;
            case TEXT, CHOICE, MULTI_CHOICE, BOOLEAN -> false;
        };
        boolean bound = min != null || max != null;
        boolean wrong = (bound && !ordered)
                || (!options.isEmpty() && type != FieldType.TEXT && type != FieldType.CHOICE)
                || new HashSet<>(options).size() < options.size()
                || (min != null && min.type() != type)
                || (max != null && max.type() != type)
                || (min != null && max != null && isLess(max, min));
        if (wrong) {
            throw CoreError.INVALID_VALUE.because("the bounds of the parameter %s do not fit", name);
        }
        if (standard != null) {
            refusal(type, min, max, options, standard).ifPresent(why -> {
                throw CoreError.INVALID_VALUE.because("the standard value of the parameter %s %s", name, why);
            });
        }
    }

    /** A whole number between two. */
    public static TemplateParameter number(String name, String label, @Nullable Long standard, long min, long max) {
        return new TemplateParameter(
                name,
                label,
                FieldType.LONG,
                standard == null ? null : FieldValue.number(standard),
                FieldValue.number(min),
                FieldValue.number(max),
                List.of());
    }

    /** A text, which must be given. */
    public static TemplateParameter text(String name, String label) {
        return new TemplateParameter(name, label, FieldType.TEXT, null, null, null, List.of());
    }

    /** An amount, which must be given. */
    public static TemplateParameter amount(String name, String label) {
        return new TemplateParameter(name, label, FieldType.MONEY, null, null, null, List.of());
    }

    /** The value, or the standard one if there is none. Refuses with {@link AudienceError#PARAMETER_REFUSED}. */
    FieldValue valued(@Nullable FieldValue given) {
        FieldValue value = given == null ? standard : given;
        if (value == null) {
            throw refused("is missing");
        }
        refusal(type, min, max, options, value).ifPresent(why -> {
            throw refused(why);
        });
        return value;
    }

    private CrmException refused(String why) {
        return AudienceError.PARAMETER_REFUSED.with(Map.of("parameter", name), "the parameter %s %s", name, why);
    }

    private static Optional<String> refusal(
            FieldType type,
            @Nullable FieldValue min,
            @Nullable FieldValue max,
            List<String> options,
            FieldValue value) {
        String why = null;
        if (value.type() != type) {
            why = "is of another type";
        } else if ((min != null && isLess(value, min)) || (max != null && isLess(max, value))) {
            why = "is out of bounds";
        } else if (!options.isEmpty()
                && !options.contains(type == FieldType.TEXT ? value.asText() : value.asChoice())) {
            why = "is none of the options";
        } else if (type == FieldType.TEXT && value.asText().length() > MAX_TEXT) {
            why = "is too long";
        }
        return Optional.ofNullable(why);
    }

    /** Amounts of different currencies are never in bounds. */
    private static boolean isLess(FieldValue one, FieldValue other) {
        return (one.type() == FieldType.MONEY
                        && !one.asMoney()
                                .getCurrencyUnit()
                                .equals(other.asMoney().getCurrencyUnit()))
                || one.compareOrdered(other) < 0;
    }
}
