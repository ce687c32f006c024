package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmFieldValue.CRM_FIELD_VALUE;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.jdbc.schema.tables.CrmFieldValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Between a value in clear and the typed columns it is kept and searched in. Stateless. */
final class FieldColumns {
    private FieldColumns() {}

    static @Nullable String text(FieldValue item) {
        return switch (item.type()) {
            case TEXT -> item.asText();
            case CHOICE -> item.asChoice();
            case MONEY -> item.asMoney().getCurrencyUnit().getCode();
            case LONG, DECIMAL, DATE, INSTANT, BOOLEAN, MULTI_CHOICE -> null;
        };
    }

    static @Nullable Long number(FieldValue item) {
        return switch (item.type()) {
            case LONG -> item.asLong();
            case MONEY -> item.asMoney().getAmountMinorLong();
            case DATE -> item.asDate().toEpochDay();
            case INSTANT -> item.asInstant().toEpochMilli();
            case BOOLEAN -> item.asBoolean() ? 1L : 0L;
            case TEXT, DECIMAL, CHOICE, MULTI_CHOICE -> null;
        };
    }

    /** The item in a row of a field of this type; of several options, one. */
    static FieldValue item(FieldType type, Record row) {
        return item(
                type,
                row.get(CRM_FIELD_VALUE.TEXT_VALUE),
                row.get(CRM_FIELD_VALUE.LONG_VALUE),
                row.get(CRM_FIELD_VALUE.DECIMAL_VALUE));
    }

    /** The item that these columns hold. */
    static FieldValue item(FieldType type, @Nullable String text, @Nullable Long number, @Nullable BigDecimal decimal) {
        return switch (type) {
            case TEXT -> FieldValue.text(held(text));
            case LONG -> FieldValue.number(held(number));
            case DECIMAL -> FieldValue.decimal(held(decimal));
            case MONEY -> FieldValue.money(Money.ofMinor(CurrencyUnit.of(held(text)), held(number)));
            case DATE -> FieldValue.date(LocalDate.ofEpochDay(held(number)));
            case INSTANT -> FieldValue.instant(Instant.ofEpochMilli(held(number)));
            case BOOLEAN -> FieldValue.flag(held(number) == 1);
            case CHOICE, MULTI_CHOICE -> FieldValue.choice(held(text));
        };
    }

    private static <T> T held(@Nullable T value) {
        return Objects.requireNonNull(value, "the row has a value of its type");
    }

    /** The rows of values in clear that a search asks for. A field of money has one currency. */
    static Condition asked(FieldType type, FieldSearch search) {
        return switch (type) {
            case TEXT, CHOICE, MULTI_CHOICE -> asked(CRM_FIELD_VALUE.TEXT_VALUE, search, FieldColumns::text);
            case DECIMAL -> asked(CRM_FIELD_VALUE.DECIMAL_VALUE, search, FieldValue::asDecimal);
            case LONG, MONEY, DATE, INSTANT, BOOLEAN -> asked(CRM_FIELD_VALUE.LONG_VALUE, search, FieldColumns::number);
        };
    }

    private static <T> Condition asked(Field<T> column, FieldSearch search, Function<FieldValue, @Nullable T> stored) {
        if (!search.isRange()) {
            return column.in(search.anyOf().stream().map(stored).toList());
        }
        Condition asked = noCondition();
        FieldValue from = search.from();
        FieldValue to = search.to();
        asked = from == null ? asked : asked.and(column.ge(stored.apply(from)));
        return to == null ? asked : asked.and(column.le(stored.apply(to)));
    }

    /** The rows of personal values that may be stored under any of the keys. */
    static Condition under(List<LookupKey> keys) {
        return under(CRM_FIELD_VALUE, keys);
    }

    static Condition under(CrmFieldValue rows, List<LookupKey> keys) {
        return row(rows.TOKEN, rows.TOKEN_KIND)
                .in(keys.stream().map(it -> row(it.token(), it.kind())).toList());
    }
}
