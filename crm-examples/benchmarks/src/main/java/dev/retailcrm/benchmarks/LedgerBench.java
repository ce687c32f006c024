package dev.retailcrm.benchmarks;

import com.google.common.collect.Lists;
import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.assets.ledger.Award;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What other commands cost beside an earn, and whether an earn costs the same on large tables and long accounts. */
@Command(name = "ledger", description = "Spends, batches and growth, as ratios to an earn in the same run.")
final class LedgerBench implements Callable<Integer> {
    /** Lots of one point each that a customer gets in a round, so that she can spend several times. */
    private static final int LOTS = 30;

    private static final int LOTS_OF_A_SPEND = 5;

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--seconds", description = "length of one measurement (default: ${DEFAULT-VALUE})")
    int seconds = 4;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    @Option(names = "--batch", description = "customers of the batch (default: ${DEFAULT-VALUE})")
    int batch = 100_000;

    @Option(names = "--growth", description = "accounts of the large table (default: ${DEFAULT-VALUE})")
    int growth = 1_000_000;

    private final Figures figures = new Figures();

    @Override
    public Integer call() throws Exception {
        try (TestServer server = servers.start()) {
            try (HikariDataSource pool = servers.pool(server.newDatabase("uses"))) {
                spends(pool);
            }
            try (HikariDataSource pool = servers.pool(server.newDatabase("batch"))) {
                batches(pool);
            }
            try (HikariDataSource small = servers.pool(server.newDatabase("small"));
                    HikariDataSource large = servers.pool(server.newDatabase("large"))) {
                growth(small, large);
            }
            try (HikariDataSource pool = servers.pool(server.newDatabase("long"))) {
                longAccount(pool);
            }
        }
        figures.print();
        return 0;
    }

    private void spends(HikariDataSource pool) throws Exception {
        int accounts = 5_000 * seconds;
        Points points = open(pool, accounts);
        for (int round = 0; round <= rounds; round++) {
            String name = "r" + round;
            for (int lot = 0; lot < LOTS; lot++) {
                points.earnAll(awards(accounts, name + "/lot-" + lot));
            }
            double earns = earns(points, accounts, name);
            double spends = spendsOfFive(points, accounts, name);
            if (round > 0) {
                figures.add(servers.engine + ".ledger.earn.per-second", earns);
                figures.add(servers.engine + ".ledger.spend-of-five-lots.per-second", spends);
                figures.add(servers.engine + ".ledger.spend-of-five-lots-to-earn-time", earns / spends);
            }
        }
    }

    private double earns(Points points, int accounts, String round) {
        return Load.perSecond(servers.clients, seconds, client -> number -> {
            var customer = OursEarning.customer(ThreadLocalRandom.current().nextInt(accounts));
            points.earn(customer, 1, Posting.key(round + "/earn/" + client + "/" + number));
        });
    }

    /** Each spend empties five lots of one point. */
    private double spendsOfFive(Points points, int accounts, String round) {
        return Load.perSecond(servers.clients, seconds, client -> number -> {
            int customer = Math.toIntExact(number * servers.clients + client) % accounts;
            Posting posting = Posting.key(round + "/spend/" + client + "/" + number);
            points.spend(OursEarning.customer(customer), LOTS_OF_A_SPEND, posting);
        });
    }

    private void batches(HikariDataSource pool) throws Exception {
        Points points = open(pool, batch);
        earns(points, batch, "warm-up");
        for (int round = 1; round <= rounds; round++) {
            List<List<Award>> parts =
                    Lists.partition(awards(batch, "batch-" + round), (batch + servers.clients - 1) / servers.clients);
            long start = System.nanoTime();
            List<Thread> threads = new ArrayList<>();
            for (List<Award> part : parts) {
                Thread thread = new Thread(() -> points.earnAll(part));
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            double rate = batch * 1e9 / (System.nanoTime() - start);
            double single = earns(points, batch, "single-" + round);
            figures.add(servers.engine + ".ledger.batch.per-second", rate);
            figures.add(servers.engine + ".ledger.batch-to-single", rate / single);
        }
    }

    private void growth(HikariDataSource small, HikariDataSource large) throws Exception {
        Points few = open(small, 1_000);
        Points many = open(large, growth);
        for (int round = 0; round <= rounds; round++) {
            double onFew = earns(few, 1_000, "g" + round);
            double onMany = earns(many, growth, "g" + round);
            if (round > 0) {
                figures.add(servers.engine + ".ledger.earn-time-large-to-small-table", onFew / onMany);
            }
        }
    }

    /** One account, one client: the time of an earn with some ten entries before it, and with ten thousand. */
    private void longAccount(HikariDataSource pool) throws Exception {
        Points points = open(pool, 2_001);
        double early = 0;
        for (int customer = 0; customer < 2_000; customer++) {
            for (int i = 0; i < 10; i++) {
                long start = System.nanoTime();
                points.earn(OursEarning.customer(customer), 1, Posting.key("early/" + i));
                early += System.nanoTime() - start;
            }
        }
        long late = 0;
        for (int i = 0; i < 30_000; i++) {
            long start = System.nanoTime();
            points.earn(OursEarning.customer(2_000), 1, Posting.key("late/" + i));
            late += i >= 10_000 ? System.nanoTime() - start : 0;
        }
        figures.add(servers.engine + ".ledger.earn-time-long-to-short-account", late / early);
    }

    private static Points open(HikariDataSource pool, int accounts) throws Exception {
        CrmSchema.on(pool).migrate();
        OursEarning.customers(pool, accounts);
        Points points = OursEarning.points(JdbcCrm.on(pool));
        for (List<Award> part : Lists.partition(awards(accounts, "open"), 50_000)) {
            points.earnAll(part);
        }
        return points;
    }

    private static List<Award> awards(int accounts, String key) {
        List<Award> awards = new ArrayList<>(accounts);
        Posting posting = Posting.key(key);
        for (int i = 0; i < accounts; i++) {
            awards.add(new Award(OursEarning.customer(i), Grant.of(1), posting));
        }
        return awards;
    }
}
