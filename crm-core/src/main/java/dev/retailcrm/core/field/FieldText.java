package dev.retailcrm.core.field;

import com.google.common.base.Splitter;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.Money;

/**
 * The values of custom fields as text, for stores and histories: dates and instants as ISO 8601, money as {@code CNY 10.00}, options by
 * their keys with a blank between two. Equal values have equal texts. Stateless.
 */
public final class FieldText {
    private FieldText() {}

    /** The value as text. */
    public static String of(FieldValue value) {
        return switch (value.type()) {
            case TEXT -> value.asText();
            case LONG -> Long.toString(value.asLong());
            case DECIMAL -> value.asDecimal().toPlainString();
            case MONEY -> value.asMoney().toString();
            case DATE -> value.asDate().toString();
            case INSTANT -> value.asInstant().toString();
            case BOOLEAN -> Boolean.toString(value.asBoolean());
            case CHOICE, MULTI_CHOICE -> String.join(" ", value.asChoices());
        };
    }

    /**
     * The value that was written by {@link #of}.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if the text is none of this type
     */
    public static FieldValue parse(FieldType type, String text) {
        try {
            return switch (type) {
                case TEXT -> FieldValue.text(text);
                case LONG -> FieldValue.number(Long.parseLong(text));
                case DECIMAL -> FieldValue.decimal(new BigDecimal(text));
                case MONEY -> FieldValue.money(Money.parse(text));
                case DATE -> FieldValue.date(LocalDate.parse(text));
                case INSTANT -> FieldValue.instant(Instant.parse(text));
                case BOOLEAN -> FieldValue.flag(flag(text));
                case CHOICE -> FieldValue.choice(text);
                case MULTI_CHOICE -> FieldValue.choices(options(text));
            };
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw CoreError.INVALID_VALUE.because("the text is no value of type %s", type);
        }
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw CoreError.INVALID_VALUE.because("a flag is true or false");
        }
        return text.equals("true");
    }

    private static Set<String> options(String text) {
        return new TreeSet<>(Splitter.on(' ').splitToList(text));
    }
}
