package dev.retailcrm.tck;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Something a transaction locks to its end. What its owner writes is staged, for the owner's eyes only, until it is published.
 */
abstract class LockableRow {
    final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable InMemoryTransaction owner;

    @Nullable
    InMemoryTransaction owner() {
        return owner;
    }

    boolean isOwnedBy(@Nullable InMemoryTransaction transaction) {
        return transaction != null && owner == transaction;
    }

    void own(InMemoryTransaction transaction) {
        owner = transaction;
    }

    void disown() {
        forget();
        owner = null;
    }

    /** Makes visible what the owner staged. Never fails. */
    abstract void publish();

    /** Drops what the owner staged. */
    abstract void forget();
}
