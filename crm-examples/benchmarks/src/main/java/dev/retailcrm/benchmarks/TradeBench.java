package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.jdbc.server.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Orders recorded with their statistics per second, beside the same reads and writes by hand, on a durable PostgreSQL. */
@Command(
        name = "trade",
        description = "Orders recorded per second on PostgreSQL, as a ratio to JDBC by hand in the same run.")
final class TradeBench implements Callable<Integer> {
    @Mixin
    Servers servers = new Servers();

    @Option(names = "--seconds", description = "length of one measurement (default: ${DEFAULT-VALUE})")
    int seconds = 5;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    @Option(names = "--customers", description = "customers (default: ${DEFAULT-VALUE})")
    int customers = 10_000;

    @Override
    public Integer call() throws Exception {
        if (!servers.engine.equals("postgresql")) {
            throw new IllegalArgumentException("the statements by hand are those of PostgreSQL");
        }
        try (TestServer server = servers.start()) {
            Map<Contender, HikariDataSource> pools = new LinkedHashMap<>();
            for (Contender contender : List.of(new OursTrading(), new HandWrittenTrade())) {
                HikariDataSource pool = servers.pool(server.newDatabase("bench"));
                contender.prepare(pool, customers);
                pools.put(contender, pool);
            }
            for (HikariDataSource pool : pools.values()) {
                Sql.run(pool, "VACUUM ANALYZE");
                Sql.run(pool, "CHECKPOINT");
            }
            pools.forEach((contender, pool) -> measure(contender, pool, "warm-up"));
            Figures figures = new Figures();
            for (int round = 1; round <= rounds; round++) {
                measure(pools, round, figures);
            }
            figures.print();
            pools.values().forEach(HikariDataSource::close);
            return 0;
        }
    }

    /** They take turns at going first. */
    private void measure(Map<Contender, HikariDataSource> pools, int round, Figures figures) {
        List<Map.Entry<Contender, HikariDataSource>> order = new ArrayList<>(pools.entrySet());
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        double ours = 0;
        double theirs = 0;
        for (Map.Entry<Contender, HikariDataSource> entry : order) {
            Contender contender = entry.getKey();
            double rate = measure(contender, entry.getValue(), "round-" + round);
            figures.add("postgresql.trade." + contender.name() + ".per-second", rate);
            if (contender instanceof OursTrading) {
                ours = rate;
            } else {
                theirs = rate;
            }
        }
        figures.add("postgresql.trade.facade-to-by-hand", ours / theirs);
    }

    private double measure(Contender contender, HikariDataSource pool, String round) {
        return Load.perSecond(
                servers.clients, seconds, client -> contender.client(pool, client, servers.clients, round));
    }
}
