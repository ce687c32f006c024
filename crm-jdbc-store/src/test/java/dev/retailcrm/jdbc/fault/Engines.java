package dev.retailcrm.jdbc.fault;

import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestH2;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;

/** The databases, and how a host sets them. */
enum Engines {
    POSTGRESQL("?options=-c%20lock_timeout=300"),
    MARIADB("?sessionVariables=innodb_lock_wait_timeout=1"),
    H2(";LOCK_TIMEOUT=300");

    private final String impatience;

    Engines(String impatience) {
        this.impatience = impatience;
    }

    TestDatabase newDatabase(String prefix) {
        return switch (this) {
            case POSTGRESQL -> TestPostgres.fast().newDatabase(prefix);
            case MARIADB -> TestMariaDb.fast().newDatabase(prefix);
            case H2 -> TestH2.fast().newDatabase(prefix);
        };
    }

    /** The same MariaDB, at the isolation it comes with. */
    static TestDatabase asInstalled(TestDatabase database) {
        String sign = database.url().contains("?") ? "&" : "?";
        return new TestDatabase(
                database.url() + sign + "transactionIsolation=REPEATABLE-READ", database.user(), database.password());
    }

    /** The same H2, for sessions that wait for a lock ten seconds. */
    static TestDatabase patient(TestDatabase database) {
        return new TestDatabase(database.url() + ";LOCK_TIMEOUT=10000", database.user(), database.password());
    }

    /** The same database, for sessions that wait for a lock at most a second. */
    TestDatabase impatient(TestDatabase database) {
        return new TestDatabase(database.url() + impatience, database.user(), database.password());
    }
}
