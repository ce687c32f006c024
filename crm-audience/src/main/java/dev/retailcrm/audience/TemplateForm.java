package dev.retailcrm.audience;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.core.field.FieldText;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.rule.Rule;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JSON of a rule with gaps. Values are put into the tree, never into its text, so that none can become a condition. Immutable. */
final class TemplateForm {
    private static final String GAP = "parameter";
    private static final Pattern IN_TEXT = Pattern.compile("\\{([a-z][a-z0-9_]{0,29})\\}");
    private static final int DEEPEST = 64;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode json;

    private TemplateForm(JsonNode json) {
        this.json = json;
    }

    /** Refuses what is no JSON object with {@link CoreError#INVALID_RULE}. */
    static TemplateForm parse(String form) {
        try {
            JsonNode json = JSON.readTree(form);
            if (json == null || !json.isObject()) {
                throw CoreError.INVALID_RULE.because("the form is no JSON object");
            }
            return new TemplateForm(json);
        } catch (JsonProcessingException e) {
            throw CoreError.INVALID_RULE.because("the form is no JSON");
        }
    }

    /** The parameters that it names. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        walk(
                json,
                name -> {
                    names.add(name);
                    return NODES.nullNode();
                },
                name -> {
                    names.add(name);
                    return "";
                });
        return names;
    }

    /** The rule with all of its gaps filled in. */
    Rule filled(Map<String, FieldValue> values) {
        return Rule.parse(walk(
                        json,
                        name -> value(Objects.requireNonNull(values.get(name))),
                        name -> FieldText.of(Objects.requireNonNull(values.get(name))))
                .toString());
    }

    private static JsonNode walk(JsonNode node, Function<String, JsonNode> gap, Function<String, String> part) {
        if (node.isObject()) {
            JsonNode name = node.get(GAP);
            if (name != null && name.isTextual() && node.size() == 1) {
                return gap.apply(name.asText());
            }
            ObjectNode copy = NODES.objectNode();
            node.properties().forEach(it -> copy.set(it.getKey(), walk(it.getValue(), gap, part)));
            return copy;
        } else if (node.isArray()) {
            ArrayNode copy = NODES.arrayNode();
            node.forEach(it -> copy.add(walk(it, gap, part)));
            return copy;
        } else if (node.isTextual()) {
            return NODES.textNode(IN_TEXT.matcher(node.asText())
                    .replaceAll(found -> Matcher.quoteReplacement(part.apply(found.group(1)))));
        }
        return node;
    }

    /** As rules write it. */
    private static JsonNode value(FieldValue value) {
        return switch (value.type()) {
            case TEXT -> NODES.textNode(value.asText());
            case CHOICE -> NODES.textNode(value.asChoice());
            case LONG -> NODES.numberNode(value.asLong());
            case BOOLEAN -> NODES.booleanNode(value.asBoolean());
            case DECIMAL -> decimal(value.asDecimal());
            case MONEY ->
                NODES.objectNode()
                        .put("money", value.asMoney().getAmount().toPlainString())
                        .put("currency", value.asMoney().getCurrencyUnit().getCode());
            case DATE -> NODES.objectNode().put("date", value.asDate().toString());
            case INSTANT -> NODES.objectNode().put("instant", value.asInstant().toString());
            case MULTI_CHOICE -> {
                ArrayNode options = NODES.arrayNode();
                value.asChoices().forEach(options::add);
                yield options;
            }
        };
    }

    private static JsonNode decimal(BigDecimal number) {
        return number.scale() > 0
                ? DecimalNode.valueOf(number)
                : NODES.objectNode().put("decimal", number.toPlainString());
    }
}
