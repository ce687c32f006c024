package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.spi.UnitOfWork;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Transactions over the in-memory stores, bound to the thread that began them. Nobody sees what another transaction has not committed.
 * A lock is waited for as long as the database allows; of two transactions that wait for each other the later one gives way at once.
 * Thread-safe.
 */
public final class InMemoryUnitOfWork implements UnitOfWork {
    private static final int ATTEMPTS = 3;

    private final InMemoryDatabase database;
    private final ThreadLocal<Current> current = ThreadLocal.withInitial(Current::new);

    /** The transaction of one thread. */
    private static final class Current {
        private @Nullable InMemoryTransaction transaction;
    }

    InMemoryUnitOfWork(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public <T> T run(Supplier<T> work) {
        Current mine = current.get();
        InMemoryTransaction joined = mine.transaction;
        if (joined != null) {
            joined.requireAlive();
            return work.get();
        }
        for (int attempt = 1; ; attempt++) {
            if (attempt > 1) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000, 5_000_000) * attempt);
            }
            var own = new InMemoryTransaction(database);
            mine.transaction = own;
            try {
                T result = work.get();
                own.requireAlive();
                own.commit();
                return result;
            } catch (CrmException e) {
                if (!own.isVictim() || attempt == ATTEMPTS) {
                    throw e;
                }
            } finally {
                mine.transaction = null;
                own.end();
            }
        }
    }

    @Override
    public <T> T read(Supplier<T> work) {
        InMemoryTransaction joined = current.get().transaction;
        if (joined != null) {
            joined.requireAlive();
        }
        return work.get();
    }

    /**
     * Begins a transaction as a host would: everything this thread does through the stores joins it until it is ended.
     *
     * @throws IllegalStateException if this thread has one already
     */
    public HostTransaction begin() {
        Current mine = current.get();
        if (mine.transaction != null) {
            throw new IllegalStateException("this thread has a transaction already");
        }
        var begun = new InMemoryTransaction(database);
        mine.transaction = begun;
        return new Host(begun);
    }

    /** The thread's transaction, for what only a transaction may do. */
    InMemoryTransaction required() {
        InMemoryTransaction transaction = current.get().transaction;
        if (transaction == null) {
            throw new IllegalStateException("locks and writes need a transaction");
        }
        transaction.requireAlive();
        return transaction;
    }

    /** The thread's transaction, if it has one. */
    @Nullable
    InMemoryTransaction joined() {
        InMemoryTransaction transaction = current.get().transaction;
        if (transaction != null) {
            transaction.requireAlive();
        }
        return transaction;
    }

    private final class Host implements HostTransaction {
        private final InMemoryTransaction begun;

        Host(InMemoryTransaction begun) {
            this.begun = begun;
        }

        @Override
        public void commit() {
            Current mine = mine();
            try {
                begun.requireAlive();
                begun.commit();
            } finally {
                end(mine);
            }
        }

        @Override
        public void rollback() {
            end(mine());
        }

        @Override
        public void close() {
            if (current.get().transaction == begun) {
                rollback();
            }
        }

        private Current mine() {
            Current mine = current.get();
            if (mine.transaction != begun) {
                throw new IllegalStateException("the transaction has ended or belongs to another thread");
            }
            return mine;
        }

        private void end(Current mine) {
            mine.transaction = null;
            begun.end();
        }
    }
}
