package dev.retailcrm.core.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /**
     * The page of a query that was asked for one item more than the page holds.
     *
     * @param size how many the page holds at most
     * @param cursor where to go on behind an item
     */
    public static <T> Page<T> of(List<T> found, int size, Function<? super T, String> cursor) {
        List<T> shown = found.subList(0, Math.min(size, found.size()));
        return new Page<>(shown, found.size() > size ? cursor.apply(shown.get(size - 1)) : null);
    }

    /** The same page of what each item becomes. */
    public <U> Page<U> map(Function<? super T, ? extends U> item) {
        return new Page<>(items.stream().<U>map(item).toList(), cursor);
    }

    /** The request for the page after this one; empty if this was the last. */
    public Optional<PageRequest> next(int size) {
        return Optional.ofNullable(cursor).map(after -> PageRequest.after(after, size));
    }
}
