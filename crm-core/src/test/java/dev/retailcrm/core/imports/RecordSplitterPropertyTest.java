package dev.retailcrm.core.imports;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Records are split where a CSV library would split them, at known places, and never held beyond their limit. */
class RecordSplitterPropertyTest {
    @Property(tries = 300)
    void splits_what_a_csv_library_wrote_and_goes_on_from_any_record(
            @ForAll("tables") List<List<String>> table, @ForAll LineDelimiter delimiter) throws IOException {
        if (delimiter == LineDelimiter.PLATFORM) {
            return;
        }
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(delimiter).build(text)) {
            table.forEach(csv::writeRecord);
        }
        Path path = Files.createTempFile("split", ".csv");
        try {
            Files.writeString(path, text.toString());
            List<RawRecord> records = split(path, 0, 0);

            assertThat(records)
                    .extracting(it -> CsvReader.builder()
                            .ofSingleCsvRecord(Objects.requireNonNull(it.text()))
                            .getFields())
                    .isEqualTo(table);
            for (int i = 0; i < records.size(); i++) {
                RawRecord before = records.get(i);
                assertThat(split(path, before.end(), before.endLine()))
                        .isEqualTo(records.subList(i + 1, records.size()));
            }
        } finally {
            Files.delete(path);
        }
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> values = Arbitraries.strings()
                .withChars('a', ',', '"', '\n', ' ', '\u4e2d')
                .ofMaxLength(6);
        return values.list().ofMinSize(2).ofMaxSize(4).list().ofMaxSize(6);
    }

    @Test
    void lines_that_are_too_long_not_closed_or_not_utf_8_are_refused_and_the_next_is_read() throws IOException {
        String tooLong = "x".repeat(3 * ImportFile.MAX_RECORD);
        List<byte[]> lines = List.of(
                bytes("\uFEFFa,b\n"),
                bytes("1," + tooLong + "\n"),
                bytes("2,ok\n"),
                new byte[] {'5', ',', (byte) 0xC3, '(', '\n'},
                bytes("6,\"two\nlines "),
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                bytes("\"\n7,\"ok\"\n"),
                bytes("8,\"never closed\n"),
                bytes("9,ok"));
        Path path = Files.createTempFile("hostile", ".csv");
        try (var out = Files.newOutputStream(path)) {
            for (byte[] line : lines) {
                out.write(line);
            }
        }

        List<RawRecord> records = split(path, 0, 0);

        Files.delete(path);
        assertThat(records)
                .extracting(RecordSplitterPropertyTest::text)
                .containsExactly(
                        "1 a,b",
                        "2 refused at 2 null",
                        "3 2,ok",
                        "4 refused at 4 3",
                        "5 refused at 6 7",
                        "7 7,\"ok\"",
                        "8 refused at 8 null",
                        "9 9,ok");
    }

    private static String text(RawRecord record) {
        Fault fault = record.fault();
        return record.line() + " "
                + (fault == null ? record.text() : "refused at " + fault.line() + " " + fault.column());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<RawRecord> split(Path path, long bytes, long lines) throws IOException {
        List<RawRecord> records = new ArrayList<>();
        try (var splitter = new RecordSplitter(ImportFile.csv(path))) {
            if (bytes > 0) {
                splitter.seek(bytes, lines);
            }
            for (RawRecord next = splitter.next(); next != null; next = splitter.next()) {
                records.add(next);
            }
        }
        return records;
    }
}
