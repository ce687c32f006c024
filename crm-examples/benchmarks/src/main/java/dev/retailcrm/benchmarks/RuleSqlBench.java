package dev.retailcrm.benchmarks;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.anyOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;
import static dev.retailcrm.core.rule.Rules.hours;
import static dev.retailcrm.core.rule.Rules.not;
import static dev.retailcrm.core.rule.Rules.sequence;
import static dev.retailcrm.core.rule.Rules.stopped;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.PropertyKind;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.Events;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.JdbcTenant;
import dev.retailcrm.jdbc.server.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * All members of six rules, beside a statement by hand for the same rule over the same tables, in turns. The last two are hard: a sequence,
 * and an or of an aggregate and a field below a not.
 */
@Command(name = "rules", description = "Members of rules on PostgreSQL, as a ratio to SQL by hand in the same run.")
final class RuleSqlBench implements Callable<Integer> {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final long DAY = 86_400_000L;

    /** Of customers: the tenant's, active, and not merged. */
    private static final String ACTIVE = "c.tenant_id = 'acme' AND c.status = 'ACTIVE' AND c.merged_into IS NULL";

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--customers", description = "customers loaded before (default: ${DEFAULT-VALUE})")
    int customers = 1_000_000;

    @Option(names = "--events", description = "events of theirs (default: ${DEFAULT-VALUE})")
    int events = 10_000_000;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    /** A rule and the statement by hand, with its constants written out. */
    private record Contest(String name, Condition rule, String byHand) {}

