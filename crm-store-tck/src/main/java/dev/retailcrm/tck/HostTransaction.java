package dev.retailcrm.tck;

/**
 * A transaction that the host owns: what the library does in the thread that began it joins it. Ends once; {@link #close()} rolls
 * back what was not ended. Not thread-safe.
 */
public interface HostTransaction extends AutoCloseable {
    /**
     * Commits.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link dev.retailcrm.core.kernel.CoreError#TRANSACTION_LOST} if it was lost before;
     *     then it is rolled back
     */
    void commit();

    /** Rolls back. */
    void rollback();

    /** Rolls back unless it was ended before. */
    @Override
    void close();
}
