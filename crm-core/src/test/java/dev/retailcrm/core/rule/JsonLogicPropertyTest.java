package dev.retailcrm.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import io.github.jamsesso.jsonlogic.JsonLogicException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/** Rules of JsonLogic at random, asked of the library they are written for and, as far as they can be read, of ours. */
class JsonLogicPropertyTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> VARIABLES =
            List.of("custom.age", "custom.score", "custom.city", "custom.member", "custom.sport", "profile.gender");
    private static final List<String> TEXTS =
            List.of("tea", "Tea", "ＴＥＡ", "tea pot", "a.c", "abc", "[x]", "female", "golf", "1", "", " a");

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }

    @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
    void what_is_read_answers_as_the_library(@ForAll("seeds") long seed) throws JsonLogicException {
        Random random = new Random(seed);
        String json = condition(random, random.nextInt(4)).toString();
        Rule rule;
        try {
            rule = JsonLogic.toRule(json, RuleTest.FIELDS);
        } catch (CrmException refusal) {
            assertThat(refusal.code()).isEqualTo(CoreError.UNSUPPORTED_JSON_LOGIC);
            Statistics.label("read").collect(false);
            return;
        }
        Statistics.label("read").collect(true).coverage(it -> it.check(true).percentage(share -> share > 25));
        CompiledRule compiled = rule.compile(RuleTest.CATALOG, RuleTime.in(ZoneOffset.UTC));
        for (int i = 0; i < 10; i++) {
            Map<String, Object> values = values(random);
            CustomerFacts.Builder facts = CustomerFacts.of(compiled.requiredFacts());
            values.forEach((name, value) -> facts.field(name, field(value, name)));

            Object theirs = new io.github.jamsesso.jsonlogic.JsonLogic().apply(json, nested(values));

            assertThat(compiled.test(facts.build(), Instant.EPOCH))
                    .as("%s of %s", json, values)
                    .isEqualTo(io.github.jamsesso.jsonlogic.JsonLogic.truthy(theirs));
        }
    }

    private static Map<String, Object> values(Random random) {
        Map<String, Object> all = Map.of(
                "custom.age", (long) random.nextInt(4),
                "custom.score", new BigDecimal(random.nextInt(8)).divide(new BigDecimal(4)),
                "custom.city", of(TEXTS.subList(0, 7), random),
                "custom.member", random.nextBoolean(),
                "custom.sport", List.of(of(List.of("golf", "judo"), random)),
                "profile.gender", of(List.of("female", "male"), random));
        Map<String, Object> some = new HashMap<>(all);
        some.keySet().removeIf(name -> random.nextInt(4) == 0);
        return some;
    }

    private static FieldValue field(Object value, String name) {
        if (value instanceof Long number) {
            return FieldValue.number(number);
        } else if (value instanceof BigDecimal number) {
            return FieldValue.decimal(number);
        } else if (value instanceof Boolean flag) {
            return FieldValue.flag(flag);
        } else if (value instanceof String text) {
            return name.startsWith("custom.") ? FieldValue.text(text) : FieldValue.choice(text);
        }
        return FieldValue.choices(Set.of(((List<?>) value).get(0).toString()));
    }

    /** The data as the library wants it: a point of a name leads into a map. */
    private static Map<String, Map<String, Object>> nested(Map<String, Object> values) {
        Map<String, Map<String, Object>> data = new HashMap<>();
        values.forEach(
                (name, value) -> data.computeIfAbsent(name.substring(0, name.indexOf('.')), group -> new HashMap<>())
                        .put(name.substring(name.indexOf('.') + 1), value));
        return data;
    }

    private static JsonNode condition(Random random, int depth) {
        if (depth > 0) {
            return switch (random.nextInt(3)) {
                case 0 -> operator("!", condition(random, depth - 1));
                case 1 -> operator("and", condition(random, depth - 1), condition(random, depth - 1));
                default -> operator("or", condition(random, depth - 1), condition(random, depth - 1));
            };
        }
        String name = of(VARIABLES, random);
        JsonNode field = variable(name);
        String number = random.nextBoolean() ? "custom.age" : "custom.score";
        return switch (random.nextInt(9)) {
            case 0 -> sides(of(List.of("==", "===", "!=", "!=="), random), field, literal(name, random), random);
            case 1 ->
                sides(of(List.of("<", "<=", ">", ">="), random), variable(number), literal(number, random), random);
            case 2 ->
                operator(
                        random.nextInt(8) == 0 ? ">" : random.nextBoolean() ? "<" : "<=",
                        literal(number, random),
                        variable(number),
                        literal(number, random));
            case 3 -> operator("in", field, list(name, random));
            case 4 -> operator("in", literal(name, random), variable(random.nextBoolean() ? name : "custom.sport"));
            case 5 ->
                JSON.objectNode().set("missing", JSON.arrayNode().add(name).add("custom.age"));
            case 6 -> JSON.booleanNode(random.nextBoolean());
            case 7 ->
                random.nextInt(4) == 0
                        ? operator(of(List.of("+", "cat", "!!", "if"), random), field, literal(name, random))
                        : operator("==", variable("custom.city"), literal("custom.city", random));
            default -> field;
        };
    }

    private static JsonNode sides(String name, JsonNode left, JsonNode right, Random random) {
        return random.nextBoolean() ? operator(name, left, right) : operator(name, right, left);
    }

    private static JsonNode operator(String name, JsonNode... arguments) {
        ArrayNode list = JSON.arrayNode();
        for (JsonNode argument : arguments) {
            list.add(argument);
        }
        return JSON.objectNode().set(name, list);
    }

    private static JsonNode variable(String name) {
        return operator("var", JSON.textNode(name));
    }

    /** Mostly one of the field's type. */
    private static JsonNode literal(String name, Random random) {
        if (random.nextInt(12) == 0) {
            return random.nextBoolean() ? JSON.nullNode() : JSON.textNode(of(TEXTS, random));
        }
        return switch (name) {
            case "custom.age" -> JSON.numberNode(random.nextInt(4));
            case "custom.score" ->
                random.nextBoolean() ? JSON.numberNode(random.nextInt(3)) : JSON.numberNode(new BigDecimal("1.25"));
            case "custom.member" -> JSON.booleanNode(random.nextBoolean());
            case "custom.sport" -> JSON.textNode(of(List.of("golf", "judo"), random));
            case "profile.gender" -> JSON.textNode(of(List.of("female", "male"), random));
            default -> JSON.textNode(of(TEXTS.subList(0, 10), random));
        };
    }

    private static JsonNode list(String name, Random random) {
        ArrayNode list = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(literal(name, random));
        }
        return list;
    }

    private static <T> T of(List<T> items, Random random) {
        return items.get(random.nextInt(items.size()));
    }
}
