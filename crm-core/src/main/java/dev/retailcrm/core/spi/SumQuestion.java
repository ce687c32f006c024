package dev.retailcrm.core.spi;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.rule.Comparison;
import java.math.BigDecimal;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of the sum or mean of a property. Immutable.
 *
 * @param mean whether of the mean, which is missing if no event has the property; a sum is 0 then
 * @param currency of the amounts that count; {@code null} for numbers
 * @param comparison how it must compare with the value
 * @param max what it must not exceed; {@code null} for anything
 */
public record SumQuestion(
        boolean mean,
        String property,
        FieldType type,
        @Nullable CurrencyUnit currency,
        Comparison comparison,
        BigDecimal value,
        @Nullable BigDecimal max) {
    /** Whether the sum, or the mean of so many, is as asked; computed exactly. */
    public boolean holds(BigDecimal sum, long number) {
        if (mean && number == 0) {
            return false;
        }
        BigDecimal times = mean ? BigDecimal.valueOf(number) : BigDecimal.ONE;
        return comparison.holds(sum.compareTo(value.multiply(times)))
                && (max == null || sum.compareTo(max.multiply(times)) <= 0);
    }
}
