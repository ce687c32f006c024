package dev.retailcrm.jdbc.fault;

import dev.retailcrm.jdbc.server.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Kills the process of a till (SIGKILL) while its clerks are at work, again and again, and audits the books each time. */
public final class KilledTill {
    private KilledTill() {}

    /** Kills a till with so many clerks, of an empty database, this often. For H2 the URL names a file, which the till opens itself. */
    public static Damage kill(TestDatabase database, int clerks, int kills, long seed)
            throws IOException, SQLException {
        Damage damage = new Damage(seed);
        Audit audit = new Audit(damage);
        Random random = new Random(seed);
        Till.prepare(database);
        for (int i = 0; i < kills && damage.isNone(); i++) {
            Process till = start(database, "run" + i, TillClerk.Mix.ALL, clerks, 0, random.nextLong());
            List<String> lines = linesUntilKilled(till, 200 + random.nextInt(400));
            List<TillOutcome> outcomes = Audit.outcomes(lines);
            if (outcomes.isEmpty()) {
                throw new IllegalStateException("the till did not start: " + lines);
            }
            try (Till auditor = Till.open(database, 2)) {
                audit.after(outcomes, auditor);
            }
        }
        return damage;
    }

    /** A JVM with a till. It ends with this one. */
    static Process start(TestDatabase database, String name, TillClerk.Mix mix, int clerks, long commands, long seed)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TillProcess.class.getName(),
                        database.url(),
                        database.user(),
                        database.password(),
                        name,
                        mix.name(),
                        Integer.toString(clerks),
                        Long.toString(commands),
                        Long.toString(seed))
                .redirectErrorStream(true)
                .start();
    }

    /** All a till wrote until it was killed, some time after its first answer. {@code Process.destroyForcibly} would close the pipe. */
    private static List<String> linesUntilKilled(Process till, int millis) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean answered = false;
        try (BufferedReader reader = till.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (!answered && line.startsWith("DONE")) {
                    answered = true;
                    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                            .execute(till.toHandle()::destroyForcibly);
                }
            }
            till.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            till.destroyForcibly();
        }
        return lines;
    }
}
