package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.server.TestServer;
import dev.retailcrm.tags.CustomerPages;
import dev.retailcrm.tags.TagBatch;
import dev.retailcrm.tags.TagBatchProgress;
import dev.retailcrm.tags.TagBatches;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.Tags;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A tag put on all customers by a batch, beside one statement by hand that writes the same rows, on a durable PostgreSQL. */
@Command(
        name = "tags",
        description =
                "Time of a batch that tags all customers on PostgreSQL, as a ratio to one statement with the same rows.")
final class TagBench implements Callable<Integer> {
    /** What the statement knows, and the batch finds out: nobody has the tag, and how many entries each has. */
    private static final String BY_HAND = """
            WITH tagged AS (
                INSERT INTO crm_tag_assignment (tenant_id, customer_id, tag_key, from_ms, source, actor_kind, actor_id)
                SELECT tenant_id, customer_id, '%1$s', 1000, 'MANUAL', 'UNKNOWN', '' FROM crm_customer WHERE tenant_id = 'peer'
                RETURNING customer_id),
            told AS (
                INSERT INTO crm_outbox (tenant_id, customer_id, source, seq, type, at_ms, data)
                SELECT 'peer', customer_id, 'tags', %2$d, 'tag.assigned', 1000,
                    '{"act":"ASSIGNED","batch":"%1$s","entry":%2$d,"source":"MANUAL","tag":"%1$s"}'
                FROM crm_customer WHERE tenant_id = 'peer')
            INSERT INTO crm_tag_entry (tenant_id, customer_id, seq, tag_key, act, at_ms, after_mark, source, batch_id,
                actor_kind, actor_id)
            SELECT 'peer', customer_id, %2$d, '%1$s', 'ASSIGNED', 1000,
                '{"tag":"%1$s","from":1700000000000,"source":"MANUAL","actor":"UNKNOWN","actorId":""}', 'MANUAL', '%1$s',
                'UNKNOWN', ''
            FROM crm_customer WHERE tenant_id = 'peer'
            """;

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--customers", description = "customers of each side (default: ${DEFAULT-VALUE})")
    int customers = 1_000_000;

    @Option(names = "--chunk", description = "customers of a chunk (default: ${DEFAULT-VALUE})")
    int chunk = TagBatches.MAX_CHUNK;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 3;

    @Override
    public Integer call() throws Exception {
        if (!servers.engine.equals("postgresql")) {
            throw new IllegalArgumentException("the statement by hand is one of PostgreSQL");
        }
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("bench"))) {
            Tags tags = prepare(pool);
            Figures figures = new Figures();
            for (int round = 1; round <= rounds; round++) {
                // Whoever comes second meets larger indexes: they take turns.
                boolean first = round % 2 == 1;
                double byHand = first ? byHand(pool, round) : 0;
                double batch = batch(pool, tags, round);
                byHand = first ? byHand : byHand(pool, round);
                figures.add("postgresql.tags.batch.seconds", batch);
                figures.add("postgresql.tags.by-hand.seconds", byHand);
                figures.add("postgresql.tags.batch-to-by-hand", batch / byHand);
            }
            figures.print();
            Figures.print(
                    "postgresql.tags.rows",
                    Sql.count(pool, "SELECT COUNT(*) FROM crm_tag_assignment WHERE tenant_id = 'acme'"));
            return 0;
        }
    }

    private Tags prepare(HikariDataSource pool) throws SQLException {
        CrmSchema.on(pool).migrate();
        for (String tenant : List.of("acme", "peer")) {
            Sql.run(
                    pool,
                    Sql.INSERT_CUSTOMER.replace("VALUES ('acme', ?, 1, 1, 'ACTIVE', 0, 0)", "") + " SELECT '" + tenant
                            + "', i, 1, 1, 'ACTIVE', 0, 0 FROM generate_series(1, " + customers + ") i");
        }
        Sql.run(pool, "ANALYZE");
        return JdbcCrm.on(pool).tenant("acme").tags();
    }

    private double byHand(HikariDataSource pool, int round) throws SQLException {
        Sql.run(pool, "CHECKPOINT");
        long start = System.nanoTime();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(BY_HAND.formatted("tag-" + round, round));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private double batch(HikariDataSource pool, Tags tags, int round) throws SQLException {
        String key = "tag-" + round;
        tags.definitions().define(TagDefinition.flag(key, "Tag"), RequestKey.of(key));
        Sql.run(pool, "CHECKPOINT");
        long start = System.nanoTime();
        tags.batches().start(TagBatch.add(key, Tagging.of(key)));
        TagBatchProgress progress = tags.batches().run(key, CustomerPages.byId(this::ids), chunk);
        while (progress.state() == TagBatchProgress.State.RUNNING) {
            progress = tags.batches().run(key, CustomerPages.byId(this::ids), chunk);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (progress.changed() != customers || tags.count(key) != customers) {
            throw new IllegalStateException(progress.toString());
        }
        return seconds;
    }

    private List<CustomerId> ids(@Nullable CustomerId after, int limit) {
        long first = after == null ? 1 : after.value() + 1;
        return LongStream.range(first, Math.min(first + limit, customers + 1L))
                .mapToObj(CustomerId::of)
                .toList();
    }
}
