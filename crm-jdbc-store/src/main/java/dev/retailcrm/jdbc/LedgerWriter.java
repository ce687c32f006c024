package dev.retailcrm.jdbc;

import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.List;
import java.util.Set;

/** Writes decisions of the ledger, each engine in its best shape. Stateless. */
interface LedgerWriter {
    /** False, and nothing written, if the key was booked before. */
    boolean apply(Session session, LedgerChange change);

    /** The customers whose key was booked before, for whom nothing is written. */
    Set<CustomerId> applyAll(Session session, List<LedgerChange> changes);

    static LedgerWriter on(Settings settings) {
        var portable = new PortableLedgerWriter(settings);
        return settings.engine() == Engine.POSTGRESQL ? new PostgresLedgerWriter(portable) : portable;
    }
}
