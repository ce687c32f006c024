package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.EventOutcome;
import dev.retailcrm.core.behavior.Properties;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.PropertyKind;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.server.TestServer;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.postgresql.PGConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Events recorded in batches per second, beside COPY of the same rows into the same table, on a durable PostgreSQL. */
@Command(
        name = "behavior",
        description =
                "Events recorded in batches per second on PostgreSQL, as a ratio to COPY of the same rows in the same run.")
final class BehaviorBench implements Callable<Integer> {
    private static final String TYPE = "product.viewed";
    private static final String COLUMNS =
            "tenant_id, customer_id, source, event_id, type, occurred_ms, received_ms, channel, store_id, properties, fingerprint";

    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--customers", description = "customers loaded before (default: ${DEFAULT-VALUE})")
    int customers = 10_000;

    @Option(names = "--events", description = "events of one measurement (default: ${DEFAULT-VALUE})")
    int events = 100_000;

    @Option(names = "--batch", description = "events of one batch (default: ${DEFAULT-VALUE})")
    int batch = Behavior.MAX_BATCH;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    @Override
    public Integer call() throws Exception {
        if (!servers.engine.equals("postgresql")) {
            throw new IllegalArgumentException("COPY is a statement of PostgreSQL");
        }
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("bench"))) {
            Behavior behavior = prepare(pool);
            facade(pool, behavior, "warm-up-facade");
            copy(pool, "warm-up-copy");
            Figures figures = new Figures();
            for (int round = 1; round <= rounds; round++) {
                // Whoever comes second meets larger indexes: they take turns.
                boolean first = round % 2 == 1;
                double copied = first ? copy(pool, "copy-" + round) : 0;
                double recorded = facade(pool, behavior, "facade-" + round);
                copied = first ? copied : copy(pool, "copy-" + round);
                figures.add("postgresql.behavior.facade.per-second", recorded);
                figures.add("postgresql.behavior.copy.per-second", copied);
                figures.add("postgresql.behavior.facade-to-copy", recorded / copied);
            }
            figures.print();
            Figures.print("postgresql.behavior.rows", Sql.count(pool, "SELECT COUNT(*) FROM crm_behavior"));
            return 0;
        }
    }

    private Behavior prepare(HikariDataSource pool) throws SQLException {
        CrmSchema.on(pool).migrate();
        Sql.run(
                pool,
                Sql.INSERT_CUSTOMER.replace("VALUES ('acme', ?, 1, 1, 'ACTIVE', 0, 0)", "")
                        + " SELECT 'acme', i, 1, 1, 'ACTIVE', 0, 0 FROM generate_series(1, " + customers + ") i",
                "ANALYZE");
        Behavior behavior = JdbcCrm.on(pool).tenant("acme").behavior();
        behavior.define(BehaviorType.of(TYPE)
                .with(Property.text("sku", 40).mandatory())
                .with(Property.of("price", PropertyKind.MONEY))
                .with(Property.of("seconds", PropertyKind.NUMBER)));
        return behavior;
    }

    private double facade(HikariDataSource pool, Behavior behavior, String round) throws SQLException {
        Sql.run(pool, "CHECKPOINT");
        List<BehaviorEvent> given = given(round);
        long start = System.nanoTime();
        for (int from = 0; from < events; from += batch) {
            for (EventOutcome outcome : behavior.recordAll(given.subList(from, Math.min(from + batch, events)))) {
                if (outcome.status() != EventOutcome.Status.RECORDED) {
                    throw new IllegalStateException(outcome.toString());
                }
            }
        }
        return events * 1e9 / (System.nanoTime() - start);
    }

    /** One statement, in one transaction, of text that is there before the clock starts. */
    private double copy(HikariDataSource pool, String round) throws SQLException, IOException {
        String rows = rows(given(round));
        Sql.run(pool, "CHECKPOINT");
        try (Connection connection = pool.getConnection()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            long start = System.nanoTime();
            long copied =
                    copy.copyIn("COPY crm_behavior (" + COLUMNS + ") FROM STDIN", new StringReader(rows), 1 << 16);
            double rate = copied * 1e9 / (System.nanoTime() - start);
            if (copied != events) {
                throw new IllegalStateException(copied + " rows copied");
            }
            return rate;
        }
    }

    /** Events of customers picked at random, the same ones in every round but for their ids. */
    private List<BehaviorEvent> given(String round) {
        Random random = new Random(1);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<BehaviorEvent> given = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            Properties properties = Properties.none()
                    .text("sku", "sku-" + random.nextInt(50_000))
                    .money("price", Money.ofMinor(CNY, random.nextInt(100_000)))
                    .number("seconds", random.nextInt(600));
            given.add(BehaviorEvent.of(
                            CustomerId.of(1L + random.nextInt(customers)),
                            TYPE,
                            BehaviorId.of("web", round + "-" + i),
                            now.minusSeconds(random.nextInt(86_400)))
                    .through("app")
                    .with(properties));
        }
        return given;
    }

    private static String rows(List<BehaviorEvent> given) {
        Random fingerprints = new Random(2);
        StringBuilder text = new StringBuilder(given.size() * 200);
        for (BehaviorEvent event : given) {
            text.append("acme\t")
                    .append(Objects.requireNonNull(event.customer()).value())
                    .append("\tweb\t")
                    .append(event.id().value())
                    .append('\t')
                    .append(TYPE)
                    .append('\t')
                    .append(event.occurredAt().toEpochMilli())
                    .append('\t')
                    .append(event.occurredAt().toEpochMilli())
                    .append("\tapp\t\\N\t")
                    .append(event.properties().json())
                    .append('\t')
                    .append(fingerprints.nextLong())
                    .append('\n');
        }
        return text.toString();
    }
}
