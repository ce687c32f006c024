package dev.retailcrm.core.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CrmException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tests of fields as JsonLogic means them. It tells case and width apart, which of custom texts only a pattern does; so these become patterns.
 * Stateless.
 */
final class JsonLogicTests {
    /** Up to this every whole number is a binary one of double precision. */
    private static final long EXACT = 1L << 53;

    private static final int EXACT_DIGITS = 15;
    private static final String SPECIAL = ".\\|?*+(){}[]^$";

    private JsonLogicTests() {}

    static boolean isComparable(CatalogField field) {
        return switch (field.type()) {
            case TEXT, CHOICE, LONG, DECIMAL, BOOLEAN -> true;
            case MULTI_CHOICE, MONEY, DATE, INSTANT -> false;
        };
    }

    static Condition present(CatalogField field, boolean there) {
        return new FieldCondition(field.name(), new ValueTest.Presence(there));
    }

    static Condition equal(CatalogField field, FieldValue value) {
        return RuleCatalog.isFolded(field)
                ? matches(field, pattern(value.asText()))
                : new FieldCondition(field.name(), new ValueTest.Compare(Comparison.EQ, value));
    }

    static Condition in(CatalogField field, List<FieldValue> values) {
        if (!RuleCatalog.isFolded(field)) {
            return new FieldCondition(field.name(), new ValueTest.In(values, false));
        }
        List<Condition> parts = new ArrayList<>();
        values.forEach(value -> parts.add(equal(field, value)));
        return new AnyOf(parts);
    }

    static Condition contains(CatalogField field, JsonLogicPlace part) {
        if (!part.node().isTextual() || part.node().textValue().isEmpty()) {
            throw part.unsupported("a text is looked for in a text");
        }
        return made(part, () -> matches(field, ".*" + pattern(part.node().textValue()) + ".*"));
    }

    static Condition chosen(CatalogField field, JsonLogicPlace option) {
        requireOption(field, option);
        return made(
                option,
                () -> new FieldCondition(
                        field.name(),
                        new ValueTest.Options(
                                Quantifier.ANY, Set.of(option.node().textValue()))));
    }

    private static void requireOption(CatalogField field, JsonLogicPlace option) {
        if (!option.node().isTextual()
                || !(field.options().isEmpty()
                        || field.options().contains(option.node().textValue()))) {
            throw option.unsupported("no option of the field");
        }
    }

    private static Condition matches(CatalogField field, String pattern) {
        return new FieldCondition(field.name(), new ValueTest.Text(TextMatch.MATCHES, pattern));
    }

    private static String pattern(String text) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            pattern.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return pattern.toString();
    }

    /** A value of exactly the field's type. */
    static FieldValue literal(CatalogField field, JsonLogicPlace place) {
        JsonNode node = place.node();
        FieldType type = field.type();
        if ((type == FieldType.LONG || type == FieldType.DECIMAL) && node.isNumber()) {
            return number(type, place);
        } else if (type == FieldType.BOOLEAN && node.isBoolean()) {
            return FieldValue.flag(node.booleanValue());
        } else if (type == FieldType.CHOICE) {
            requireOption(field, place);
            return text(place);
        } else if (type == FieldType.TEXT && node.isTextual()) {
            return text(place);
        }
        throw place.unsupported("a value of the field's type is wanted, numbers, texts, choices and flags are known");
    }

    private static FieldValue number(FieldType type, JsonLogicPlace place) {
        BigDecimal number = place.node().decimalValue().stripTrailingZeros();
        boolean whole = number.scale() <= 0 && number.abs().compareTo(BigDecimal.valueOf(EXACT)) < 0;
        if (whole) {
            return FieldValue.number(number.longValueExact());
        } else if (type == FieldType.DECIMAL && number.scale() > 0 && number.precision() <= EXACT_DIGITS) {
            return made(place, () -> FieldValue.decimal(number));
        }
        throw place.unsupported("the number is not exact in JsonLogic, or none that the field has");
    }

    /** Texts are kept without blanks at their ends and never empty, so a text like that equals none. */
    private static FieldValue text(JsonLogicPlace place) {
        String text = place.node().textValue();
        FieldValue value = made(place, () -> FieldValue.text(text));
        if (!value.asText().equals(text) || pattern(text).length() > TextPattern.MAX_LENGTH) {
            throw place.unsupported("the text is too long, or has blanks at its ends");
        }
        return value;
    }

    private static <T> T made(JsonLogicPlace place, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (CrmException e) {
            throw place.unsupported("no value that a rule can have");
        }
    }
}
