package dev.retailcrm.core.merge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retailcrm.core.kernel.CoreError;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a merge moved and what stood against it as JSON, for stores. Stateless. */
public final class MergeText {
    /** The most characters of either text. */
    public static final int MAX_LENGTH = 16_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private MergeText() {}

    /**
     * What each feature moved.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link CoreError#STORE_FAILED} if it is longer than {@value #MAX_LENGTH}
     */
    public static String ofParts(List<MergePart> parts) {
        ArrayNode json = JSON.createArrayNode();
        for (MergePart part : parts) {
            ObjectNode one = json.addObject().put("name", part.name()).put("receipt", part.receipt());
            ObjectNode moved = one.putObject("moved");
            part.moved().forEach(moved::put);
            one.set("conflicts", json(part.conflicts()));
        }
        return text(json);
    }

    /** Reads what {@link #ofParts} wrote. */
    public static List<MergePart> parts(String text) {
        List<MergePart> parts = new ArrayList<>();
        for (JsonNode one : read(text)) {
            Map<String, Long> moved = new TreeMap<>();
            one.path("moved")
                    .properties()
                    .forEach(it -> moved.put(it.getKey(), it.getValue().asLong()));
            parts.add(new MergePart(
                    one.path("name").asText(),
                    moved,
                    conflicts(one.path("conflicts")),
                    one.path("receipt").asText()));
        }
        return parts;
    }

    /**
     * What could not be given back.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link CoreError#STORE_FAILED} if it is longer than {@value #MAX_LENGTH}
     */
    public static String ofConflicts(List<MergeConflict> conflicts) {
        return text(json(conflicts));
    }

    /** Reads what {@link #ofConflicts} wrote. */
    public static List<MergeConflict> conflicts(String text) {
        return conflicts(read(text));
    }

    private static ArrayNode json(List<MergeConflict> conflicts) {
        ArrayNode json = JSON.createArrayNode();
        conflicts.forEach(it -> json.addObject()
                .put("part", it.part())
                .put("subject", it.subject())
                .put("reason", it.reason())
                .put("missing", it.missing())
                .put("blocking", it.blocking()));
        return json;
    }

    private static List<MergeConflict> conflicts(JsonNode json) {
        List<MergeConflict> conflicts = new ArrayList<>();
        json.forEach(it -> conflicts.add(new MergeConflict(
                it.path("part").asText(),
                it.path("subject").asText(),
                it.path("reason").asText(),
                it.path("missing").asLong(),
                it.path("blocking").asBoolean())));
        return conflicts;
    }

    private static String text(JsonNode json) {
        try {
            String text = JSON.writeValueAsString(json);
            if (text.length() > MAX_LENGTH) {
                throw CoreError.STORE_FAILED.because("a merge of this many parts cannot be kept");
            }
            return text;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw CoreError.STORE_FAILED.causedBy(e, "a merge is not written as it should be");
        }
    }
}
