package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.function.Supplier;

/**
 * Runs work in a transaction. Thread-safe; a transaction belongs to one thread. Numbered rules are checked by
 * {@code UnitOfWorkContract} under the same numbers.
 */
public interface UnitOfWork {
    /**
     * Runs the work in the current transaction if there is one, else in one of its own.
     *
     * <p><b>[UW-1]</b> In its own transaction everything the work wrote is committed when it returns, and nothing of it when it
     * throws. <b>[UW-2]</b> In a current transaction it neither commits nor rolls back: the owner does. <b>[UW-3]</b> A refusal
     * (a {@link CrmException} of kind INVALID or REJECTED, or a CONFLICT about content) leaves the current transaction usable.
     * <b>[UW-4]</b> Work in an own transaction may be run again, up to eight times in all, after the database chose it as a victim
     * of a deadlock or serialization failure; in a joined one that is {@link CoreError#TRANSACTION_LOST}, and every further call
     * in that transaction is refused with the same code.
     *
     * @throws CrmException {@link CoreError#COMMIT_OUTCOME_UNKNOWN} if an own commit was sent and nobody answered;
     *     {@link CoreError#LOCK_TIMEOUT}, {@link CoreError#TRANSACTION_LOST}, {@link CoreError#STORE_FAILED}; and whatever the
     *     work throws
     */
    <T> T run(Supplier<T> work);

    /**
     * Runs work that only reads: in the current transaction if there is one, else without a transaction of its own, so that each
     * statement sees what is committed when it starts.
     */
    <T> T read(Supplier<T> work);
}
