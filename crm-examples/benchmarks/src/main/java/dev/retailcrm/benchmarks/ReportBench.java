package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.report.AssetReports;
import dev.retailcrm.assets.report.LiabilityBy;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.server.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A liability as at a past date, by store and month of expiry, against the same figures in SQL by hand. */
@Command(
        name = "reports",
        description = "Time of a liability report over a large ledger on PostgreSQL, as a ratio to SQL by hand.")
final class ReportBench implements Callable<Integer> {
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    /** Between two entries of a customer. */
    private static final long STEP_MILLIS = 7L * 86_400_000;

    private static final int ENTRIES_EACH = 100;

    private static final String BY_HAND = """
            WITH moved AS (
                SELECT m.customer_id, m.lot_no, SUM(m.delta + m.held_delta) AS moved
                FROM crm_movement m
                JOIN crm_entry e ON e.tenant_id = m.tenant_id AND e.customer_id = m.customer_id AND e.asset = m.asset
                    AND e.seq = m.seq
                WHERE m.tenant_id = 'acme' AND m.asset = 'points:standard' AND e.at_ms <= %1$d
                GROUP BY m.customer_id, m.lot_no)
            SELECT o.store_id, to_char(to_timestamp(l.expires_ms / 1000) AT TIME ZONE 'UTC', 'YYYY-MM'),
                SUM(l.granted + COALESCE(x.moved, 0))
            FROM crm_lot l
            JOIN crm_entry o ON o.tenant_id = l.tenant_id AND o.customer_id = l.customer_id AND o.asset = l.asset
                AND o.seq = l.lot_no / 1000000
            LEFT JOIN moved x ON x.customer_id = l.customer_id AND x.lot_no = l.lot_no
            WHERE l.tenant_id = 'acme' AND l.asset = 'points:standard' AND o.at_ms <= %1$d
                AND (l.expires_ms IS NULL OR l.expires_ms > %1$d)
            GROUP BY 1, 2
            """;

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--entries", description = "entries of the ledger (default: ${DEFAULT-VALUE})")
    int entries = 10_000_000;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 3;

    @Override
    public Integer call() throws Exception {
        if (!servers.engine.equals("postgresql")) {
            throw new IllegalArgumentException("the statement by hand is one of PostgreSQL");
        }
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("bench"))) {
            load(pool);
            AssetReports reports = JdbcCrm.on(pool).tenant("acme").assetReports();
            Figures figures = new Figures();
            for (int round = 1; round <= rounds; round++) {
                // They take turns at going first.
                boolean first = round % 2 == 1;
                double byHand = first ? byHand(pool, new TreeMap<>()) : 0;
                long start = System.nanoTime();
                Map<String, Long> ours = ours(reports);
                double facade = (System.nanoTime() - start) / 1e9;
                Map<String, Long> theirs = new TreeMap<>();
                double hand = byHand(pool, theirs);
                byHand = first ? byHand : hand;
                if (!ours.equals(theirs)) {
                    throw new IllegalStateException("the figures differ");
                }
                figures.add("postgresql.reports.facade.seconds", facade);
                figures.add("postgresql.reports.by-hand.seconds", byHand);
                figures.add("postgresql.reports.facade-to-by-hand", facade / byHand);
            }
            figures.print();
            Figures.print("postgresql.reports.entries", Sql.count(pool, "SELECT COUNT(*) FROM crm_entry"));
            return 0;
        }
    }

    private static Map<String, Long> ours(AssetReports reports) {
        return reports
                .liability(Asset.points("standard"), AT, Set.of(LiabilityBy.STORE, LiabilityBy.EXPIRY_MONTH))
                .rows()
                .stream()
                .collect(Collectors.toMap(
                        it -> key(Objects.requireNonNull(it.store()).value(), it.expires()),
                        it -> it.amount(),
                        Long::sum,
                        TreeMap::new));
    }

    private static String key(String store, @Nullable YearMonth expires) {
        return store + " " + (expires == null ? "never" : expires);
    }

    private static double byHand(DataSource pool, Map<String, Long> found) throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(BY_HAND.formatted(AT.toEpochMilli()))) {
            while (rows.next()) {
                String month = rows.getString(2);
                found.put(key(rows.getString(1), month == null ? null : YearMonth.parse(month)), rows.getLong(3));
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Of each customer entries a week apart, by turns 100 earned, of which every third lot never expires, and 40 used of that. */
    private void load(HikariDataSource pool) throws SQLException {
        CrmSchema.on(pool).migrate();
        int customers = Math.max(1, entries / ENTRIES_EACH);
        String series = " FROM generate_series(1, " + customers + ") c, generate_series(1, " + ENTRIES_EACH + ") s";
        String at = FIRST.toEpochMilli() + " + s::bigint * " + STEP_MILLIS + " + c % 86400000";
        Sql.run(
                pool,
                "INSERT INTO crm_entry (tenant_id, customer_id, asset, seq, type, amount, balance_after, held_after, at_ms,"
                        + " occurred_ms, request_key, reverses, pro_rata, store_id) SELECT 'acme', c, 'points:standard', s,"
                        + " CASE WHEN s % 2 = 1 THEN 'EARN' ELSE 'SPEND' END, CASE WHEN s % 2 = 1 THEN 100 ELSE -40 END,"
                        + " ((s + 1) / 2) * 100 - (s / 2) * 40, 0, " + at + ", " + at
                        + ", 'k' || s, 0, FALSE, 'S' || (c + s) % 50" + series,
                "INSERT INTO crm_lot (tenant_id, customer_id, asset, lot_no, part, granted, remaining, held, available_ms,"
                        + " expires_ms, open_until_ms, slide_days) SELECT 'acme', c, 'points:standard', s * 1000000::bigint,"
                        + " 'PRINCIPAL', 100, CASE WHEN s < " + ENTRIES_EACH + " THEN 60 ELSE 100 END, 0, " + at
                        + ", CASE WHEN s % 3 > 0 THEN " + at + " + " + 400L * 86_400_000
                        + " END, CASE WHEN s % 3 > 0 THEN " + at
                        + " + " + 400L * 86_400_000 + " ELSE 253402300799999 END, 0" + series + " WHERE s % 2 = 1",
                "INSERT INTO crm_movement (tenant_id, customer_id, asset, seq, line, lot_no, part, delta, held_delta, cost_minor)"
                        + " SELECT 'acme', c, 'points:standard', s, 1, (s - 1) * 1000000::bigint, 'PRINCIPAL', -40, 0, 0"
                        + series
                        + " WHERE s % 2 = 0",
                "VACUUM ANALYZE",
                "CHECKPOINT");
    }
}
