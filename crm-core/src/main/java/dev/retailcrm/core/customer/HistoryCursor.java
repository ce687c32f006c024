package dev.retailcrm.core.customer;

import com.google.common.base.Splitter;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.spi.CustomerStore.Place;
import dev.retailcrm.core.spi.CustomerStore.Position;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of histories: version and line of the last change shown; before them, in a history of many customers, its instant and
 * customer. Stateless.
 */
final class HistoryCursor {
    private HistoryCursor() {}

    /** The page of one customer's history; one change more than its size was asked for. */
    static Page<FieldChange> page(List<FieldChange> found, int size) {
        return Page.of(found, size, HistoryCursor::after);
    }

    /** The page of many customers' history; one change more than its size was asked for. */
    static Page<FieldChange> pageOfMany(List<FieldChange> found, int size) {
        return Page.of(
                found,
                size,
                last -> last.at().toEpochMilli() + "." + last.customer().value() + "." + after(last));
    }

    private static String after(FieldChange change) {
        return change.version() + "." + change.line();
    }

    static @Nullable Position parse(@Nullable String cursor) {
        return cursor == null ? null : read(cursor, 2, HistoryCursor::position);
    }

    static @Nullable Place parseOfMany(@Nullable String cursor) {
        return cursor == null ? null : read(cursor, 4, HistoryCursor::place);
    }

    private static Place place(List<String> parts) {
        Instant at = Instant.ofEpochMilli(Long.parseLong(parts.get(0)));
        Instants.requireStorable(at);
        return new Place(at, CustomerId.of(Long.parseLong(parts.get(1))), position(parts.subList(2, 4)));
    }

    private static Position position(List<String> parts) {
        return new Position(Long.parseLong(parts.get(0)), Integer.parseInt(parts.get(1)));
    }

    private static <T> T read(String cursor, int size, Function<List<String>, T> parts) {
        List<String> split = Splitter.on('.').splitToList(cursor);
        try {
            if (split.size() == size) {
                return parts.apply(split);
            }
        } catch (NumberFormatException | DateTimeException | CrmException e) {
            throw CoreError.INVALID_CURSOR.causedBy(e, "not a cursor of this listing");
        }
        throw CoreError.INVALID_CURSOR.because("not a cursor of this listing");
    }
}
