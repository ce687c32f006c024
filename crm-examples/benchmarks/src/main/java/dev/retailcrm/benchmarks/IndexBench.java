package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.audience.index.AudienceIndex;
import dev.retailcrm.audience.index.IndexBuilder;
import dev.retailcrm.audience.index.IndexScope;
import dev.retailcrm.audience.portrait.Portrait;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.EventFact;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.rule.RuleTally;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.rule.Rules;
import dev.retailcrm.jdbc.server.TestServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How many customers ten rules hold for, by the index and by statements by hand on PostgreSQL and DuckDB over the same data in tables made for
 * it: a column for each field, indexes where they help. Members are compared, counts are timed.
 */
@Command(
        name = "index",
        description = "Counts of ten rules by the index, as a ratio to PostgreSQL and DuckDB in the same run.")
final class IndexBench implements Callable<Integer> {
    @Mixin
    Servers servers = new Servers();

    @Option(names = "--customers", description = "customers (default: ${DEFAULT-VALUE})")
    int customers = 1_000_000;

    @Option(names = "--events-each", description = "events of each on average (default: ${DEFAULT-VALUE})")
    int eventsEach = 20;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 15;

    @Option(names = "--alone", description = "without databases")
    boolean alone;

    @Option(names = "--unsaved", description = "without saving and loading, which takes the memory of two")
    boolean unsaved;

    /** The bound that is enforced. */
    private static final long BYTES_EACH = 1_200;

    private final Figures figures = new Figures();
    private final RuleTime time = RuleTime.in(ZoneOffset.UTC);

    @Override
    public Integer call() throws Exception {
        IndexShop shop = new IndexShop(eventsEach);
        Path directory = Files.createTempDirectory("index-bench");
        RuleCatalog catalog = shop.catalog();
        RequiredFacts required = shop.required();
        AudienceIndex index = build(
                shop,
                IndexScope.of(catalog, required).bytesUpTo(Math.max(IndexScope.BYTES, customers * BYTES_EACH)),
                directory);
        Map<IndexShop.Contest, CompiledRule> rules = new LinkedHashMap<>();
        IndexShop.contests().forEach(it -> rules.put(it, Rule.of(it.rule()).compile(catalog, time)));
        for (int round = -40; round < rounds; round++) {
            for (Map.Entry<IndexShop.Contest, CompiledRule> rule : rules.entrySet()) {
                long start = System.nanoTime();
                long count = index.count(rule.getValue(), IndexShop.NOW);
                double taken = (System.nanoTime() - start) / 1e6;
                if (round >= 0) {
                    figures.add("index." + rule.getKey().name() + ".ms", taken);
                    figures.add("index." + rule.getKey().name() + ".members", (double) count);
                }
            }
        }
        summary(rules.keySet().stream()
                .map(it -> figures.median("index." + it.name() + ".ms"))
                .toList());
        portrait(shop, index, catalog);
        if (!alone) {
            against(shop, index, rules, directory);
        }
        update(index);
        if (!unsaved) {
            save(index, directory);
        }
        for (String name : List.of("customer.csv", "tag.csv", "event.csv")) {
            Files.delete(directory.resolve(name));
        }
        Files.delete(directory);
        figures.print();
        return 0;
    }

    /** Ten fields of a tenth of all: counted, and the portrait that is made of the counts. All customers are counted once before. */
    private void portrait(IndexShop shop, AudienceIndex index, RuleCatalog catalog) {
        CompiledRule rule = Rule.of(Rules.field("custom.spend").lessThan(111)).compile(catalog, time);
        List<String> ten =
                shop.fields.stream().limit(10).map(CatalogField::name).toList();
        CompiledRule everybody = Rule.of(Rules.allOf()).compile(catalog, time);
        long counting = System.nanoTime();
        RuleTally base = index.tally(everybody, IndexShop.NOW, ten, List.of());
        figures.add("index.portrait-base.ms", (System.nanoTime() - counting) / 1e6);
        for (int round = -20; round < rounds; round++) {
            long start = System.nanoTime();
            RuleTally tally = index.tally(rule, IndexShop.NOW, ten, List.of());
            long counted = System.nanoTime();
            Portrait portrait = Portrait.of(tally, base, Portrait.SMALLEST);
            if (round >= 0) {
                figures.add("index.portrait-tally.ms", (counted - start) / 1e6);
                figures.add("index.portrait.ms", (System.nanoTime() - start) / 1e6);
                figures.add("index.portrait.members", (double) portrait.members());
            }
        }
    }

    private void summary(List<Double> each) {
        List<Double> sorted = each.stream().sorted().toList();
        figures.add("index.median.ms", (sorted.get(4) + sorted.get(5)) / 2);
        figures.add("index.worst.ms", sorted.get(sorted.size() - 1));
    }

    private AudienceIndex build(IndexShop shop, IndexScope scope, Path directory) throws IOException {
        IndexBuilder builder = AudienceIndex.builder(scope, IndexShop.NOW);
        long writing = 0;
        long start = System.nanoTime();
        RequiredFacts required = scope.facts();
        try (BufferedWriter all = Files.newBufferedWriter(directory.resolve("customer.csv"));
                BufferedWriter tags = Files.newBufferedWriter(directory.resolve("tag.csv"));
                BufferedWriter events = Files.newBufferedWriter(directory.resolve("event.csv"))) {
            var files = alone ? null : new IndexShop.Files(all, tags, events);
            for (int customer = 1; customer <= customers; customer++) {
                long generating = System.nanoTime();
                var facts = shop.facts(required, customer, files);
                writing += System.nanoTime() - generating;
                builder.add(CustomerId.of(customer), facts);
            }
        }
        AudienceIndex index = builder.build();
        System.err.println("built");
        figures.add("index.build.s", (System.nanoTime() - start - writing) / 1e9);
        figures.add("index.generated.s", writing / 1e9);
        figures.add("index.events", (double) builder.progress().events());
        figures.add("index.bytes", (double) index.bytes());
        figures.add("index.profile-bytes-each", (double) index.profileBytes() / customers);
        return index;
    }

