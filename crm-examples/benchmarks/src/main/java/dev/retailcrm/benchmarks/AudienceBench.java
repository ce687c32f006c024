package dev.retailcrm.benchmarks;

import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.audience.AudienceProgress;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.Audiences;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.JdbcTenant;
import dev.retailcrm.jdbc.server.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The members of an audience computed for the first time, and again a month later when some come and some go: by {@code advance} in one step, beside
 * statements by hand that work the rule out once, keep the same rows and write the same events, in one transaction.
 */
@Command(
        name = "audiences",
        description = "An audience recomputed on PostgreSQL, as a ratio to SQL by hand in the same run.")
final class AudienceBench implements Callable<Integer> {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);
    private static final long DAY = 86_400_000L;

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--customers", description = "customers loaded before (default: ${DEFAULT-VALUE})")
    int customers = 1_000_000;

    @Option(names = "--events", description = "events of theirs (default: ${DEFAULT-VALUE})")
    int events = 10_000_000;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 3;

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);

    @Override
    public Integer call() throws Exception {
        if (!servers.engine.equals("postgresql")) {
            throw new IllegalArgumentException("the statements by hand are those of PostgreSQL");
        }
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("bench"))) {
            CrmSchema.on(pool).migrate();
            JdbcTenant tenant = JdbcCrm.builder(pool)
                    .clock(clock::get)
                    .zone(ZoneOffset.UTC)
                    .build()
                    .tenant("acme");
            tenant.behavior().define(BehaviorType.of("bought").with(Property.text("category", 40)));
            load(pool);
            Figures figures = new Figures();
            for (int round = 0; round <= rounds; round++) {
                measure(tenant.audiences(), pool, round == 0 ? new Figures() : figures, "a" + round);
            }
            figures.print();
            return 0;
        }
    }

    private void load(DataSource pool) throws SQLException {
        Sql.run(
                pool,
                "INSERT INTO crm_customer (tenant_id, customer_id, version, event_seq, status, joined_ms, changed_ms)"
                        + " SELECT 'acme', i, 1, 1, 'ACTIVE', 0, 0 FROM generate_series(1, " + customers + ") i",
                "SELECT setseed(0.5)");
        Sql.fill(
                pool,
                "crm_behavior",
                "INSERT INTO crm_behavior (tenant_id, customer_id, source, event_id, type, occurred_ms, received_ms, properties,"
                        + " fingerprint) SELECT 'acme', 1 + (i * 48271) % " + customers
                        + ", 'web', i::text, 'bought', " + NOW.toEpochMilli() + " - floor(ago * " + 730 * DAY
                        + ")::bigint, 0, '{}', 0 FROM (SELECT i, random() AS ago FROM generate_series(1::bigint, "
                        + events + ") i) e");
        Sql.run(
                pool,
                "CREATE TABLE hand_stay (LIKE crm_audience_stay INCLUDING ALL)",
                "CREATE TABLE hand_outbox (LIKE crm_outbox INCLUDING ALL)",
                "VACUUM ANALYZE");
    }

    private void measure(Audiences audiences, DataSource pool, Figures figures, String key) throws SQLException {
        Sql.run(pool, "TRUNCATE hand_stay, hand_outbox, crm_audience_stay, crm_audience_draft, crm_outbox");
        clock.set(NOW);
        Rule rule = Rule.of(did("bought").atLeast(5).inLast(days(365)));
        audiences.define(AudienceRule.dynamic(key, key, rule), RequestKey.of(key));
        measure(audiences, pool, figures, key, "first");
        Sql.run(pool, "ANALYZE crm_audience_stay, hand_stay");
        clock.set(NOW.plus(MONTH));
        audiences.recompute(key);
        measure(audiences, pool, figures, key, "again");
    }

    private void measure(Audiences audiences, DataSource pool, Figures figures, String key, String what)
            throws SQLException {
        long start = System.nanoTime();
        byHand(pool, Objects.requireNonNull(clock.get()).toEpochMilli());
        double hand = System.nanoTime() - start;
        start = System.nanoTime();
        AudienceProgress done = audiences.advance(Audiences.MAX_STEP);
        double mine = System.nanoTime() - start;
        long theirs = count(pool);
        if (!done.swapped() || audiences.count(key) != theirs) {
            throw new IllegalStateException(done + " is not as the " + theirs + " found by hand");
        }
        figures.add("postgresql.audiences." + what + ".entered", (double) done.entered());
        figures.add("postgresql.audiences." + what + ".left", (double) done.left());
        figures.add("postgresql.audiences." + what + ".ms", mine / 1e6);
        figures.add("postgresql.audiences." + what + ".ours-to-by-hand", mine / hand);
    }

    private static List<String> statements(long now) {
        String event = "SELECT 'acme', customer_id, 'aud-1', %s, 'audience.%s', " + now
                + ", '{\"audience\":\"a\",\"reason\":\"RULE\",\"version\":1}' FROM moved";
        String outbox = "INSERT INTO hand_outbox (tenant_id, customer_id, source, seq, type, at_ms, data) ";
        return List.of(
                "CREATE TEMPORARY TABLE target ON COMMIT DROP AS SELECT c.customer_id FROM crm_customer c JOIN (SELECT customer_id"
                        + " FROM crm_behavior WHERE tenant_id = 'acme' AND type = 'bought' AND occurred_ms > "
                        + (now - 365 * DAY) + " AND occurred_ms <= " + now
                        + " GROUP BY customer_id HAVING COUNT(*) >= 5) b ON b.customer_id = c.customer_id"
                        + " WHERE c.tenant_id = 'acme' AND c.status = 'ACTIVE' AND c.merged_into IS NULL",
                "WITH moved AS (UPDATE hand_stay s SET until_ms = " + now + ", until_for = 'RULE', until_version = 1,"
                        + " until_generation = 1 WHERE tenant_id = 'acme' AND audience_key = 'a' AND until_ms IS NULL"
                        + " AND NOT EXISTS (SELECT 1 FROM target t WHERE t.customer_id = s.customer_id)"
                        + " RETURNING customer_id, stay_no) " + outbox + String.format(event, "2 * stay_no", "left"),
                "WITH moved AS (INSERT INTO hand_stay (tenant_id, customer_id, audience_key, stay_no, from_ms, from_for, from_version,"
                        + " from_generation) SELECT 'acme', t.customer_id, 'a', COALESCE((SELECT MAX(stay_no) FROM hand_stay e"
                        + " WHERE e.tenant_id = 'acme' AND e.customer_id = t.customer_id AND e.audience_key = 'a'), 0) + 1, "
                        + now
                        + ", 'RULE', 1, 1 FROM target t WHERE NOT EXISTS (SELECT 1 FROM hand_stay s WHERE s.tenant_id = 'acme'"
                        + " AND s.audience_key = 'a' AND s.customer_id = t.customer_id AND s.until_ms IS NULL)"
                        + " RETURNING customer_id, stay_no) " + outbox
                        + String.format(event, "2 * stay_no - 1", "entered"));
    }

    private static void byHand(DataSource pool, long now) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String each : statements(now)) {
                    statement.execute(each);
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static long count(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM hand_stay WHERE until_ms IS NULL")) {
            row.next();
            return row.getLong(1);
        }
    }
}
