package dev.retailcrm.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.jdbc.server.Mode;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestH2;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.jdbc.server.TestServer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServerKillTest {
    private static final int KILLS = 5;

    @Test
    void of_postgresql_loses_and_doubles_nothing() throws Exception {
        try (TestServer server = TestPostgres.start(Mode.DURABLE, 50)) {
            killed(server);
        }
    }

    @Test
    void of_mariadb_loses_and_doubles_nothing() throws Exception {
        try (TestServer server = TestMariaDb.start(Mode.DURABLE, 50)) {
            killed(server);
        }
    }

    @Test
    void of_h2_loses_and_doubles_nothing() throws Exception {
        try (TestServer server = TestH2.start()) {
            killed(server);
        }
    }

    private static void killed(TestServer server) throws Exception {
        Damage damage = KilledServer.kill(server, database(server), KILLS, new Random().nextLong());

        assertThat(damage.isNone()).as(damage::toString).isTrue();
        assertThat(damage.kills()).isEqualTo(KILLS);
        assertThat(damage.acknowledged()).isPositive();
        assertThat(damage.failed() + damage.unknown()).isPositive();
    }

    private static TestDatabase database(TestServer server) {
        TestDatabase database = server.newDatabase("killed_server");
        return database.url().startsWith("jdbc:h2:") ? Engines.patient(database) : database;
    }
}
