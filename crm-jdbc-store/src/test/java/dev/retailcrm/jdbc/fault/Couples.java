package dev.retailcrm.jdbc.fault;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.server.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;

/** One kernel for all couples of a process, on a pool of its own; its clock tells each thread what that thread set. Thread-safe. */
final class Couples implements AutoCloseable, InstantSource {
    static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    final HikariDataSource pool;
    final JdbcCrm crm;
    private final ThreadLocal<Instant> now = ThreadLocal.withInitial(() -> START);

    Couples(TestDatabase database, int connections) {
        this.pool = Till.pool(database, connections);
        this.crm = JdbcCrm.builder(pool).clock(this).region("CN").build();
    }

    void set(Instant instant) {
        now.set(instant);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public void close() {
        pool.close();
    }
}
