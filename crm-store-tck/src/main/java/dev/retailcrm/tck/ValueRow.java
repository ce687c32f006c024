package dev.retailcrm.tck;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One value of a tenant that is replaced as a whole. */
final class ValueRow<T> extends LockableRow {
    private volatile @Nullable T value;
    private @Nullable T next;

    /** The value as this reader sees it. */
    Optional<T> value(@Nullable InMemoryTransaction reader) {
        return Optional.ofNullable(next != null && isOwnedBy(reader) ? next : value);
    }

    /** Puts a value in place of the one before. The owner calls it. */
    void put(T after) {
        next = after;
    }

    @Override
    void publish() {
        if (next != null) {
            value = next;
            next = null;
        }
    }

    @Override
    void forget() {
        next = null;
    }
}