    private void against(
            IndexShop shop, AudienceIndex index, Map<IndexShop.Contest, CompiledRule> rules, Path directory)
            throws Exception {
        try (Connection duck = java.sql.DriverManager.getConnection("jdbc:duckdb:")) {
            for (String table : tables(shop)) {
                execute(duck, table);
            }
            for (String name : List.of("customer", "tag", "event")) {
                execute(duck, "COPY " + name + " FROM '" + directory.resolve(name + ".csv") + "' (HEADER FALSE)");
            }
            compare("duckdb", duck, index, rules);
        }
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("bench"))) {
            load(pool, shop, directory);
            try (Connection postgres = pool.getConnection()) {
                compare("postgresql", postgres, index, rules);
            }
            StoredPortrait.measure(pool, shop, rounds, figures);
        }
    }

    private static List<String> tables(IndexShop shop) {
        List<String> columns = new ArrayList<>();
        shop.columns().forEach((name, type) -> columns.add(name + " " + type));
        return List.of(
                "CREATE TABLE customer (" + String.join(", ", columns) + ")",
                "CREATE TABLE tag (customer BIGINT, tag INTEGER, until BIGINT)",
                "CREATE TABLE event (customer BIGINT, type VARCHAR, ms BIGINT, category VARCHAR, amount BIGINT)");
    }

    private static void load(DataSource pool, IndexShop shop, Path directory) throws SQLException, IOException {
        Sql.run(pool, tables(shop).toArray(String[]::new));
        try (Connection connection = pool.getConnection()) {
            CopyManager copy = new CopyManager(connection.unwrap(BaseConnection.class));
            for (String name : List.of("customer", "tag", "event")) {
                try (InputStream file = Files.newInputStream(directory.resolve(name + ".csv"))) {
                    copy.copyIn("COPY " + name + " FROM STDIN (FORMAT csv)", file);
                }
            }
        }
        Sql.run(
                pool,
                "ALTER TABLE customer ADD PRIMARY KEY (id)",
                "CREATE INDEX ON tag (tag, customer)",
                "CREATE INDEX ON event (type, ms, customer)",
                "CREATE INDEX ON event (customer, type, ms)",
                "VACUUM ANALYZE");
    }

    private void compare(
            String name, Connection connection, AudienceIndex index, Map<IndexShop.Contest, CompiledRule> rules)
            throws SQLException {
        List<Double> ratios = new ArrayList<>();
        for (Map.Entry<IndexShop.Contest, CompiledRule> rule : rules.entrySet()) {
            String where = " FROM customer c WHERE " + rule.getKey().byHand();
            List<Long> theirs = longs(connection, "SELECT c.id" + where + " ORDER BY 1");
            List<Long> ours = index.members(rule.getValue(), IndexShop.NOW, null, customers).stream()
                    .map(CustomerId::value)
                    .toList();
            if (!ours.equals(theirs)) {
                throw new IllegalStateException(
                        rule.getKey().name() + ": " + name + " finds " + theirs.size() + ", the index " + ours.size());
            }
            String figure = name + "." + rule.getKey().name();
            for (int round = 0; round < 3; round++) {
                long start = System.nanoTime();
                longs(connection, "SELECT COUNT(*)" + where);
                figures.add(figure + ".ms", (System.nanoTime() - start) / 1e6);
            }
            double ratio = figures.median(figure + ".ms")
                    / figures.median("index." + rule.getKey().name() + ".ms");
            figures.add(figure + ".to-index", ratio);
            ratios.add(ratio);
        }
        List<Double> sorted = ratios.stream().sorted().toList();
        figures.add(name + ".least.to-index", sorted.get(0));
        figures.add(name + ".median.to-index", (sorted.get(4) + sorted.get(5)) / 2);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<Long> longs(Connection connection, String sql) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getLong(1));
            }
        }
        return found;
    }

    private void update(AudienceIndex index) {
        Random random = new Random(7);
        int events = 20_000;
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < events; i++) {
                CustomerId customer = CustomerId.of(1 + random.nextInt(customers));
                index.record(customer, "viewed", EventFact.at(IndexShop.NOW.minusMillis(random.nextInt(3_600_000))));
            }
            figures.add("index.update.us", (System.nanoTime() - start) / 1e3 / events);
        }
    }

    private void save(AudienceIndex index, Path directory) throws IOException {
        Path file = directory.resolve("index");
        long start = System.nanoTime();
        try (OutputStream out = Files.newOutputStream(file)) {
            index.save(out);
        }
        figures.add("index.save.s", (System.nanoTime() - start) / 1e9);
        figures.add("index.file-bytes", (double) Files.size(file));
        start = System.nanoTime();
        try (InputStream in = Files.newInputStream(file)) {
            AudienceIndex.load(in, index.scope());
        }
        figures.add("index.load.s", (System.nanoTime() - start) / 1e9);
        Files.delete(file);
    }
}
