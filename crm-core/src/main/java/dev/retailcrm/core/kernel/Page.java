package dev.retailcrm.core.kernel;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing in key order. Immutable.
 *
 * @param items at most as many as were asked for
 * @param cursor where the next page starts; {@code null} if this was the last
 */
public record Page<T>(List<T> items, @Nullable String cursor) {
    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }

    /** The request for the page after this one; empty if this was the last. */
    public Optional<PageRequest> next(int size) {
        return Optional.ofNullable(cursor).map(after -> PageRequest.after(after, size));
    }
}
