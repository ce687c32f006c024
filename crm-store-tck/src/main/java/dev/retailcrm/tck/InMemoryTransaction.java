package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One transaction: the customers it has locked and what it is to write. What it wrote is seen by nobody else until it is committed, so
 * rolling back is forgetting. Belongs to one thread; only {@code waitingFor} is read by others.
 */
final class InMemoryTransaction {
    /** More links than this between transactions that wait for one another are not followed. */
    private static final int LONGEST_CHAIN = 10_000;

    private final InMemoryDatabase database;
    private final List<LockableRow> locked = new ArrayList<>(2);
    private @Nullable OutboxChanges outbox;
    private volatile @Nullable LockableRow waitingFor;
    private boolean lost;
    private boolean victim;

    InMemoryTransaction(InMemoryDatabase database) {
        this.database = database;
    }

    /** Refuses to go on after the transaction was lost. */
    void requireAlive() {
        if (lost) {
            throw CoreError.TRANSACTION_LOST.because("the transaction was lost before; roll it back and repeat it");
        }
    }

    /** Whether it was chosen to end a deadlock, so that it may be run again. */
    boolean isVictim() {
        return victim;
    }

    /** Locks the customer until the end; does nothing if that was done before. */
    void lock(LockableRow rows) {
        if (!rows.isOwnedBy(this)) {
            if (!rows.lock.tryLock()) {
                await(rows);
            }
            rows.own(this);
            locked.add(rows);
        }
    }

    /** What it does to the outbox. */
    OutboxChanges outbox() {
        OutboxChanges changes = outbox;
        if (changes == null) {
            changes = new OutboxChanges(this, database);
            outbox = changes;
        }
        return changes;
    }

    /** The customers it has locked. */
    List<CustomerRows> lockedCustomers() {
        return locked.stream()
                .filter(CustomerRows.class::isInstance)
                .map(CustomerRows.class::cast)
                .toList();
    }

    private void await(LockableRow rows) {
        synchronized (database.waits) {
            waitingFor = rows;
            if (closesCircle(rows)) {
                waitingFor = null;
                victim = true;
                throw lose(
                        CoreError.TRANSACTION_LOST.because("two transactions wait for each other; this one gives way"));
            }
        }
        Duration patience = database.lockWait;
        boolean granted = false;
        try {
            granted = rows.lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waitingFor = null;
        }
        if (!granted) {
            throw lose(CoreError.LOCK_TIMEOUT.because("a lock was not granted within %d ms", patience.toMillis()));
        }
    }

    private boolean closesCircle(LockableRow wanted) {
        LockableRow next = wanted;
        for (int i = 0; next != null && i < LONGEST_CHAIN; i++) {
            InMemoryTransaction owner = next.owner();
            if (owner == this) {
                return true;
            }
            next = owner == null ? null : owner.waitingFor;
        }
        return false;
    }

    private CrmException lose(CrmException why) {
        lost = true;
        return why;
    }

    /**
     * Makes everything visible; of several rows all at once for whoever looks at many, and for others what look-ups lead to before the
     * look-ups.
     */
    void commit() {
        OutboxChanges changes = outbox;
        if (locked.size() == 1 && changes == null) {
            locked.get(0).publish();
            return;
        }
        database.commits.lock();
        try {
            locked.stream().filter(row -> !(row instanceof LookupRow)).forEach(LockableRow::publish);
            locked.stream().filter(LookupRow.class::isInstance).forEach(LockableRow::publish);
            if (changes != null) {
                changes.publish();
            }
        } finally {
            database.commits.unlock();
        }
    }

    /** Forgets what was not committed and gives the locks back. */
    void end() {
        if (outbox != null) {
            outbox.end();
        }
        for (int i = locked.size() - 1; i >= 0; i--) {
            LockableRow row = locked.get(i);
            row.disown();
            row.lock.unlock();
        }
        locked.clear();
    }
}
