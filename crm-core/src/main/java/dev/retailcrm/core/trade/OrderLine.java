package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.math.BigDecimal;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What was bought of one article. Immutable.
 *
 * @param sku the article by the host's code, 1 to 64 printable ASCII characters without blanks at the ends
 * @param category its category by the host's code, of the same form; {@code null} if it has none
 * @param brand its brand by the host's code, of the same form; {@code null} if it has none
 * @param quantity units, greater than zero, at most 1,000,000, with at most three decimals; kept with three
 * @param amount what was paid for the whole line after all discounts, zero or more
 */
public record OrderLine(
        String sku, @Nullable String category, @Nullable String brand, BigDecimal quantity, Money amount) {
    /** The most characters of a code. */
    public static final int MAX_CODE = 64;

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public OrderLine {
        Check.code(sku, MAX_CODE, "SKU");
        if (category != null) {
            Check.code(category, MAX_CODE, "category");
        }
        if (brand != null) {
            Check.code(brand, MAX_CODE, "brand");
        }
        quantity = Quantity.ofMilli(Quantity.toMilli(quantity, 1));
        Amounts.toMinor(amount, 0, "amount of a line");
    }

    /** One unit of an article. */
    public static OrderLine of(String sku, Money amount) {
        return new OrderLine(sku, null, null, BigDecimal.ONE, amount);
    }

    /** The same with another quantity; the amount stays. */
    public OrderLine quantity(BigDecimal units) {
        return new OrderLine(sku, category, brand, units, amount);
    }

    /** The same with another whole quantity; the amount stays. */
    public OrderLine quantity(long units) {
        return quantity(BigDecimal.valueOf(units));
    }

    /** The same in a category. */
    public OrderLine category(String code) {
        return new OrderLine(sku, Check.present(code, "category"), brand, quantity, amount);
    }

    /** The same of a brand. */
    public OrderLine brand(String code) {
        return new OrderLine(sku, category, Check.present(code, "brand"), quantity, amount);
    }

    /** The category; empty if it has none. */
    public Optional<String> inCategory() {
        return Optional.ofNullable(category);
    }

    /** The brand; empty if it has none. */
    public Optional<String> ofBrand() {
        return Optional.ofNullable(brand);
    }

    /** The quantity in thousandths of a unit. */
    public long quantityMilli() {
        return quantity.unscaledValue().longValueExact();
    }
}
