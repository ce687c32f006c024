package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.jdbc.server.Mode;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestH2;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.jdbc.server.TestServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Points earned per second, beside what others do in the same run on the same durable server. */
@Command(name = "posting", description = "Points earned per second, as ratios to peers in the same run.")
final class PostingBench implements Callable<Integer> {
    @Option(names = "--engine", description = "postgresql, mariadb or h2 (default: ${DEFAULT-VALUE})")
    String engine = "postgresql";

    @Option(names = "--clients", description = "clients at once (default: ${DEFAULT-VALUE})")
    int clients = 8;

    @Option(names = "--seconds", description = "length of one measurement (default: ${DEFAULT-VALUE})")
    int seconds = 5;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    @Option(names = "--accounts", description = "accounts (default: ${DEFAULT-VALUE})")
    int accounts = 10_000;

    @Override
    public Integer call() throws Exception {
        try (TestServer server = server()) {
            boolean postgres = engine.equals("postgresql");
            List<Contender> contenders = List.of(new OursEarning(), new HandWritten(), new MemberModule());
            Map<Contender, HikariDataSource> pools = new LinkedHashMap<>();
            for (Contender contender : contenders) {
                HikariDataSource pool = pool(server.newDatabase("bench"));
                contender.prepare(pool, accounts);
                pools.put(contender, pool);
            }
            Pgbench pgbench = new Pgbench(postgres ? server.newDatabase("pgbench") : new TestDatabase("", "", ""));
            boolean withPgbench = postgres && pgbench.prepare();
            pools.forEach((contender, pool) -> measure(contender, pool, "warm-up"));
            Figures figures = new Figures();
            for (int round = 1; round <= rounds; round++) {
                String name = "round-" + round;
                double ours = 0;
                for (Map.Entry<Contender, HikariDataSource> entry : pools.entrySet()) {
                    Contender contender = entry.getKey();
                    double rate = measure(contender, entry.getValue(), name);
                    figures.add(engine + ".posting." + contender.name() + ".per-second", rate);
                    ours = contender instanceof OursEarning ? rate : ours;
                    if (!(contender instanceof OursEarning)) {
                        figures.add(engine + ".posting.facade-to-" + contender.name(), ours / rate);
                    }
                }
                if (withPgbench) {
                    double rate = pgbench.perSecond(clients, seconds).orElseThrow();
                    figures.add("postgresql.posting.pgbench-tpcb.per-second", rate);
                    figures.add("postgresql.posting.facade-to-pgbench-tpcb", ours / rate);
                }
            }
            figures.print();
            pools.values().forEach(HikariDataSource::close);
            return 0;
        }
    }

    private double measure(Contender contender, HikariDataSource pool, String round) {
        return Load.perSecond(clients, seconds, client -> contender.client(pool, client, clients, round));
    }

    TestServer server() {
        return switch (engine) {
            case "postgresql" -> TestPostgres.start(Mode.DURABLE, 100);
            case "mariadb" -> TestMariaDb.start(Mode.DURABLE, 100);
            case "h2" -> TestH2.start();
            default -> throw new IllegalArgumentException("--engine is postgresql, mariadb or h2");
        };
    }

    HikariDataSource pool(TestDatabase database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url() + (engine.equals("mariadb") ? readCommitted(database.url()) : ""));
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(clients + 2);
        return new HikariDataSource(config);
    }

    private static String readCommitted(String url) {
        return (url.contains("?") ? "&" : "?") + "transactionIsolation=READ-COMMITTED";
    }
}
