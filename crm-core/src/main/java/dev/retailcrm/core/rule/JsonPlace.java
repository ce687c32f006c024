package dev.retailcrm.core.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retailcrm.core.kernel.CrmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A place in a JSON document, which knows its way from the top and names it in refusals. Immutable.
 *
 * @param node what is there
 * @param path the way, a JSON pointer
 */
record JsonPlace(JsonNode node, String path) {
    boolean has(String name) {
        return node.has(name);
    }

    /** The member of this name, which must be there. */
    JsonPlace member(String name) {
        JsonNode member = node.get(name);
        if (member == null) {
            throw RuleProblem.at(path, "%s is missing", name);
        }
        return new JsonPlace(member, path + "/" + name);
    }

    /** An object that has no other members. */
    JsonPlace only(String... names) {
        object();
        Set<String> known = Set.of(names);
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw RuleProblem.at(path, "an unknown member");
            }
        });
        return this;
    }

    JsonPlace object() {
        if (!node.isObject()) {
            throw RuleProblem.at(path, "an object is wanted");
        }
        return this;
    }

    <T> List<T> list(int most, Function<JsonPlace, T> item) {
        if (!node.isArray() || node.size() > most) {
            throw RuleProblem.at(path, "a list of at most %d is wanted", most);
        }
        List<T> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(item.apply(new JsonPlace(node.get(i), path + "/" + i)));
        }
        return items;
    }

    String text() {
        if (!node.isTextual()) {
            throw RuleProblem.at(path, "a text is wanted");
        }
        return node.textValue();
    }

    long number() {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw RuleProblem.at(path, "a whole number of 64 bits is wanted");
        }
        return node.longValue();
    }

    int count() {
        long number = number();
        if ((int) number != number) {
            throw RuleProblem.at(path, "the number is too large");
        }
        return (int) number;
    }

    /** One of the constants, by its name in lower case. */
    <E extends Enum<E>> E word(Class<E> type) {
        String word = text();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return constant;
            }
        }
        throw RuleProblem.at(path, "no such %s", type.getSimpleName());
    }

    /** Makes something of what is here; what is refused is refused as of this place. */
    <T> T made(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (CrmException refusal) {
            if (refusal.details().containsKey("path")) {
                throw refusal;
            }
            throw RuleProblem.at(path, "%s", String.valueOf(refusal.getMessage()));
        } catch (java.time.DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw RuleProblem.at(path, "not written as it should be");
        }
    }
}
