package dev.retailcrm.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * What somebody would write by hand for the same reads and writes on the same tables, in the best shape known: one connection a
 * client, statements prepared once, on PostgreSQL two statements and the commit, elsewhere one statement a table.
 */
final class HandWritten implements Contender {
    private static final long DAY = 86_400_000L;
    private static final String LOCK =
            "SELECT seq, posted, held, debt, pending, as_of_ms, active_ms, due_ms, slides, event_seq FROM crm_account"
                    + " WHERE tenant_id = ? AND customer_id = ? ORDER BY asset FOR %s";
    private static final String KEY =
            "INSERT INTO crm_request (tenant_id, customer_id, request_key, fingerprint, answer) VALUES (?, ?, ?, ?, ?)";
    private static final String ENTRY =
            "INSERT INTO crm_entry (tenant_id, customer_id, asset, seq, type, amount, balance_after, held_after, at_ms,"
                    + " occurred_ms, request_key, reverses, pro_rata, reference, reason, store_id, staff_id) ";
    private static final String LOT =
            "INSERT INTO crm_lot (tenant_id, customer_id, asset, lot_no, part, granted, remaining, held, available_ms,"
                    + " expires_ms, open_until_ms, slide_days, cost_currency, cost_minor) ";
    private static final String EVENT =
            "INSERT INTO crm_outbox (tenant_id, customer_id, source, seq, type, at_ms, data) ";
    private static final String ACCOUNT =
            "UPDATE crm_account SET seq = ?, posted = ?, held = ?, debt = ?, pending = ?, as_of_ms = ?, active_ms = ?,"
                    + " due_ms = ?, slides = ?, event_seq = ? %s tenant_id = ? AND customer_id = ? AND asset = ?";
    private static final String TWO = "SELECT ?, ?, ?, ?, ?, ?, ? FROM k";

    private final OursEarning tables = new OursEarning();

    @Override
    public String name() {
        return "by-hand";
    }

    @Override
    public void prepare(DataSource dataSource, int accounts) throws Exception {
        tables.prepare(dataSource, accounts);
    }

    @Override
    public Load.Client client(DataSource dataSource, int client, int clients, String round) throws SQLException {
        int accounts = Sql.count(dataSource, "SELECT COUNT(*) FROM crm_account");
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        boolean postgres = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        String prefix = "S01/till-" + client + "/" + round + "/";
        return postgres ? new OnPostgres(connection, accounts, prefix) : new Portable(connection, accounts, prefix);
    }

    /** What both shapes read and bind. */
    private abstract static class Shape implements Load.Client {
        final Connection connection;
        final PreparedStatement lock;
        private final int accounts;
        private final String prefix;

        Shape(Connection connection, int accounts, String prefix, String lockMode) throws SQLException {
            this.connection = connection;
            this.accounts = accounts;
            this.prefix = prefix;
            this.lock = connection.prepareStatement(LOCK.formatted(lockMode));
        }

        @Override
        public void once(long number) throws SQLException {
            long customer = OursEarning.customer(ThreadLocalRandom.current().nextInt(accounts))
                    .value();
            lock.setString(1, "acme");
            lock.setLong(2, customer);
            Head head;
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                long due = row.getLong(8);
                head = new Head(row.getLong(1), row.getLong(2), row.wasNull() ? Long.MAX_VALUE : due, row.getLong(10));
            }
            write(customer, prefix + number, head, System.currentTimeMillis());
            connection.commit();
        }

        abstract void write(long customer, String key, Head head, long now) throws SQLException;

        static int key(PreparedStatement s, int i, long customer, String key, long seq) throws SQLException {
            s.setString(i++, "acme");
            s.setLong(i++, customer);
            s.setString(i++, key);
            s.setLong(i++, key.hashCode() * 31L + 10);
            s.setString(i++, "points:standard#" + seq);
            return i;
        }

        static int entry(PreparedStatement s, int i, long customer, String key, Head head, long now)
                throws SQLException {
            s.setString(i++, "acme");
            s.setLong(i++, customer);
            s.setString(i++, "points:standard");
            s.setLong(i++, head.seq + 1);
            s.setString(i++, "EARN");
            s.setLong(i++, 10);
            s.setLong(i++, head.posted + 10);
            s.setLong(i++, 0);
            s.setLong(i++, now);
            s.setLong(i++, now);
            s.setString(i++, key);
            s.setNull(i++, Types.BIGINT);
            s.setBoolean(i++, false);
            for (int text = 0; text < 4; text++) {
                s.setString(i++, null);
            }
            return i;
        }

