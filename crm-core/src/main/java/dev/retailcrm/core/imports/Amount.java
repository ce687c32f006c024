package dev.retailcrm.core.imports;

import dev.retailcrm.core.kernel.CoreError;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** How numbers are written in a file: decimal digits, a point, no exponent and nothing between the thousands. Stateless. */
final class Amount {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,20}(\\.\\d{1,20})?");

    private Amount() {}

    static BigDecimal decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw CoreError.INVALID_VALUE.because("a decimal number such as 12.50 is expected");
        }
        return new BigDecimal(text);
    }

    /** Refuses more decimals than the currency has, but zeros. */
    static Money money(String text, CurrencyUnit currency) {
        BigDecimal amount = decimal(text).stripTrailingZeros();
        if (amount.scale() > currency.getDecimalPlaces()) {
            throw CoreError.INVALID_VALUE.because("the amount has more decimals than its currency");
        }
        return Money.of(currency, amount);
    }
}
