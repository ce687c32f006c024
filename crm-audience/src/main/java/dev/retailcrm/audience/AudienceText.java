package dev.retailcrm.audience;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.core.field.FieldText;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.rule.Rule;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Audiences as JSON, for stores; equal ones have equal texts. Stateless. */
public final class AudienceText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AudienceText() {}

    /** An audience. */
    public static String of(AudienceRule audience) {
        ObjectNode json = JSON.createObjectNode()
                .put("key", audience.key())
                .put("name", audience.name())
                .put("kind", audience.kind().name())
                .put("status", audience.status().name())
                .put("number", audience.number())
                .put("version", audience.version());
        Rule rule = audience.rule();
        put(json, "rule", rule == null ? null : rule.toJson());
        put(json, "every", audience.every());
        audience.excluded().forEach(json.putArray("excluded")::add);
        put(json, "limit", audience.limit());
        put(json, "owner", audience.owner() == null ? null : audience.owner().value());
        put(json, "description", audience.description());
        return text(json);
    }

    /** The audience that was written. */
    public static AudienceRule audience(String text) {
        return parsed(text, json -> {
            SortedSet<String> excluded = new TreeSet<>();
            json.path("excluded").forEach(it -> excluded.add(it.asText()));
            return new AudienceRule(
                    json.path("key").asText(),
                    json.path("name").asText(),
                    AudienceKind.valueOf(json.path("kind").asText()),
                    AudienceStatus.valueOf(json.path("status").asText()),
                    read(json, "rule", Rule::parse),
                    read(json, "every", Duration::parse),
                    excluded,
                    read(json, "limit", Integer::valueOf),
                    read(json, "owner", StaffId::of),
                    read(json, "description", it -> it),
                    json.path("number").asLong(),
                    json.path("version").asLong());
        });
    }

    /** A template. */
    public static String of(AudienceTemplate template) {
        ObjectNode json = JSON.createObjectNode()
                .put("key", template.key())
                .put("name", template.name())
                .put("form", template.form())
                .put("version", template.version());
        put(json, "description", template.description());
        ArrayNode parameters = json.putArray("parameters");
        for (TemplateParameter parameter : template.parameters()) {
            ObjectNode one = parameters
                    .addObject()
                    .put("name", parameter.name())
                    .put("type", parameter.type().name())
                    .put("label", parameter.label());
            value(one, "standard", parameter.standard());
            value(one, "min", parameter.min());
            value(one, "max", parameter.max());
            parameter.options().forEach(one.putArray("options")::add);
        }
        return text(json);
    }

    /** The template that was written. */
    public static AudienceTemplate template(String text) {
        return parsed(text, json -> {
            List<TemplateParameter> parameters = new ArrayList<>();
            for (JsonNode it : json.path("parameters")) {
                FieldType type = FieldType.valueOf(it.path("type").asText());
                List<String> options = new ArrayList<>();
                it.path("options").forEach(option -> options.add(option.asText()));
                parameters.add(new TemplateParameter(
                        it.path("name").asText(),
                        it.path("label").asText(),
                        type,
                        read(it, "standard", value -> FieldText.parse(type, value)),
                        read(it, "min", value -> FieldText.parse(type, value)),
                        read(it, "max", value -> FieldText.parse(type, value)),
                        options));
            }
            return new AudienceTemplate(
                    json.path("key").asText(),
                    json.path("name").asText(),
                    read(json, "description", it -> it),
                    parameters,
                    json.path("form").asText(),
                    json.path("version").asLong());
        });
    }

    private static void value(ObjectNode json, String name, @Nullable FieldValue value) {
        put(json, name, value == null ? null : FieldText.of(value));
    }

    private static <T> @Nullable T read(JsonNode json, String name, Function<String, T> form) {
        JsonNode value = json.get(name);
        return value == null ? null : form.apply(value.asText());
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws CrmException INVALID_VALUE if the text is none */
    private static <T> T parsed(String text, Function<JsonNode, T> form) {
        try {
            return form.apply(JSON.readTree(text));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw CoreError.INVALID_VALUE.causedBy(e, "the text is none that was stored");
        }
    }
}
