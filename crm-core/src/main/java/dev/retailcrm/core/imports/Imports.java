package dev.retailcrm.core.imports;

import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;

/**
 * Imports files into one tenant, in transactions of some hundred records each, in constant memory. Each record is one command under a
 * request key made of the import's name and the record's own key, so a file that is imported again, or further after a stop, books
 * nothing twice. A record that is refused is told and does not hold up the others. Thread-safe.
 */
public final class Imports {
    private final Customers customers;

    /** Imports into these. */
    public Imports(Customers customers) {
        this.customers = Check.present(customers, "customers");
    }

    /**
     * Imports customers, as {@link Customers#registerAll} does.
     *
     * @return how far it came
     * @throws CrmException {@link CoreError#INVALID_VALUE} before anything is written if the mapping names a column that the file does
     *     not have, or the file cannot be read; an error of the store, and then it may be run again
     */
    public ImportProgress customers(ImportFile file, CustomerMapping mapping, ImportRun run) {
        Check.present(file, "file");
        Check.present(mapping, "mapping");
        Check.present(run, "run");
        return new Carriage<>(file, run, new CustomerLane(customers, mapping, run)).run();
    }
}