        static int lot(PreparedStatement s, int i, long customer, Head head, long now) throws SQLException {
            s.setString(i++, "acme");
            s.setLong(i++, customer);
            s.setString(i++, "points:standard");
            s.setLong(i++, (head.seq + 1) * 1_000_000);
            s.setString(i++, "PRINCIPAL");
            s.setLong(i++, 10);
            s.setLong(i++, 10);
            s.setLong(i++, 0);
            s.setLong(i++, now);
            s.setLong(i++, now + 365 * DAY);
            s.setLong(i++, now + 365 * DAY);
            s.setInt(i++, 0);
            s.setString(i++, null);
            s.setNull(i++, Types.BIGINT);
            return i;
        }

        static int event(PreparedStatement s, int i, long customer, Head head, long now) throws SQLException {
            s.setString(i++, "acme");
            s.setLong(i++, customer);
            s.setString(i++, "wallet");
            s.setLong(i++, head.event + 1);
            s.setString(i++, "points.earn");
            s.setLong(i++, now);
            s.setString(
                    i++,
                    "{\"asset\":\"points:standard\",\"entry\":" + (head.seq + 1) + ",\"amount\":10,\"balance\":"
                            + (head.posted + 10) + "}");
            return i;
        }

        static int account(PreparedStatement s, int i, long customer, Head head, long now) throws SQLException {
            s.setLong(i++, head.seq + 1);
            s.setLong(i++, head.posted + 10);
            s.setLong(i++, 0);
            s.setLong(i++, 0);
            s.setLong(i++, 0);
            s.setLong(i++, now);
            s.setLong(i++, now);
            s.setLong(i++, Math.min(head.due, now + 365 * DAY));
            s.setBoolean(i++, false);
            s.setLong(i++, head.event + 1);
            s.setString(i++, "acme");
            s.setLong(i++, customer);
            s.setString(i++, "points:standard");
            return i;
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.close();
        }
    }

    private record Head(long seq, long posted, long due, long event) {}

    private static final class OnPostgres extends Shape {
        private final PreparedStatement write;

        OnPostgres(Connection connection, int accounts, String prefix) throws SQLException {
            super(connection, accounts, prefix, "NO KEY UPDATE");
            write = connection.prepareStatement("WITH k AS (" + KEY + " ON CONFLICT DO NOTHING RETURNING 1), e AS ("
                    + ENTRY + "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM k), l AS (" + LOT
                    + "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM k), o AS (" + EVENT + TWO + ") "
                    + ACCOUNT.formatted("FROM k WHERE"));
        }

        @Override
        void write(long customer, String key, Head head, long now) throws SQLException {
            int i = key(write, 1, customer, key, head.seq + 1);
            i = entry(write, i, customer, key, head, now);
            i = lot(write, i, customer, head, now);
            i = event(write, i, customer, head, now);
            account(write, i, customer, head, now);
            if (write.executeUpdate() != 1) {
                throw new SQLException("not booked");
            }
        }
    }

    private static final class Portable extends Shape {
        private final PreparedStatement key;
        private final PreparedStatement entry;
        private final PreparedStatement lot;
        private final PreparedStatement account;
        private final PreparedStatement event;

        Portable(Connection connection, int accounts, String prefix) throws SQLException {
            super(connection, accounts, prefix, "UPDATE");
            key = connection.prepareStatement(KEY);
            entry = connection.prepareStatement(ENTRY + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
            lot = connection.prepareStatement(LOT + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
            account = connection.prepareStatement(ACCOUNT.formatted("WHERE"));
            event = connection.prepareStatement(EVENT + "VALUES (?, ?, ?, ?, ?, ?, ?)");
        }

        @Override
        void write(long customer, String request, Head head, long now) throws SQLException {
            key(key, 1, customer, request, head.seq + 1);
            key.executeUpdate();
            entry(entry, 1, customer, request, head, now);
            entry.executeUpdate();
            lot(lot, 1, customer, head, now);
            lot.executeUpdate();
            account(account, 1, customer, head, now);
            account.executeUpdate();
            event(event, 1, customer, head, now);
            event.executeUpdate();
        }
    }
}
