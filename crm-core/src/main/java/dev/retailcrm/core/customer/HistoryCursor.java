package dev.retailcrm.core.customer;

import com.google.common.base.Splitter;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.spi.CustomerStore.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cursors of a history: version and line of the last change shown. Stateless. */
final class HistoryCursor {
    private HistoryCursor() {}

    static String after(FieldChange change) {
        return change.version() + "." + change.line();
    }

    static @Nullable Position parse(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        List<String> parts = Splitter.on('.').splitToList(cursor);
        try {
            if (parts.size() == 2) {
                return new Position(Long.parseLong(parts.get(0)), Integer.parseInt(parts.get(1)));
            }
        } catch (NumberFormatException e) {
            throw CoreError.INVALID_CURSOR.causedBy(e, "not a cursor of this listing");
        }
        throw CoreError.INVALID_CURSOR.because("not a cursor of this listing");
    }
}
