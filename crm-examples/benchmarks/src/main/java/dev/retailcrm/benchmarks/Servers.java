package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.jdbc.server.Mode;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestH2;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.jdbc.server.TestServer;
import picocli.CommandLine.Option;

/** Which database to measure on, and with how many clients; it is durable: a server with fsync on, or H2 in a file with WRITE_DELAY=0. */
final class Servers {
    @Option(names = "--engine", description = "postgresql, mariadb or h2 (default: ${DEFAULT-VALUE})")
    String engine = "postgresql";

    @Option(names = "--clients", description = "clients at once (default: ${DEFAULT-VALUE})")
    int clients = 8;

    TestServer start() {
        return switch (engine) {
            case "postgresql" -> TestPostgres.start(Mode.DURABLE, 100);
            case "mariadb" -> TestMariaDb.start(Mode.DURABLE, 100);
            case "h2" -> TestH2.embedded();
            default -> throw new IllegalArgumentException("--engine is postgresql, mariadb or h2");
        };
    }

    HikariDataSource pool(TestDatabase database) {
        HikariConfig config = new HikariConfig();
        String option = switch (engine) {
            case "mariadb" -> (database.url().contains("?") ? "&" : "?") + "transactionIsolation=READ-COMMITTED";
            case "h2" -> ";LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=256";
            default -> "";
        };
        config.setJdbcUrl(database.url() + option);
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(clients + 2);
        return new HikariDataSource(config);
    }
}
