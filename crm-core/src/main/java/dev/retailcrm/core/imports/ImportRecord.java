package dev.retailcrm.core.imports;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.retailcrm.core.kernel.CoreError;
import java.util.ArrayList;
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

    /**
     * The objects of an array in it.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link CoreError#INVALID_VALUE} if there is none
     */
    List<ImportRecord> items(String column) {
        throw CoreError.INVALID_VALUE.because("a line of CSV holds no objects");
    }

    /** An object in it; {@code null} if there is none. */
    @Nullable
    JsonNode object(String column) {
        throw CoreError.INVALID_VALUE.because("a line of CSV holds no objects");
    }

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

    /** The texts that several lines say of one thing. */
    static ImportRecord of(long line, Map<String, String> texts) {
        return new ImportRecord(line) {
            @Override
            @Nullable
            String value(String column) {
                return texts.get(column);
            }

            @Override
            String content() {
                return texts.toString();
            }
        };
    }

    static ImportRecord of(long line, JsonNode object) {
        return new ImportRecord(line) {
            @Override
            @Nullable
            String value(String column) {
                JsonNode node = at(column);
                if (node.isContainerNode()) {
                    throw CoreError.INVALID_VALUE.because("a text, number or boolean is expected");
                }
                if (node.isMissingNode() || node.isNull()) {
                    return null;
                }
                return node.isNumber() ? node.decimalValue().toPlainString() : node.asText();
            }

            private JsonNode at(String column) {
                return column.startsWith("/") ? object.at(JsonPointer.compile(column)) : object.path(column);
            }

            @Override
            List<ImportRecord> items(String column) {
                JsonNode array = at(column);
                List<ImportRecord> items = new ArrayList<>(array.size());
                array.forEach(item -> {
                    if (item.isObject()) {
                        items.add(of(line, item));
                    }
                });
                if (!array.isArray() || items.size() < array.size()) {
                    throw CoreError.INVALID_VALUE.because("an array of objects is expected");
                }
                return items;
            }

            @Override
            @Nullable
            JsonNode object(String column) {
                JsonNode node = at(column);
                if (node.isMissingNode() || node.isNull()) {
                    return null;
                }
                if (!node.isObject()) {
                    throw CoreError.INVALID_VALUE.because("an object is expected");
                }
                return node;
            }

            @Override
            String content() {
                return object.toString();
            }
        };
    }
}
