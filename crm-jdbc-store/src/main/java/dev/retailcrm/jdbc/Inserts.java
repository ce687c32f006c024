package dev.retailcrm.jdbc;

import java.sql.SQLException;
import org.jooq.InsertQuery;
import org.jooq.exception.IntegrityConstraintViolationException;

/** Inserts that may meet rows with their keys, without a unique violation that would end PostgreSQL's transaction. */
final class Inserts {
    private Inserts() {}

    /**
     * Runs the insert and returns how many rows it wrote. PostgreSQL passes over rows that are there; the other engines, which
     * survive the violation, then write none of the statement's.
     */
    static int unlessPresent(Session session, InsertQuery<?> insert) {
        if (session.engine() == Engine.POSTGRESQL) {
            insert.onDuplicateKeyIgnore(true);
            return insert.execute();
        }
        try {
            return insert.execute();
        } catch (IntegrityConstraintViolationException e) {
            if (e.getCause() instanceof SQLException cause && session.engine().isDuplicateKey(cause)) {
                return 0;
            }
            throw e;
        }
    }
}
