package dev.retailcrm.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessKillTest {
    private static final int KILLS = 20;
    private static final int KILLS_AS_INSTALLED = 8;
    private static final int CLERKS = 4;

    @Test
    void of_a_till_on_postgresql_loses_and_doubles_nothing() throws Exception {
        killed(TestPostgres.durable().newDatabase("killed_till"), KILLS);
    }

    @Test
    void of_a_till_on_mariadb_loses_and_doubles_nothing() throws Exception {
        killed(TestMariaDb.durable().newDatabase("killed_till"), KILLS);
    }

    @Test
    void of_a_till_on_mariadb_as_it_is_installed_loses_and_doubles_nothing() throws Exception {
        killed(Engines.asInstalled(TestMariaDb.durable().newDatabase("killed_till")), KILLS_AS_INSTALLED);
    }

    @Test
    void of_a_till_that_holds_h2_itself_loses_and_doubles_nothing(@TempDir Path directory) throws Exception {
        killed(
                new TestDatabase(
                        "jdbc:h2:file:" + directory.resolve("till")
                                + ";WRITE_DELAY=0;RETENTION_TIME=0;LOCK_TIMEOUT=10000",
                        "sa",
                        ""),
                KILLS);
    }

    private static void killed(TestDatabase database, int kills) throws Exception {
        Damage damage = KilledTill.kill(database, CLERKS, kills, new Random().nextLong());

        assertThat(damage.isNone()).as(damage::toString).isTrue();
        assertThat(damage.kills()).isEqualTo(kills);
        assertThat(damage.acknowledged()).isPositive();
    }
}
