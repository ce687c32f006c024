package dev.retailcrm.tags;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.core.field.FieldText;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorKind;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.rule.Rule;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tags as JSON, for stores; equal ones have equal texts. Stateless. */
public final class TagText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TagText() {}

    /** A group. */
    public static String of(TagGroup group) {
        return text(json(group));
    }

    /** A tag. */
    public static String of(TagDefinition tag) {
        return text(json(tag));
    }

    /** A template. */
    public static String of(TagTemplate template) {
        ObjectNode json = JSON.createObjectNode()
                .put("key", template.key())
                .put("name", template.name())
                .put("scene", template.scene())
                .put("version", template.version());
        ArrayNode groups = json.putArray("groups");
        template.groups().forEach(it -> groups.add(json(it)));
        ArrayNode tags = json.putArray("tags");
        template.tags().forEach(it -> tags.add(json(it)));
        return text(json);
    }

    /** An automatic tag. */
    public static String of(AutoTag automatic) {
        ObjectNode json = JSON.createObjectNode().put("key", automatic.key()).put("tag", automatic.tag());
        value(json, automatic.tagging().value());
        json.put("removes", automatic.removes())
                .put("active", automatic.active())
                .put("rule", automatic.rule().toJson())
                .put("version", automatic.version());
        return text(json);
    }

    /** What a customer has of a tag. */
    public static String of(TagMark mark) {
        ObjectNode json = JSON.createObjectNode()
                .put("tag", mark.tag())
                .put("from", mark.from().toEpochMilli());
        if (mark.until() != null) {
            json.put("until", mark.until().toEpochMilli());
        }
        value(json, mark.value());
        source(json, mark.source());
        Actor actor = mark.actor();
        json.put("actor", actor.kind().name()).put("actorId", actor.id());
        put(json, "store", actor.store());
        put(json, "channel", actor.channel());
        return text(json);
    }

    /** What is to become of a customer's tags. */
    public static String of(TagPatch patch) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode assigned = json.putArray("assigned");
        for (Tagging tagging : patch.assigned()) {
            ObjectNode one = assigned.addObject().put("tag", tagging.tag());
            value(one, tagging.value());
            if (tagging.until() != null) {
                one.put("until", tagging.until().toEpochMilli());
            }
        }
        patch.removed().forEach(json.putArray("removed")::add);
        patch.replaced().forEach(json.putArray("replaced")::add);
        source(json, patch.source());
        put(json, "reason", patch.reason());
        return text(json);
    }

    /** The group that was written. */
    public static TagGroup group(String text) {
        return parsed(text, TagText::group);
    }

    /** The tag that was written. */
    public static TagDefinition tag(String text) {
        return parsed(text, TagText::tag);
    }

    /** The template that was written. */
    public static TagTemplate template(String text) {
        return parsed(text, json -> {
            List<TagGroup> groups = new ArrayList<>();
            json.path("groups").forEach(it -> groups.add(group(it)));
            List<TagDefinition> tags = new ArrayList<>();
            json.path("tags").forEach(it -> tags.add(tag(it)));
            return new TagTemplate(
                    json.path("key").asText(),
                    json.path("name").asText(),
                    json.path("scene").asText(),
                    groups,
                    tags,
                    json.path("version").asLong());
        });
    }

    /** The automatic tag that was written. */
    public static AutoTag autoTag(String text) {
        return parsed(
                text,
                json -> new AutoTag(
                        json.path("key").asText(),
                        new Tagging(json.path("tag").asText(), value(json), null),
                        Rule.parse(json.path("rule").asText()),
                        json.path("removes").asBoolean(),
                        json.path("active").asBoolean(),
                        json.path("version").asLong()));
    }

    /** What a customer has of a tag, as it was written. */
    public static TagMark mark(String text) {
        return parsed(text, json -> {
            String store = string(json, "store");
            return new TagMark(
                    json.path("tag").asText(),
                    Instant.ofEpochMilli(json.path("from").asLong()),
                    instant(json, "until"),
                    value(json),
                    source(json),
                    new Actor(
                            ActorKind.valueOf(json.path("actor").asText()),
                            json.path("actorId").asText(),
                            store == null ? null : StoreId.of(store),
                            string(json, "channel")));
        });
    }

    /** What is to become of a customer's tags, as it was written. */
    public static TagPatch patch(String text) {
        return parsed(text, json -> {
            List<Tagging> assigned = new ArrayList<>();
            json.path("assigned")
                    .forEach(it -> assigned.add(new Tagging(it.path("tag").asText(), value(it), instant(it, "until"))));
            return new TagPatch(
                    assigned,
                    strings(json.path("removed")),
                    strings(json.path("replaced")),
                    source(json),
                    string(json, "reason"));
        });
    }

    private static ObjectNode json(TagGroup group) {
        ObjectNode json = JSON.createObjectNode()
                .put("key", group.key())
                .put("name", group.name())
                .put("exclusive", group.exclusive())
                .put("version", group.version());
        put(json, "description", group.description());
        return json;
    }

    private static ObjectNode json(TagDefinition tag) {
        ObjectNode json = JSON.createObjectNode()
                .put("key", tag.key())
                .put("name", tag.name())
                .put("status", tag.status().name())
                .put("version", tag.version());
        put(json, "group", tag.group());
        put(json, "type", tag.valueType());
        put(json, "store", tag.store());
        put(json, "colour", tag.colour());
        put(json, "description", tag.description());
        put(json, "owner", tag.owner());
        if (tag.maxCustomers() != null) {
            json.put("max", tag.maxCustomers());
        }
        put(json, "lifetime", tag.lifetime());
        put(json, "mergedInto", tag.mergedInto());
        put(json, "mergeRule", tag.mergeRule());
        return json;
    }

    private static TagGroup group(JsonNode json) {
        return new TagGroup(
                json.path("key").asText(),
                json.path("name").asText(),
                json.path("exclusive").asBoolean(),
                string(json, "description"),
                json.path("version").asLong());
    }

    private static TagDefinition tag(JsonNode json) {
        return new TagDefinition(
                json.path("key").asText(),
                json.path("name").asText(),
                string(json, "group"),
                read(json, "type", FieldType::valueOf),
                read(json, "store", StoreId::of),
                string(json, "colour"),
                string(json, "description"),
                read(json, "owner", StaffId::of),
                json.has("max") ? json.path("max").asLong() : null,
                read(json, "lifetime", Duration::parse),
                TagStatus.valueOf(json.path("status").asText()),
                string(json, "mergedInto"),
                read(json, "mergeRule", TagMergeRule::valueOf),
                json.path("version").asLong());
    }

    private static void value(ObjectNode json, @Nullable FieldValue value) {
        if (value != null) {
            json.put("type", value.type().name()).put("value", FieldText.of(value));
        }
    }

    private static @Nullable FieldValue value(JsonNode json) {
        String type = string(json, "type");
        return type == null
                ? null
                : FieldText.parse(FieldType.valueOf(type), json.path("value").asText());
    }

    private static void source(ObjectNode json, TagSource source) {
        json.put("source", source.kind().name());
        put(json, "reference", source.reference());
        if (source.version() > 0) {
            json.put("sourceVersion", source.version());
        }
    }

    private static TagSource source(JsonNode json) {
        return new TagSource(
                TagSource.Kind.valueOf(json.path("source").asText()),
                string(json, "reference"),
                json.path("sourceVersion").asLong());
    }

    private static @Nullable Instant instant(JsonNode json, String name) {
        return json.has(name) ? Instant.ofEpochMilli(json.path(name).asLong()) : null;
    }

    private static Set<String> strings(JsonNode json) {
        Set<String> all = new TreeSet<>();
        json.forEach(it -> all.add(it.asText()));
        return all;
    }

    private static <T> @Nullable T read(JsonNode json, String name, Function<String, T> form) {
        String text = string(json, name);
        return text == null ? null : form.apply(text);
    }

    private static @Nullable String string(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null ? null : value.asText();
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
