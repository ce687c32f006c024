package dev.retailcrm.core.privacy;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an export as JSON, row by row. The stream stays open. Not thread-safe. */
final class ExportDocument implements AutoCloseable {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private final JsonGenerator json;
    private @Nullable String list;

    ExportDocument(OutputStream out) throws IOException {
        json = FACTORY.createGenerator(out, JsonEncoding.UTF8).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT); // an export that broke off must not look whole
    }

    void begin(TenantId tenant, CustomerId customer, Instant at) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", Privacy.FORMAT);
        json.writeNumberField("version", Privacy.FORMAT_VERSION);
        json.writeStringField("tenant", tenant.value());
        json.writeStringField("customer", customer.toString());
        json.writeStringField("exportedAt", at.toString());
        json.writeArrayFieldStart("records");
    }

    void beginRecord(CustomerId id) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id.toString());
    }

    void beginPart(String name) throws IOException {
        json.writeObjectFieldStart(name);
    }

    void row(ExportRow row) throws IOException {
        if (!row.list().equals(list)) {
            endList();
            list = row.list();
            json.writeArrayFieldStart(list);
        }
        write(row.values());
    }

    private void endList() throws IOException {
        if (list != null) {
            json.writeEndArray();
            list = null;
        }
    }

    void endPart() throws IOException {
        endList();
        json.writeEndObject();
    }

    void endRecord() throws IOException {
        json.writeEndObject();
    }

    void end() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
    }

    private void write(Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                write(entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> items) {
            json.writeStartArray();
            for (Object item : items) {
                write(item);
            }
            json.writeEndArray();
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal.toPlainString());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString(value.toString());
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
