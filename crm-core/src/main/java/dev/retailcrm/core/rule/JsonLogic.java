package dev.retailcrm.core.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldCatalog;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads rules written in <a href="https://jsonlogic.com">JsonLogic</a>, as far as they mean exactly something here: {@code and or ! == === !=
 * !== < <= > >= in var missing} over fields of a catalog. A rule that is read gives the answer that json-logic-java 1.1.0 gives to data that
 * has the field's value under the field's name and nothing where it is missing. Everything else is refused by the name of its operator:
 * arithmetic, values of another type than the field's, whose coercion no rule repeats, amounts, dates and instants, which JsonLogic does not
 * know, and texts that would be compared by order. Decimals are compared exactly, not as the nearest binary number. Stateless.
 */
public final class JsonLogic {
    private final FieldCatalog fields;

    private JsonLogic(FieldCatalog fields) {
        this.fields = fields;
    }

    /**
     * The rule that means the same.
     *
     * @param json the rule of JsonLogic, at most {@link Rule#MAX_BYTES} bytes
     * @param fields what {@code var} may name: {@code {"var":"custom.age"}} is the field of that name
     * @throws CrmException {@link dev.retailcrm.core.kernel.CoreError#UNSUPPORTED_JSON_LOGIC} with the {@code operator} and its {@code path}, a
     *     JSON pointer, if something does not map exactly; {@link dev.retailcrm.core.kernel.CoreError#INVALID_RULE} if it is no JSON or too large
     */
    public static Rule toRule(String json, FieldCatalog fields) {
        RuleParser.requireSize(json);
        var start = JsonLogicPlace.top(RuleParser.tree(json));
        return Rule.of(new JsonLogic(Check.present(fields, "fields")).condition(start));
    }

    private Condition condition(JsonLogicPlace place) {
        JsonNode node = place.node();
        if (node.isBoolean()) {
            return node.booleanValue() ? new AllOf(List.of()) : new AnyOf(List.of());
        }
        JsonLogicPlace operator = place.operator();
        return switch (operator.name()) {
            case "and" -> new AllOf(parts(operator));
            case "or" -> new AnyOf(parts(operator));
            case "!" -> new Not(condition(operator.arguments(1).get(0)));
            case "==", "===" -> equal(operator);
            case "!=", "!==" -> new Not(equal(operator));
            case "<", "<=", ">", ">=" -> order(operator);
            case "in" -> in(operator);
            case "var" -> truth(operator);
            case "missing" -> missing(operator);
            default -> throw operator.unsupported("has no exact counterpart");
        };
    }

    private List<Condition> parts(JsonLogicPlace operator) {
        List<Condition> parts = new ArrayList<>();
        for (JsonLogicPlace part : operator.arguments()) {
            parts.add(condition(part));
        }
        if (parts.isEmpty()) {
            throw operator.unsupported("has nothing to join");
        }
        return parts;
    }

    /** A value as a condition is true if it is neither missing nor false, 0 or empty; a text or choice here is never empty. */
    private Condition truth(JsonLogicPlace operator) {
        CatalogField field = field(operator);
        return switch (field.type()) {
            case BOOLEAN -> JsonLogicTests.equal(field, FieldValue.flag(true));
            case LONG, DECIMAL ->
                new FieldCondition(field.name(), new ValueTest.Compare(Comparison.NE, FieldValue.number(0)));
            case TEXT, CHOICE, MULTI_CHOICE -> JsonLogicTests.present(field, true);
            case MONEY, DATE, INSTANT -> throw operator.unsupported("no value of this type is known");
        };
    }

    private Condition missing(JsonLogicPlace operator) {
        List<Condition> parts = new ArrayList<>();
        for (JsonLogicPlace name : operator.arguments()) {
            parts.add(JsonLogicTests.present(named(name), false));
        }
        return parts.size() == 1 ? parts.get(0) : new AnyOf(parts);
    }

    private Condition equal(JsonLogicPlace operator) {
        List<JsonLogicPlace> sides = operator.arguments(2);
        boolean flipped = sides.get(1).isVariable();
        CatalogField field = variable(sides.get(flipped ? 1 : 0));
        JsonLogicPlace literal = sides.get(flipped ? 0 : 1);
        return literal.node().isNull()
                ? JsonLogicTests.present(field, false)
                : JsonLogicTests.equal(field, JsonLogicTests.literal(field, literal));
    }

    private Condition order(JsonLogicPlace operator) {
        if (operator.arguments().size() == 3) {
            return between(operator);
        }
        List<JsonLogicPlace> sides = operator.arguments(2);
        boolean flipped = sides.get(1).isVariable();
        Comparison comparison = switch (operator.name()) {
            case "<" -> flipped ? Comparison.GT : Comparison.LT;
            case "<=" -> flipped ? Comparison.GE : Comparison.LE;
            case ">" -> flipped ? Comparison.LT : Comparison.GT;
            default -> flipped ? Comparison.LE : Comparison.GE;
        };
        return compared(variable(sides.get(flipped ? 1 : 0)), comparison, sides.get(flipped ? 0 : 1));
    }

    private Condition between(JsonLogicPlace operator) {
        if (operator.name().startsWith(">")) {
            throw operator.unsupported("compares two values");
        }
        List<JsonLogicPlace> sides = operator.arguments(3);
        CatalogField field = variable(sides.get(1));
        boolean open = operator.name().equals("<");
        return new AllOf(List.of(
                compared(field, open ? Comparison.GT : Comparison.GE, sides.get(0)),
                compared(field, open ? Comparison.LT : Comparison.LE, sides.get(2))));
    }

    private static Condition compared(CatalogField field, Comparison comparison, JsonLogicPlace literal) {
        if (field.type() != FieldType.LONG && field.type() != FieldType.DECIMAL) {
            throw literal.unsupported("only numbers have an order");
        }
        return new FieldCondition(
                field.name(), new ValueTest.Compare(comparison, JsonLogicTests.literal(field, literal)));
    }

    private Condition in(JsonLogicPlace operator) {
        List<JsonLogicPlace> sides = operator.arguments(2);
        if (!sides.get(1).isVariable()) {
            CatalogField field = variable(sides.get(0));
            if (!JsonLogicTests.isComparable(field)) {
                throw sides.get(0).unsupported("values of this type are not compared");
            }
            Function<JsonLogicPlace, FieldValue> value = literal -> JsonLogicTests.literal(field, literal);
            return JsonLogicTests.in(
                    field, sides.get(1).items().stream().map(value).toList());
        }
        CatalogField field = variable(sides.get(1));
        JsonLogicPlace part = sides.get(0);
        return switch (field.type()) {
            case TEXT -> JsonLogicTests.contains(field, part);
            case MULTI_CHOICE -> JsonLogicTests.chosen(field, part);
            default -> throw operator.unsupported("looks into texts and choices");
        };
    }

    private CatalogField variable(JsonLogicPlace place) {
        if (!place.isVariable()) {
            throw place.unsupported("compares a field with a value");
        }
        return field(place.operator());
    }

    private CatalogField field(JsonLogicPlace operator) {
        return named(operator.arguments(1).get(0));
    }

    private CatalogField named(JsonLogicPlace name) {
        if (!name.node().isTextual()) {
            throw name.unsupported("names a field");
        }
        CatalogField field =
                fields.find(name.node().textValue()).orElseThrow(() -> name.unsupported("there is no such field"));
        if (field.personal()) {
            throw name.unsupported("the field is enciphered");
        }
        return field;
    }
}
