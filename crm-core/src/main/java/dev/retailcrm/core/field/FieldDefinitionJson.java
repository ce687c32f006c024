package dev.retailcrm.core.field;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/** Definitions of custom fields as JSON, for stores; equal definitions have equal texts. Stateless. */
public final class FieldDefinitionJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FieldDefinitionJson() {}

    /** The definition as a JSON object of at most 100,000 characters. */
    public static String of(FieldDefinition definition) {
        FieldRules rules = definition.rules();
        ObjectNode json = JSON.createObjectNode()
                .put("key", definition.key())
                .put("label", definition.label())
                .put("type", definition.type().name())
                .put("required", definition.required())
                .put("unique", definition.unique())
                .put("personal", definition.personal())
                .put("status", definition.status().name())
                .put("version", definition.version())
                .put("minLength", rules.minLength())
                .put("maxLength", rules.maxLength());
        put(json, "min", rules.min());
        put(json, "max", rules.max());
        put(json, "initial", definition.initial());
        FieldPattern pattern = rules.pattern();
        if (pattern != null) {
            json.put("pattern", pattern.regex());
        }
        CurrencyUnit currency = rules.currency();
        if (currency != null) {
            json.put("currency", currency.getCode());
        }
        ArrayNode options = json.putArray("options");
        for (FieldOption option : rules.options()) {
            options.addObject()
                    .put("key", option.key())
                    .put("label", option.label())
                    .put("retired", option.retired());
        }
        new TreeSet<>(definition.access().seenBy()).forEach(json.putArray("seenBy")::add);
        new TreeSet<>(definition.access().editedBy()).forEach(json.putArray("editedBy")::add);
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The definition that was written by {@link #of}.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if the text is none
     */
    public static FieldDefinition parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            FieldType type = FieldType.valueOf(json.path("type").asText());
            JsonNode pattern = json.get("pattern");
            JsonNode currency = json.get("currency");
            var rules = new FieldRules(
                    value(json, "min", type),
                    value(json, "max", type),
                    json.path("minLength").asInt(),
                    json.path("maxLength").asInt(),
                    pattern == null ? null : FieldPattern.of(pattern.asText()),
                    currency == null ? null : CurrencyUnit.of(currency.asText()),
                    options(json.path("options")));
            return new FieldDefinition(
                    json.path("key").asText(),
                    json.path("label").asText(),
                    type,
                    rules,
                    json.path("required").asBoolean(),
                    json.path("unique").asBoolean(),
                    json.path("personal").asBoolean(),
                    new FieldAccess(texts(json.path("seenBy")), texts(json.path("editedBy"))),
                    value(json, "initial", type),
                    FieldStatus.valueOf(json.path("status").asText()),
                    json.path("version").asLong());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw CoreError.INVALID_VALUE.causedBy(e, "the text is no definition of a field");
        }
    }

    private static List<FieldOption> options(JsonNode json) {
        List<FieldOption> options = new ArrayList<>();
        for (JsonNode one : json) {
            options.add(new FieldOption(
                    one.path("key").asText(),
                    one.path("label").asText(),
                    one.path("retired").asBoolean()));
        }
        return options;
    }

    private static Set<String> texts(JsonNode json) {
        Set<String> texts = new LinkedHashSet<>();
        json.forEach(it -> texts.add(it.asText()));
        return texts;
    }

    private static void put(ObjectNode json, String name, @Nullable FieldValue value) {
        if (value != null) {
            json.put(name, FieldText.of(value));
        }
    }

    private static @Nullable FieldValue value(JsonNode json, String name, FieldType type) {
        JsonNode value = json.get(name);
        return value == null ? null : FieldText.parse(type, value.asText());
    }
}
