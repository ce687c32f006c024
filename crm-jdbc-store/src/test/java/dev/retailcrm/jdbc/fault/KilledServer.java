package dev.retailcrm.jdbc.fault;

import dev.retailcrm.jdbc.fault.TillOutcome.State;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Kills a database server (SIGKILL) while clerks of this JVM are at work, starts it again, and audits the books each time. */
public final class KilledServer {
    private static final int CLERKS = 6;

    /** How a command may fail when its server is killed; it is then not in the books. */
    private static final Set<String> FAILURES = Set.of("STORE_FAILED", "TRANSACTION_LOST", "LOCK_TIMEOUT");

    private KilledServer() {}

    /** Kills the server this often. It must be durable; the database must be empty. */
    public static Damage kill(TestServer server, TestDatabase database, int kills, long seed)
            throws SQLException, InterruptedException {
        Damage damage = new Damage(seed);
        Audit audit = new Audit(damage);
        Random random = new Random(seed);
        Till.prepare(database);
        for (int i = 0; i < kills && damage.isNone(); i++) {
            List<TillOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());
            try (Till till = Till.open(database, CLERKS)) {
                AtomicBoolean over = new AtomicBoolean();
                List<Thread> clerks = clerks(till, "run" + i, random.nextLong(), outcomes, over);
                Thread.sleep(100 + random.nextInt(400));
                server.killHard();
                over.set(true);
                for (Thread clerk : clerks) {
                    clerk.join();
                }
                server.restart();
                if (till.pool.getHikariPoolMXBean().getActiveConnections() != 0) {
                    damage.brokenLaws().add("connections leaked");
                }
            }
            for (TillOutcome outcome : outcomes) {
                if (outcome.state() == State.FAILED && !FAILURES.contains(outcome.answer())) {
                    damage.brokenLaws().add("untyped failure: " + outcome);
                }
            }
            try (Till auditor = Till.open(database, 2)) {
                audit.after(outcomes, auditor);
            }
        }
        return damage;
    }

    private static List<Thread> clerks(
            Till till, String name, long seed, List<TillOutcome> outcomes, AtomicBoolean over) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLERKS; i++) {
            TillClerk clerk = new TillClerk(till, name + "/" + i, TillClerk.Mix.ALL, seed + i, outcomes::add);
            Thread thread = new Thread(() -> {
                while (!over.get()) {
                    clerk.once();
                }
            });
            thread.start();
            threads.add(thread);
        }
        return threads;
    }
}
