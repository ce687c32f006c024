package dev.retailcrm.core.imports;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.time.DateTimeException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says which value of a record is refused. */
final class FaultyValue extends Exception {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final CrmException refusal;

    FaultyValue(String column, CrmException refusal) {
        super(refusal.getMessage(), null, false, false);
        this.column = column;
        this.refusal = refusal;
    }

    String column() {
        return column;
    }

    /** The same of a value within another. */
    FaultyValue within(String path) {
        return new FaultyValue(path + (column.startsWith("/") ? "" : "/") + column, refusal);
    }

    CrmException refusal() {
        return refusal;
    }

    /** What a record's value means; {@code null} if it has none. */
    static <T> @Nullable T in(ImportRecord record, String column, Function<String, T> meaning) throws FaultyValue {
        return of(column, () -> {
            String text = record.text(column);
            return text == null ? null : meaning.apply(text);
        });
    }

    /** What is found in a column. */
    static <T extends @Nullable Object> T of(String column, Supplier<T> reading) throws FaultyValue {
        try {
            return reading.get();
        } catch (CrmException refusal) {
            throw new FaultyValue(column, refusal);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new FaultyValue(column, CoreError.INVALID_VALUE.because("the value is not of the kind expected"));
        }
    }

    /** What a record's value means; refused if there is none. */
    static <T> T required(ImportRecord record, String column, Function<String, T> meaning) throws FaultyValue {
        T value = in(record, column, meaning);
        if (value == null) {
            throw new FaultyValue(column, CoreError.INVALID_VALUE.because("the value is missing"));
        }
        return value;
    }
}
