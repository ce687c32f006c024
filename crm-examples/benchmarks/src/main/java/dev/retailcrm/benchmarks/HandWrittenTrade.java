package dev.retailcrm.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * What somebody would write by hand for the same reads and writes of an order on the same tables in PostgreSQL: one connection a client,
 * two statements prepared once, and the commit.
 */
final class HandWrittenTrade implements Contender {
    private static final String LOCK = "SELECT event_seq, pending_refunds FROM crm_trade WHERE tenant_id = ? AND"
            + " customer_id = ? FOR NO KEY UPDATE";
    private static final String BUCKET =
            "(?, ?::bigint, ?, '%s', ?, ?::bigint, ?::bigint, ?::bigint, ?::bigint, ?::bigint)";
    private static final String SUMS = "orders = t.orders + excluded.orders,"
            + " amount_minor = t.amount_minor + excluded.amount_minor,"
            + " units_milli = t.units_milli + excluded.units_milli, refunds = t.refunds + excluded.refunds,"
            + " refunded_minor = t.refunded_minor + excluded.refunded_minor";
    private static final String WRITE = """
            WITH k AS (
                INSERT INTO crm_order (tenant_id, customer_id, source, order_no, revision, occurred_ms, channel, store_id,
                    currency, amount_minor, units_milli, line_count, cancelled, fingerprint)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING RETURNING 1),
            l AS (
                INSERT INTO crm_order_line (tenant_id, customer_id, source, order_no, line_no, sku, category, brand,
                    quantity_milli, amount_minor)
                SELECT ?, ?::bigint, ?, ?, ?::integer, ?, ?, ?, ?::bigint, ?::bigint FROM k),
            s AS (
                INSERT INTO crm_trade_total AS t (tenant_id, customer_id, currency, orders, amount_minor, units_milli,
                    refunds, refunded_minor, pending_refunds, pending_minor, first_ms, last_ms)
                SELECT ?, ?::bigint, ?, ?::bigint, ?::bigint, ?::bigint, ?::bigint, ?::bigint, ?::bigint, ?::bigint,
                    ?::bigint, ?::bigint FROM k
                ON CONFLICT (tenant_id, customer_id, currency) DO UPDATE SET %s,
                    pending_refunds = t.pending_refunds + excluded.pending_refunds,
                    pending_minor = t.pending_minor + excluded.pending_minor,
                    first_ms = LEAST(t.first_ms, excluded.first_ms), last_ms = GREATEST(t.last_ms, excluded.last_ms)),
            b AS (
                INSERT INTO crm_trade_bucket AS t (tenant_id, customer_id, currency, dimension, bucket, orders,
                    amount_minor, units_milli, refunds, refunded_minor)
                SELECT r.* FROM k, (VALUES %s) AS r
                ON CONFLICT (tenant_id, customer_id, currency, dimension, bucket) DO UPDATE SET %s),
            o AS (
                INSERT INTO crm_outbox (tenant_id, customer_id, source, seq, type, at_ms, data)
                SELECT ?, ?::bigint, ?, ?::bigint, ?, ?::bigint, ? FROM k)
            UPDATE crm_trade SET event_seq = ?, pending_refunds = ? FROM k WHERE tenant_id = ? AND customer_id = ?
            """.formatted(
                    SUMS,
                    String.join(
                            ", ",
                            BUCKET.formatted("MONTH"),
                            BUCKET.formatted("DAY"),
                            BUCKET.formatted("STORE"),
                            BUCKET.formatted("CHANNEL"),
                            BUCKET.formatted("CATEGORY")),
                    SUMS);

    private final OursTrading tables = new OursTrading();

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
        int customers = Sql.count(dataSource, "SELECT COUNT(*) FROM crm_trade");
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        return new Till(connection, customers, "till-" + client + "/" + round + "/");
    }

    private static final class Till implements Load.Client {
        private final Connection connection;
        private final PreparedStatement lock;
        private final PreparedStatement write;
        private final int customers;
        private final String prefix;
        private int index;

        Till(Connection connection, int customers, String prefix) throws SQLException {
            this.connection = connection;
            this.customers = customers;
            this.prefix = prefix;
            this.lock = connection.prepareStatement(LOCK);
            this.write = connection.prepareStatement(WRITE);
        }

        @Override
        public void once(long number) throws SQLException {
            long customer = OursEarning.customer(ThreadLocalRandom.current().nextInt(customers))
                    .value();
            lock.setString(1, "acme");
            lock.setLong(2, customer);
            long event;
            long pending;
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                event = row.getLong(1) + 1;
                pending = row.getLong(2);
            }
            bind(customer, prefix + number, event, pending, System.currentTimeMillis());
            if (write.executeUpdate() != 1) {
                throw new SQLException("not recorded");
            }
            connection.commit();
        }

        private void bind(long customer, String order, long event, long pending, long now) throws SQLException {
            LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(now), ZoneOffset.UTC);
            index = 0;
            owner(customer)
                    .text("pos")
                    .text(order)
                    .number(1)
                    .number(now)
                    .text("till")
                    .text("S01")
                    .text("CNY");
            number(1990).number(1000).number(1).flag(false).number(order.hashCode() * 31L + now);
            owner(customer)
                    .text("pos")
                    .text(order)
                    .number(1)
                    .text("tea")
                    .text("drinks")
                    .text("leaf");
            number(1000).number(1990);
            owner(customer).text("CNY").sums().number(0).number(0).number(now).number(now);
            bucket(customer, day.toString().substring(0, 7));
            bucket(customer, day.toString());
            bucket(customer, "S01");
            bucket(customer, "till");
            bucket(customer, "drinks");
            owner(customer)
                    .text("trade")
                    .number(event)
                    .text("order.recorded")
                    .number(now)
                    .text(data(order, now));
            number(event).number(pending).owner(customer);
        }

        private static String data(String order, long now) {
            return "{\"amountMinor\":1990,\"cancelled\":false,\"channel\":\"till\",\"currency\":\"CNY\",\"lines\":1,"
                    + "\"number\":\"" + order + "\",\"occurredAt\":\"" + Instant.ofEpochMilli(now)
                    + "\",\"overRefunded\":false,\"refundedMinor\":0,\"revision\":1,\"source\":\"pos\",\"store\":\"S01\","
                    + "\"units\":1.000}";
        }

        private Till owner(long customer) throws SQLException {
            return text("acme").number(customer);
        }

        private void bucket(long customer, String key) throws SQLException {
            owner(customer).text("CNY").text(key).sums();
        }

        private Till sums() throws SQLException {
            return number(1).number(1990).number(1000).number(0).number(0);
        }

        private Till flag(boolean value) throws SQLException {
            write.setBoolean(++index, value);
            return this;
        }

        private Till text(String value) throws SQLException {
            write.setObject(++index, value, Types.VARCHAR);
            return this;
        }

        private Till number(long value) throws SQLException {
            write.setLong(++index, value);
            return this;
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.close();
        }
    }
}
