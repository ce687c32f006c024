package dev.retailcrm.jdbc.fault;

import dev.retailcrm.jdbc.server.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

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
            List<String> lines = Victim.linesUntilKilled(till, 200 + random.nextInt(400));
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
        return Victim.start(
                TillProcess.class,
                database.url(),
                database.user(),
                database.password(),
                name,
                mix.name(),
                Integer.toString(clerks),
                Long.toString(commands),
                Long.toString(seed));
    }
}
