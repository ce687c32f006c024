package dev.retailcrm.core.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the records of a file by column. Not thread-safe. */
final class RecordReader implements AutoCloseable {
    private static final int MAX_DEPTH = 20;
    private static final int MAX_DIGITS = 40;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final RecordSplitter splitter;
    private final CsvReaderBuilder csv;
    private final boolean isJson;
    private final Map<String, Integer> columns = new HashMap<>();
    private long lines;
    private long bytes;

    private RecordReader(ImportFile file) throws IOException {
        this.splitter = new RecordSplitter(file);
        this.isJson = file.format() == ImportFile.Format.JSON_LINES;
        this.csv = CsvReader.builder().fieldSeparator(file.separator());
    }

    /** What comes next: a record, or why it cannot be read. */
    record Next(@Nullable ImportRecord record, @Nullable Fault fault) {}

    /**
     * Opens a file behind what was read of it.
     *
     * @param wanted columns that must be there
     * @throws CrmException {@link CoreError#INVALID_VALUE} naming a column that is not, or is named twice
     */
    static RecordReader open(ImportFile file, Set<String> wanted, ImportProgress from) throws IOException {
        RecordReader reader = new RecordReader(file);
        try {
            reader.prepare(wanted, from);
            return reader;
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private void prepare(Set<String> wanted, ImportProgress from) throws IOException {
        if (isJson) {
            wanted.stream().filter(column -> column.startsWith("/")).forEach(RecordReader::requirePointer);
        } else {
            RawRecord header = splitter.next();
            if (header == null || header.text() == null) {
                throw CoreError.INVALID_VALUE.because("the file has no readable header");
            }
            List<String> names = values(header.text());
            for (int i = 0; i < names.size(); i++) {
                columns.put(names.get(i).strip(), i);
            }
            for (String column : wanted) {
                if (!columns.containsKey(column)) {
                    throw CoreError.INVALID_VALUE.because("the file has no column '%s'", column);
                }
                if (names.stream().filter(name -> name.strip().equals(column)).count() > 1) {
                    throw CoreError.INVALID_VALUE.because("the file has two columns '%s'", column);
                }
            }
            lines = header.endLine();
            bytes = header.end();
        }
        if (from.bytes() > splitter.size()) {
            throw CoreError.INVALID_VALUE.because("the file is shorter than what was read of it");
        }
        if (from.bytes() > bytes) {
            splitter.seek(from.bytes(), from.lines());
            lines = from.lines();
            bytes = from.bytes();
        }
    }

    private static void requirePointer(String column) {
        try {
            JsonPointer.compile(column);
        } catch (IllegalArgumentException e) {
            throw CoreError.INVALID_VALUE.because("'%s' is no JSON pointer", column);
        }
    }

    /** The next record; {@code null} at the end. */
    @Nullable
    Next next() throws IOException {
        RawRecord raw = splitter.next();
        if (raw == null) {
            return null;
        }
        lines = raw.endLine();
        bytes = raw.end();
        if (raw.text() == null) {
            return new Next(null, raw.fault());
        }
        try {
            return new Next(isJson ? object(raw.line(), raw.text()) : row(raw.line(), raw.text()), null);
        } catch (CrmException refusal) {
            return new Next(null, new Fault(raw.line(), null, refusal));
        }
    }

    private ImportRecord row(long line, String text) {
        List<String> values = values(text);
        if (values.size() != columns.size()) {
            throw CoreError.INVALID_VALUE.because(
                    "the record has %d values, the header %d columns", values.size(), columns.size());
        }
        return ImportRecord.of(line, columns, values);
    }

    private List<String> values(String text) {
        List<String> values;
        try {
            values = csv.ofSingleCsvRecord(text).getFields();
        } catch (CsvParseException e) {
            throw CoreError.INVALID_VALUE.because("the record is no CSV");
        }
        if (values.size() > ImportFile.MAX_COLUMNS) {
            throw CoreError.INVALID_VALUE.because("a record has at most %d columns", ImportFile.MAX_COLUMNS);
        }
        return values;
    }

    private static ImportRecord object(long line, String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw CoreError.INVALID_VALUE.because("the line is no JSON object, or names a member twice");
        }
        if (node == null || !node.isObject()) {
            throw CoreError.INVALID_VALUE.because("the line is no JSON object");
        }
        return ImportRecord.of(line, node);
    }

    /** The number of the last line read. */
    long lines() {
        return lines;
    }

    /** Where the next record begins. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        splitter.close();
    }
}
