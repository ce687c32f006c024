package dev.retailcrm.core.imports;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.retailcrm.core.kernel.CoreError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a record by column. Immutable. */
abstract class ImportRecord {
    private final long line;

    private ImportRecord(long line) {
        this.line = line;
    }

    /** Where it begins, from 1. */
    long line() {
        return line;
    }

    /** The value without blanks around it; {@code null} if there is none, or nothing but blanks. */
    @Nullable
    String text(String column) {
        String text = value(column);
        return text == null || text.isBlank() ? null : text.strip();
    }

    abstract @Nullable String value(String column);

    /** Everything in it, by which it is known if it has no key. */
    abstract String content();

    static ImportRecord of(long line, Map<String, Integer> columns, List<String> values) {
        return new ImportRecord(line) {
            @Override
            @Nullable
            String value(String column) {
                Integer index = columns.get(column);
                return index == null ? null : values.get(index);
            }

            @Override
            String content() {
                return String.join("\u0000", values);
            }
        };
    }

    static ImportRecord of(long line, JsonNode object) {
        return new ImportRecord(line) {
            @Override
            @Nullable
            String value(String column) {
                JsonNode node = column.startsWith("/") ? object.at(JsonPointer.compile(column)) : object.path(column);
                if (node.isContainerNode()) {
                    throw CoreError.INVALID_VALUE.because("a text, number or boolean is expected");
                }
                if (node.isMissingNode() || node.isNull()) {
                    return null;
                }
                return node.isNumber() ? node.decimalValue().toPlainString() : node.asText();
            }

            @Override
            String content() {
                return object.toString();
            }
        };
    }
}
