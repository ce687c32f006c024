package dev.retailcrm.core.rule;

import com.google.common.base.Splitter;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldAccess;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.trade.TradeTotal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a customer's trade in one currency comes to, as a field of rules: {@code trade.CNY.orders}. Who bought nothing has 0 of everything but
 * of the first and last order.
 */
public enum TradeField {
    /** Orders that count. */
    ORDERS(FieldType.LONG),
    /** What they came to, before refunds. */
    AMOUNT(FieldType.MONEY),
    /** The quantities bought, before refunds. */
    UNITS(FieldType.DECIMAL),
    /** Refunds of known orders. */
    REFUNDS(FieldType.LONG),
    /** What those came to. */
    REFUNDED(FieldType.MONEY),
    /** The amount without what was refunded. */
    NET(FieldType.MONEY),
    /** When the earliest order was bought. */
    FIRST_ORDER(FieldType.INSTANT),
    /** When the latest was. */
    LAST_ORDER(FieldType.INSTANT);

    private static final String PREFIX = "trade.";

    private final FieldType type;

    TradeField(FieldType type) {
        this.type = type;
    }

    /**
     * A statistic in one currency.
     *
     * @param field which
     */
    public record InCurrency(TradeField field, CurrencyUnit currency) {
        /** The field of catalogs. */
        public CatalogField catalogField() {
            String name = PREFIX + currency.getCode() + "." + field.name().toLowerCase(Locale.ROOT);
            return new CatalogField(name, field.type, false, FieldAccess.ALL, List.of());
        }

        /** The value in a total; missing if there is none. */
        public Optional<FieldValue> of(TradeTotal total) {
            var figures = total.figures();
            return switch (field) {
                case ORDERS -> Optional.of(FieldValue.number(figures.orders()));
                case AMOUNT -> amount(figures.amountMinor());
                case UNITS -> Optional.of(FieldValue.decimal(BigDecimal.valueOf(figures.unitsMilli(), 3)));
                case REFUNDS -> Optional.of(FieldValue.number(figures.refunds()));
                case REFUNDED -> amount(figures.refundedMinor());
                case NET -> amount(figures.amountMinor() - figures.refundedMinor());
                case FIRST_ORDER -> instant(total.first());
                case LAST_ORDER -> instant(total.last());
            };
        }

        private Optional<FieldValue> amount(long minor) {
            return Optional.of(FieldValue.money(Money.ofMinor(currency, minor)));
        }

        private static Optional<FieldValue> instant(@Nullable Instant at) {
            return Optional.ofNullable(at).map(FieldValue::instant);
        }
    }

    /** The statistic of this name; empty if there is none. */
    public static Optional<InCurrency> of(String name) {
        List<String> parts = Splitter.on('.').splitToList(name);
        if (parts.size() != 3 || !name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            CurrencyUnit currency = CurrencyUnit.of(parts.get(1));
            return Arrays.stream(values())
                    .filter(field -> field.name().toLowerCase(Locale.ROOT).equals(parts.get(2)))
                    .map(field -> new InCurrency(field, currency))
                    .findFirst();
        } catch (IllegalCurrencyException e) {
            return Optional.empty();
        }
    }

    /** All statistics in a currency, as fields of catalogs. */
    public static List<CatalogField> all(CurrencyUnit currency) {
        return Arrays.stream(values())
                .map(field -> new InCurrency(field, currency).catalogField())
                .toList();
    }
}