    @Override
    public Integer call() throws Exception {
        if (!servers.engine.equals("postgresql")) {
            throw new IllegalArgumentException("the statements by hand are those of PostgreSQL");
        }
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("bench"))) {
            CrmSchema.on(pool).migrate();
            JdbcTenant tenant = JdbcCrm.builder(pool)
                    .clock(InstantSource.fixed(NOW))
                    .zone(ZoneOffset.UTC)
                    .build()
                    .tenant("acme");
            define(tenant);
            load(pool);
            measure(tenant.rules(), pool, new Figures());
            Figures figures = new Figures();
            for (int round = 1; round <= rounds; round++) {
                measure(tenant.rules(), pool, figures);
            }
            figures.print();
            return 0;
        }
    }

    private static void define(JdbcTenant tenant) {
        tenant.behavior()
                .define(BehaviorType.of("bought")
                        .with(Property.text("category", 40))
                        .with(Property.of("points", PropertyKind.NUMBER)));
        tenant.behavior().define(BehaviorType.of("viewed"));
        tenant.fields().define(FieldDefinition.of("city", "City", FieldType.TEXT), RequestKey.of("city"));
        tenant.fields().define(FieldDefinition.of("spend", "Spend", FieldType.LONG), RequestKey.of("spend"));
    }

    /** Events of two years, at random instants; one customer in fifty has none. */
    private void load(DataSource pool) throws SQLException {
        Sql.run(
                pool,
                "INSERT INTO crm_customer (tenant_id, customer_id, version, event_seq, status, gender, birth_year, birth_month,"
                        + " birth_day, joined_ms, changed_ms) SELECT 'acme', i, 1, 1,"
                        + " CASE WHEN i % 97 = 0 THEN 'RESTRICTED' ELSE 'ACTIVE' END,"
                        + " (ARRAY['FEMALE', 'MALE', NULL])[1 + i % 3], 1940 + i % 70, 1 + i % 12, 1 + i % 28, 0, 0"
                        + " FROM generate_series(1, " + customers + ") i",
                "INSERT INTO crm_field_value (tenant_id, customer_id, field_key, item, type, text_value, folded)"
                        + " SELECT 'acme', i, 'city', 1, 'TEXT', 'City ' || i % 100, 'city ' || i % 100"
                        + " FROM generate_series(1, " + customers + ") i WHERE i % 10 > 0",
                "INSERT INTO crm_field_value (tenant_id, customer_id, field_key, item, type, long_value)"
                        + " SELECT 'acme', i, 'spend', 1, 'LONG', i::bigint * 7919 % 1000"
                        + " FROM generate_series(1, " + customers + ") i WHERE i % 4 > 0",
                "SELECT setseed(0.5)",
                "INSERT INTO crm_behavior (tenant_id, customer_id, source, event_id, type, occurred_ms, received_ms, properties,"
                        + " fingerprint) SELECT 'acme', 1 + (i * 48271) % (" + customers
                        + " * 49 / 50), 'web', i::text, CASE WHEN i % 3 = 0 THEN 'bought' ELSE 'viewed' END,"
                        + " " + NOW.toEpochMilli() + " - floor(ago * " + 730 * DAY + ")::bigint, 0,"
                        + " CASE WHEN i % 3 = 0 THEN '{\"category\":\"c' || i % 20 || '\",\"points\":' || i % 50 || '}'"
                        + " ELSE '{}' END, 0"
                        + " FROM (SELECT i, random() AS ago FROM generate_series(1::bigint, " + events
                        + ") i) e ORDER BY 2",
                "VACUUM ANALYZE");
    }

    private static long ago(int days) {
        return NOW.toEpochMilli() + 1 - days * DAY;
    }

    private static List<Contest> contests() {
        return List.of(
                new Contest(
                        "profile-and-field",
                        allOf(
                                field("profile.gender").is("female"),
                                field("profile.birth_date").ageAtLeast(30),
                                field("custom.city").in("City 1", "City 2", "City 3")),
                        "SELECT c.customer_id FROM crm_customer c JOIN crm_field_value f ON f.tenant_id = c.tenant_id"
                                + " AND f.customer_id = c.customer_id AND f.field_key = 'city' AND f.item = 1"
                                + " AND f.folded IN ('city 1', 'city 2', 'city 3') WHERE " + ACTIVE
                                + " AND c.gender = 'FEMALE' AND (c.birth_year * 10000 + c.birth_month * 100 + c.birth_day) <="
                                + " 19960301 ORDER BY 1"),
                new Contest(
                        "bought-lately",
                        did("bought").where("category").is("c3").atLeast(1).inLast(days(30)),
                        "SELECT c.customer_id FROM crm_customer c WHERE " + ACTIVE
                                + " AND EXISTS (SELECT 1 FROM crm_behavior b WHERE b.tenant_id = 'acme'"
                                + " AND b.customer_id = c.customer_id AND b.type = 'bought' AND b.occurred_ms >= "
                                + ago(30)
                                + " AND b.occurred_ms < " + ago(0)
                                + " AND b.properties::json ->> 'category' = 'c3') ORDER BY 1"),
                new Contest(
                        "count-in-a-year",
                        did("bought").atLeast(3).inLast(days(365)),
                        "SELECT c.customer_id FROM crm_customer c JOIN (SELECT customer_id FROM crm_behavior"
                                + " WHERE tenant_id = 'acme' AND type = 'bought' AND occurred_ms >= " + ago(365)
                                + " AND occurred_ms < " + ago(0)
                                + " GROUP BY customer_id HAVING COUNT(*) >= 3) b ON b.customer_id = c.customer_id WHERE "
                                + ACTIVE + " ORDER BY 1"),
                new Contest(
                        "stopped",
                        stopped(Events.of("bought"), days(180)),
                        "SELECT c.customer_id FROM crm_customer c JOIN (SELECT customer_id FROM crm_behavior"
                                + " WHERE tenant_id = 'acme' AND type = 'bought' AND occurred_ms < " + ago(0)
                                + " GROUP BY customer_id HAVING MAX(occurred_ms) < " + ago(180)
                                + ") b ON b.customer_id = c.customer_id WHERE " + ACTIVE + " ORDER BY 1"),
                new Contest(
                        "sequence",
                        sequence(Events.of("viewed"), Events.of("bought"), hours(24))
                                .inLast(days(90)),
                        "SELECT c.customer_id FROM crm_customer c WHERE " + ACTIVE
                                + " AND EXISTS (SELECT 1 FROM crm_behavior v JOIN crm_behavior b ON b.tenant_id = v.tenant_id"
                                + " AND b.customer_id = v.customer_id WHERE v.tenant_id = 'acme'"
                                + " AND v.customer_id = c.customer_id AND v.type = 'viewed' AND b.type = 'bought'"
                                + " AND v.occurred_ms >= " + ago(90) + " AND v.occurred_ms < " + ago(0)
                                + " AND b.occurred_ms >= " + ago(90) + " AND b.occurred_ms < " + ago(0)
                                + " AND b.occurred_ms > v.occurred_ms AND b.occurred_ms <= v.occurred_ms + " + DAY
                                + ") ORDER BY 1"),
                new Contest(
                        "or-below-not",
                        allOf(
                                field("profile.gender").is("female"),
                                not(anyOf(
                                        field("custom.city").in("City 1", "City 2"),
                                        allOf(
                                                field("custom.spend").greaterThan(800),
                                                did("bought").sum("points").lessThan(200))))),
                        "SELECT c.customer_id FROM crm_customer c LEFT JOIN crm_field_value s ON s.tenant_id = c.tenant_id"
                                + " AND s.customer_id = c.customer_id AND s.field_key = 'spend' AND s.item = 1"
                                + " LEFT JOIN (SELECT customer_id, SUM((properties::json ->> 'points')::bigint) points"
                                + " FROM crm_behavior WHERE tenant_id = 'acme' AND type = 'bought' AND occurred_ms < "
                                + ago(0)
                                + " GROUP BY customer_id) b ON b.customer_id = c.customer_id WHERE " + ACTIVE
                                + " AND c.gender = 'FEMALE' AND NOT EXISTS (SELECT 1 FROM crm_field_value f"
                                + " WHERE f.tenant_id = 'acme' AND f.customer_id = c.customer_id AND f.field_key = 'city'"
                                + " AND f.folded IN ('city 1', 'city 2'))"
                                + " AND NOT (COALESCE(s.long_value, 0) > 800 AND COALESCE(b.points, 0) < 200) ORDER BY 1"));
    }

    private static void measure(RuleQueries rules, DataSource pool, Figures figures) throws SQLException {
        for (Contest contest : contests()) {
            CompiledRule rule = rules.compile(Rule.of(contest.rule()));
            long start = System.nanoTime();
            List<CustomerId> ours = rules.members(rule, NOW, null, RuleQueries.MAX_MEMBERS);
            double mine = System.nanoTime() - start;
            start = System.nanoTime();
            List<CustomerId> theirs = byHand(pool, contest.byHand());
            double hand = System.nanoTime() - start;
            if (!ours.equals(theirs)) {
                throw new IllegalStateException(
                        Map.of("rule", contest.name(), "ours", ours.size(), "by hand", theirs.size())
                                .toString());
            }
            figures.add("postgresql.rules." + contest.name() + ".members", ours.size());
            figures.add("postgresql.rules." + contest.name() + ".ms", mine / 1e6);
            figures.add("postgresql.rules." + contest.name() + ".ours-to-by-hand", mine / hand);
        }
    }

    private static List<CustomerId> byHand(DataSource pool, String sql) throws SQLException {
        List<CustomerId> found = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(CustomerId.of(rows.getLong(1)));
            }
        }
        return found;
    }
}
