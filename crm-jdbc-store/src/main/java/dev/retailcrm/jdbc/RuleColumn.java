package dev.retailcrm.jdbc;

import dev.retailcrm.core.field.FieldType;
import java.math.BigDecimal;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Where a value that rules ask about is found in a row. Immutable.
 *
 * @param type of the value
 * @param text texts, options, and the currency of money
 * @param asGiven the text by which patterns go; the same but for folded texts
 * @param number whole numbers, money in the smallest unit, days, instants, and 0 or 1
 * @param decimal decimal numbers
 * @param days of dates: how they are compared
 * @param upper whether options are kept in capitals
 */
record RuleColumn(
        FieldType type,
        @Nullable Field<String> text,
        @Nullable Field<String> asGiven,
        @Nullable Field<Long> number,
        @Nullable Field<BigDecimal> decimal,
        @Nullable RuleDays days,
        boolean upper) {
    static RuleColumn text(FieldType type, Field<String> text) {
        return new RuleColumn(type, text, text, null, null, null, false);
    }

    /** The name of a constant. */
    static RuleColumn constant(Field<String> name) {
        return new RuleColumn(FieldType.CHOICE, name, name, null, null, null, true);
    }

    static RuleColumn folded(Field<String> folded, Field<String> asGiven) {
        return new RuleColumn(FieldType.TEXT, folded, asGiven, null, null, null, false);
    }

    static RuleColumn number(FieldType type, Field<Long> number) {
        return new RuleColumn(
                type, null, null, number, null, type == FieldType.DATE ? RuleDays.counted(number) : null, false);
    }

    static RuleColumn decimal(Field<BigDecimal> decimal) {
        return new RuleColumn(FieldType.DECIMAL, null, null, null, decimal, null, false);
    }

    static RuleColumn money(Field<String> currency, Field<Long> minor) {
        return new RuleColumn(FieldType.MONEY, currency, currency, minor, null, null, false);
    }

    static RuleColumn days(RuleDays days) {
        return new RuleColumn(FieldType.DATE, null, null, days.place(), null, days, false);
    }

    /** The columns that {@code crm_field_value} and its like have. */
    static RuleColumn typed(FieldType type, Field<String> text, Field<Long> number, Field<BigDecimal> decimal) {
        return switch (type) {
            case TEXT, CHOICE, MULTI_CHOICE -> text(type, text);
            case DECIMAL -> decimal(decimal);
            case MONEY -> money(text, number);
            case LONG, DATE, INSTANT, BOOLEAN -> number(type, number);
        };
    }

    /** An option as it is kept. */
    String option(String option) {
        return upper ? option.toUpperCase(Locale.ROOT) : option;
    }

    Field<String> texts() {
        return required(text);
    }

    Field<String> given() {
        return required(asGiven);
    }

    Field<Long> numbers() {
        return required(number);
    }

    Field<BigDecimal> decimals() {
        return required(decimal);
    }

    RuleDays dates() {
        return required(days);
    }

    /** There is a value. */
    Condition present() {
        return number != null ? number.isNotNull() : decimal != null ? decimal.isNotNull() : given().isNotNull();
    }

    private static <T> T required(@Nullable T column) {
        if (column == null) {
            throw new IllegalStateException("values of this type are not kept there");
        }
        return column;
    }
}
