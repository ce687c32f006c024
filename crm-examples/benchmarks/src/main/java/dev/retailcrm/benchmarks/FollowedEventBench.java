package dev.retailcrm.benchmarks;

import static dev.retailcrm.core.rule.Rules.allOf;
import static dev.retailcrm.core.rule.Rules.days;
import static dev.retailcrm.core.rule.Rules.did;
import static dev.retailcrm.core.rule.Rules.field;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.JdbcTenant;
import dev.retailcrm.jdbc.server.TestServer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What rules that follow what is written add to the recording of an event, on a durable PostgreSQL. */
abstract class FollowedEventBench implements Callable<Integer> {
    private static final int LOADED_PER_CALL = 5_000;
    private static final int HISTORY_DAYS = 60;

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--customers", description = "customers, each with 50 events (default: ${DEFAULT-VALUE})")
    int customers = 10_000;

    @Option(names = "--rules", description = "active rules (default: ${DEFAULT-VALUE})")
    int rules = 200;

    @Option(
            names = "--types",
            description = "types of events, of each of which as many rules ask (default: ${DEFAULT-VALUE})")
    int types = 20;

    @Option(names = "--events", description = "events of one measurement (default: ${DEFAULT-VALUE})")
    int events = 2_000;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    /** With what the names of its figures begin. */
    abstract String name();

    /** The table of what the rules change. */
    abstract String changes();

    /** The facades that follow. */
    abstract JdbcTenant followed(JdbcTenant tenant);

    /** Makes a rule that is followed. */
    abstract void define(JdbcTenant followed, String key, Rule rule);

    /** Does the next of what is waiting; whether nothing was. */
    abstract boolean advance(JdbcTenant followed);

    @Override
    public Integer call() throws Exception {
        if (!servers.engine.equals("postgresql")) {
            throw new IllegalArgumentException("the aim is one of PostgreSQL");
        }
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("bench"))) {
            JdbcTenant tenant = prepare(pool);
            Behavior plain = tenant.behavior();
            Behavior followed = followed(tenant).behavior();
            record(plain, "warm-up-plain");
            record(followed, "warm-up-followed");
            Figures figures = new Figures();
            for (int round = 1; round <= rounds; round++) {
                // They take turns at going first.
                boolean first = round % 2 == 1;
                double without = first ? record(plain, "plain-" + round) : 0;
                double with = record(followed, "followed-" + round);
                without = first ? without : record(plain, "plain-" + round);
                figures.add(name() + ".plain.millis", without);
                figures.add(name() + ".followed.millis", with);
                figures.add(name() + ".added.millis", with - without);
            }
            figures.print();
            Figures.print(name() + ".changes", Sql.count(pool, "SELECT COUNT(*) FROM " + changes()));
            return 0;
        }
    }

    private JdbcTenant prepare(HikariDataSource pool) throws SQLException {
        CrmSchema.on(pool).migrate();
        Sql.run(
                pool,
                Sql.INSERT_CUSTOMER.replace("VALUES ('acme', ?, 1, 1, 'ACTIVE', 0, 0)", "")
                        + " SELECT 'acme', i, 1, 1, 'ACTIVE', 0, 0 FROM generate_series(1, " + customers + ") i");
        JdbcTenant tenant = JdbcCrm.on(pool).tenant("acme");
        for (int type = 0; type < types; type++) {
            tenant.behavior().define(BehaviorType.of(type(type)));
        }
        load(tenant.behavior());
        Sql.run(pool, "VACUUM ANALYZE");
        for (int rule = 0; rule < rules; rule++) {
            define(followed(tenant), "rule-" + rule, Rule.of(condition(rule)));
        }
        while (!advance(followed(tenant))) {
            // on to the next step
        }
        Sql.run(pool, "VACUUM ANALYZE", "CHECKPOINT");
        return tenant;
    }

    /** Of each type some rules ask how often in some days; every third also asks for the status. */
    private Condition condition(int rule) {
        Condition often = did(type(rule % types)).atLeast(1 + rule / types).inLast(days(1 + rule % 30));
        return rule % 3 == 0 ? allOf(often, field("status").is("active")) : often;
    }

    private static String type(int number) {
        return "event.type_" + number;
    }

    private void load(Behavior behavior) {
        Random random = new Random(1);
        Instant now = Instant.now();
        int all = 50 * customers;
        for (int from = 0; from < all; from += LOADED_PER_CALL) {
            int start = from;
            behavior.recordAll(IntStream.range(0, Math.min(LOADED_PER_CALL, all - start))
                    .mapToObj(i -> event(
                            random, "before-" + (start + i), now.minusSeconds(random.nextInt(HISTORY_DAYS * 86_400))))
                    .toList());
        }
    }

    private BehaviorEvent event(Random random, String id, Instant at) {
        return BehaviorEvent.of(
                CustomerId.of(1L + random.nextInt(customers)),
                type(random.nextInt(types)),
                BehaviorId.of("web", id),
                at);
    }

    /** Milliseconds of an event, each in its own transaction. */
    private double record(Behavior behavior, String round) {
        Random random = new Random(round.hashCode());
        List<BehaviorEvent> given = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            given.add(event(random, round + "-" + i, Instant.now()));
        }
        long start = System.nanoTime();
        given.forEach(behavior::record);
        return (System.nanoTime() - start) / 1e6 / events;
    }
}
