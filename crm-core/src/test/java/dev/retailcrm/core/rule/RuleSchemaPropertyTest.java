package dev.retailcrm.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class RuleSchemaPropertyTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of(
            "all", "field", "tags", "have", "count", "op", "value", "text", "window", "min", "number", "property");
    private static final List<String> WORDS = List.of(
            "",
            "x",
            " x",
            "eq",
            "between",
            "not_in",
            "matches",
            "within",
            "any",
            "day",
            "year",
            "count",
            "sum",
            "first_ever",
            "5.50",
            "+5",
            ".5",
            "2026-02-28",
            "2026-02-28T12:00:00Z",
            "CNY",
            "cny",
            "é",
            "a\n");

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }

    private static Rule rule(Random random) {
        return Rule.of(new RandomRules(random, Instant.parse("2026-03-29T00:30:00Z")).condition(random.nextInt(5)));
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void every_rule_is_one_by_the_schema(@ForAll("seeds") long seed) {
        Rule rule = rule(new Random(seed));

        assertThat(RuleSchemaTest.SCHEMA.validate(RuleParser.tree(rule.toJson())))
                .as(rule.toJson())
                .isEmpty();
    }

    @Property(tries = 6_000, shrinking = ShrinkingMode.OFF)
    void of_a_rule_changed_anywhere_the_schema_and_the_parser_say_the_same(@ForAll("seeds") long seed) {
        Random random = new Random(seed);
        JsonNode document = RuleParser.tree(rule(random).toJson());
        List<JsonNode> places = new ArrayList<>();
        collect(document, places);

        change(places.get(random.nextInt(places.size())), random);

        RuleSchemaTest.requireAgreement(document.toString());
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(part -> collect(part, places));
        }
    }

    /** Takes a member away, puts something else in its place, or adds one. */
    private static void change(JsonNode node, Random random) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() ? "x" : of(names, random);
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(of(NAMES, random), value(random));
                default -> object.set(name, value(random));
            }
        } else if (node instanceof ArrayNode array) {
            switch (random.nextInt(3)) {
                case 0 -> array.removeAll();
                case 1 -> array.add(value(random));
                default -> array.addAll(array.deepCopy());
            }
        }
    }

    private static JsonNode value(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt(4) * 400 - 1);
            case 3 -> JSON.numberNode(new BigDecimal("1.50"));
            case 4 -> JSON.objectNode().put(of(NAMES, random), of(WORDS, random));
            case 5 -> JSON.arrayNode().add(of(WORDS, random));
            default -> JSON.textNode(of(WORDS, random));
        };
    }

    private static <T> T of(List<T> items, Random random) {
        return items.get(random.nextInt(items.size()));
    }
}
