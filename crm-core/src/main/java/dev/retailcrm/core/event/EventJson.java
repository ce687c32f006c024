package dev.retailcrm.core.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.retailcrm.core.kernel.CoreError;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Writes event data and CloudEvents. Names are sorted, so that equal data is equal text. */
final class EventJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MAX_DEPTH = 4;
    private static final Comparator<Map.Entry<?, ?>> BY_NAME =
            Comparator.comparing(field -> String.valueOf(field.getKey()));

    private EventJson() {}

    static String object(Map<String, ?> data) {
        return write(json -> writeObject(json, data, 1));
    }

    static String cloudEvent(EventEnvelope event) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("specversion", "1.0");
            json.writeStringField("id", event.id());
            json.writeStringField("source", "/" + event.tenant() + "/" + event.source());
            json.writeStringField("type", "dev.retailcrm." + event.type());
            json.writeStringField("subject", event.customer().toString());
            json.writeStringField("time", event.at().toString());
            json.writeStringField("sequence", String.format(Locale.ROOT, "%019d", event.seq()));
            json.writeStringField("datacontenttype", "application/json");
            json.writeFieldName("data");
            json.writeRawValue(event.data());
            json.writeEndObject();
        });
    }

    private static void writeObject(JsonGenerator json, Map<?, ?> data, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw CoreError.INVALID_VALUE.because("event data is nested deeper than %d", MAX_DEPTH);
        }
        json.writeStartObject();
        for (Map.Entry<?, ?> field : byName(data)) {
            json.writeFieldName(String.valueOf(field.getKey()));
            writeValue(json, field.getValue(), depth);
        }
        json.writeEndObject();
    }

    private static Iterable<? extends Map.Entry<?, ?>> byName(Map<?, ?> data) {
        if (data instanceof SortedMap<?, ?> sorted && sorted.comparator() == null) {
            return sorted.entrySet();
        }
        List<Map.Entry<?, ?>> fields = new ArrayList<>(data.entrySet());
        fields.sort(BY_NAME);
        return fields;
    }

    private static void writeValue(JsonGenerator json, @Nullable Object value, int depth) throws IOException {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number.toPlainString());
        } else if (value instanceof Enum<?> constant) {
            json.writeString(constant.name());
        } else if (value instanceof Instant instant) {
            json.writeString(instant.toString());
        } else if (value instanceof Map<?, ?> map) {
            writeObject(json, map, depth + 1);
        } else if (value instanceof Iterable<?> items) {
            writeArray(json, items, depth + 1);
        } else {
            throw CoreError.INVALID_VALUE.because(
                    "event data cannot hold %s",
                    value == null ? "null" : value.getClass().getName());
        }
    }

    private static void writeArray(JsonGenerator json, Iterable<?> items, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw CoreError.INVALID_VALUE.because("event data is nested deeper than %d", MAX_DEPTH);
        }
        json.writeStartArray();
        for (Object item : items) {
            writeValue(json, item, depth);
        }
        json.writeEndArray();
    }

    private static String write(Content content) {
        var text = new StringWriter(128);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            content.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter never fails
        }
        return text.toString();
    }

    private interface Content {
        void to(JsonGenerator json) throws IOException;
    }
}
