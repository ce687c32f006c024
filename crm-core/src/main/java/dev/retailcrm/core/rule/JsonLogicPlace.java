package dev.retailcrm.core.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A place in a rule of JsonLogic. Immutable.
 *
 * @param node what is there
 * @param path the way to it, a JSON pointer
 * @param name of the operator it belongs to; empty at the top
 */
record JsonLogicPlace(JsonNode node, String path, String name) {
    /** The operators that may be named in a refusal; whatever else was sent is not repeated. */
    private static final Set<String> KNOWN = Set.of(
            "",
            "var",
            "missing",
            "missing_some",
            "if",
            "?:",
            "==",
            "===",
            "!=",
            "!==",
            "!",
            "!!",
            "or",
            "and",
            ">",
            ">=",
            "<",
            "<=",
            "max",
            "min",
            "+",
            "-",
            "*",
            "/",
            "%",
            "map",
            "reduce",
            "filter",
            "all",
            "none",
            "some",
            "merge",
            "in",
            "cat",
            "substr",
            "log",
            "method");

    static JsonLogicPlace top(JsonNode node) {
        return new JsonLogicPlace(node, "", "");
    }

    boolean isVariable() {
        return node.size() == 1 && node.has("var");
    }

    /** The operator, of an object that has one member. */
    JsonLogicPlace operator() {
        if (!node.isObject() || node.size() != 1) {
            throw unsupported("a condition has one operator");
        }
        String operator = node.fieldNames().next();
        String step = KNOWN.contains(operator) ? operator.replace("~", "~0").replace("/", "~1") : "?";
        return new JsonLogicPlace(node.get(operator), path + "/" + step, operator);
    }

    /** What the operator is applied to; one value need not stand in a list. */
    List<JsonLogicPlace> arguments() {
        return node.isArray() ? items() : List.of(this);
    }

    List<JsonLogicPlace> arguments(int number) {
        List<JsonLogicPlace> arguments = arguments();
        if (arguments.size() != number) {
            throw unsupported("has another number of values");
        }
        return arguments;
    }

    List<JsonLogicPlace> items() {
        if (!node.isArray() || node.size() > ValueTest.MAX_VALUES) {
            throw unsupported("a list is wanted, of no more values than a rule has");
        }
        List<JsonLogicPlace> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(new JsonLogicPlace(node.get(i), path + "/" + i, name));
        }
        return items;
    }

    CrmException unsupported(String reason) {
        String operator = KNOWN.contains(name) ? name : "unknown operator";
        return CoreError.UNSUPPORTED_JSON_LOGIC.with(
                Map.of("path", path, "operator", operator), "%s: %s: %s", path, operator, reason);
    }
}
