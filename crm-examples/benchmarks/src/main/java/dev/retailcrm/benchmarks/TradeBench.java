package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.jdbc.server.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
                Map<String, Double> rates = measure(pools, round);
                rates.forEach((name, rate) -> figures.add("postgresql.trade." + name + ".per-second", rate));
                figures.add("postgresql.trade.facade-to-by-hand", rates.get("facade") / rates.get("by-hand"));
            }
            figures.print();
            pools.values().forEach(HikariDataSource::close);
            return 0;
        }
    }

    /** They take turns at going first. */
    private Map<String, Double> measure(Map<Contender, HikariDataSource> pools, int round) {
        List<Contender> order = new ArrayList<>(pools.keySet());
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        Map<String, Double> rates = new HashMap<>();
        order.forEach(it -> rates.put(it.name(), measure(it, pools.get(it), "round-" + round)));
        return rates;
    }

    private double measure(Contender contender, HikariDataSource pool, String round) {
        return Load.perSecond(
                servers.clients, seconds, client -> contender.client(pool, client, servers.clients, round));
    }
}
