package dev.retailcrm.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** What rows of synchronisation hold of sets and counts, as JSON. Stateless. */
final class SyncJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Set<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Boolean>> FLAGS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

    private SyncJson() {}

    static String of(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<String> texts(String json) {
        return parse(json, TEXTS);
    }

    static Map<String, Boolean> flags(String json) {
        return parse(json, FLAGS);
    }

    static Map<String, Long> counts(String json) {
        return parse(json, COUNTS);
    }

    private static <T> T parse(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
