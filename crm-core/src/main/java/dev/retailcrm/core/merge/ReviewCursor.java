package dev.retailcrm.core.merge;

import com.google.common.base.Splitter;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.spi.ReviewStore.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a page of reviews ends, as text. Stateless. */
final class ReviewCursor {
    private ReviewCursor() {}

    static @Nullable Place parse(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        List<String> parts = Splitter.on('/').splitToList(cursor);
        try {
            if (parts.size() == 3) {
                return new Place(
                        Integer.parseInt(parts.get(0)),
                        CustomerId.of(Long.parseLong(parts.get(1))),
                        CustomerId.of(Long.parseLong(parts.get(2))));
            }
        } catch (NumberFormatException e) {
            throw CoreError.INVALID_CURSOR.causedBy(e, "not a cursor of this listing");
        }
        throw CoreError.INVALID_CURSOR.because("not a cursor of this listing");
    }

    static Page<Review> page(List<Review> found, int size) {
        List<Review> shown = found.subList(0, Math.min(size, found.size()));
        if (found.size() <= size) {
            return new Page<>(shown, null);
        }
        Review last = shown.get(size - 1);
        return new Page<>(
                shown,
                last.millionths() + "/" + last.first().value() + "/"
                        + last.second().value());
    }
}
