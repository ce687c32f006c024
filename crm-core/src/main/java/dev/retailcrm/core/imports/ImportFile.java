package dev.retailcrm.core.imports;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.nio.file.Path;

/**
 * A file to be imported: UTF-8, with or without a byte order mark. A record has at most {@value #MAX_RECORD} bytes, whatever the size
 * of the file. Immutable.
 *
 * @param format how its records are written
 * @param separator between the values of a record; of no meaning for {@link Format#JSON_LINES}
 */
public record ImportFile(Path path, Format format, char separator) {
    /** The most bytes of a record, its line breaks included. */
    public static final int MAX_RECORD = 256 * 1024;

    /** The most columns of a record. */
    public static final int MAX_COLUMNS = 500;

    /** How the records of a file are written. */
    public enum Format {
        /**
         * RFC 4180: values between separators, in double quotes if they hold a separator, quote or line break. The first record names the
         * columns.
         */
        CSV,
        /** One JSON object a line. A column is the name of a member, or a JSON pointer (RFC 6901) such as {@code /name/family}. */
        JSON_LINES
    }

    /** Refuses what is missing, and a separator that is a quote, a line break or beyond ASCII, with {@link CoreError#INVALID_VALUE}. */
    public ImportFile {
        Check.present(path, "file");
        Check.present(format, "format of the file");
        if (separator == '"' || separator == '\n' || separator == '\r' || separator > '~') {
            throw CoreError.INVALID_VALUE.because(
                    "the separator must be an ASCII character, no quote and no line break");
        }
    }

    /** A CSV file with commas between its values. */
    public static ImportFile csv(Path path) {
        return new ImportFile(path, Format.CSV, ',');
    }

    /** A file of one JSON object a line. */
    public static ImportFile jsonLines(Path path) {
        return new ImportFile(path, Format.JSON_LINES, ',');
    }

    /** The same with another separator, such as a semicolon or tabulator. */
    public ImportFile separatedBy(char character) {
        return new ImportFile(path, format, character);
    }
}
