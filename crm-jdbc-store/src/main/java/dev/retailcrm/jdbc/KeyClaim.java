package dev.retailcrm.jdbc;

import dev.retailcrm.core.kernel.CoreError;
import java.util.function.BooleanSupplier;

/**
 * Inserts a row whose key somebody else may insert at the same time. PostgreSQL and MariaDB wait for whoever did and has not ended his
 * transaction. H2 (2.5.252) answers at times with a duplicate whose row is not committed and may yet be rolled back: then nobody is seen to hold
 * the key, and the insert is made again. Stateless.
 */
final class KeyClaim {
    private static final int ATTEMPTS = 100;
    private static final int LONGEST_PAUSE_MILLIS = 20;

    private KeyClaim() {}

    /**
     * Whether the row was inserted.
     *
     * @param insert whether it inserted the row
     * @param isHeld whether somebody is seen to hold the key
     */
    static boolean claim(BooleanSupplier insert, BooleanSupplier isHeld) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (insert.getAsBoolean()) {
                return true;
            }
            if (isHeld.getAsBoolean()) {
                return false;
            }
            Pause.millis(Math.min(attempt, LONGEST_PAUSE_MILLIS));
        }
        throw CoreError.LOCK_TIMEOUT.because("another transaction holds the key and does not end");
    }
}
