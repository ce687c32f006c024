package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Points earned per second, beside what others do in the same run on the same durable server. */
@Command(name = "posting", description = "Points earned per second, as ratios to peers in the same run.")
final class PostingBench implements Callable<Integer> {
    @Mixin
    Servers servers = new Servers();

    @Option(names = "--seconds", description = "length of one measurement (default: ${DEFAULT-VALUE})")
    int seconds = 5;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    @Option(names = "--accounts", description = "accounts (default: ${DEFAULT-VALUE})")
    int accounts = 10_000;

    @Override
    public Integer call() throws Exception {
        try (TestServer server = servers.start()) {
            boolean postgres = servers.engine.equals("postgresql");
            List<Contender> contenders = List.of(new OursEarning(), new HandWritten(), new MemberModule());
            Map<Contender, HikariDataSource> pools = new LinkedHashMap<>();
            for (Contender contender : contenders) {
                HikariDataSource pool = servers.pool(server.newDatabase("bench"));
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
                    figures.add(servers.engine + ".posting." + contender.name() + ".per-second", rate);
                    ours = contender instanceof OursEarning ? rate : ours;
                    if (!(contender instanceof OursEarning)) {
                        figures.add(servers.engine + ".posting.facade-to-" + contender.name(), ours / rate);
                    }
                }
                if (withPgbench) {
                    double rate = pgbench.perSecond(servers.clients, seconds).orElseThrow();
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
        return Load.perSecond(servers.clients, seconds, client -> contender.client(pool, client, servers.clients, round));
    }
}
