package dev.retailcrm.benchmarks;

import dev.retailcrm.jdbc.fault.Damage;
import dev.retailcrm.jdbc.fault.KilledServer;
import dev.retailcrm.jdbc.fault.KilledTill;
import dev.retailcrm.jdbc.server.Mode;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.jdbc.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills tills and servers at work, and counts what was lost or doubled. */
@Command(name = "torture", description = "Kills tills and servers at work, and counts what was lost or doubled.")
final class TortureBench implements Callable<Integer> {
    @Option(names = "--engine", description = "postgresql, mariadb or h2 (default: ${DEFAULT-VALUE})")
    String engine = "postgresql";

    @Option(
            names = "--kills",
            description = "kills; of a server every second is one of its own, h2 dies with its till"
                    + " (default: ${DEFAULT-VALUE})")
    int kills = 200;

    @Option(names = "--clerks", description = "clerks of a killed till (default: ${DEFAULT-VALUE})")
    int clerks = 4;

    @Option(names = "--seed", description = "where the random numbers start (default: at random)")
    long seed = new Random().nextLong();

    @Override
    public Integer call() throws Exception {
        List<Damage> damages = engine.equals("h2") ? embedded() : served();
        String name = engine + ".torture.";
        Figures.print(name + "kills", damages.stream().mapToInt(Damage::kills).sum());
        Figures.print(name + "answered", (double)
                damages.stream().mapToLong(Damage::acknowledged).sum());
        Figures.print(name + "unknown", (double)
                damages.stream().mapToLong(Damage::unknown).sum());
        Figures.print(
                name + "lost", damages.stream().mapToInt(it -> it.lost().size()).sum());
        Figures.print(
                name + "booked-twice",
                damages.stream().mapToInt(it -> it.bookedTwice().size()).sum());
        Figures.print(
                name + "broken-laws",
                damages.stream().mapToInt(it -> it.brokenLaws().size()).sum());
        damages.stream().filter(damage -> !damage.isNone()).forEach(System.out::println);
        return damages.stream().allMatch(Damage::isNone) ? 0 : 1;
    }

    private List<Damage> served() throws Exception {
        try (TestServer server = server()) {
            List<Damage> damages = new ArrayList<>();
            damages.add(KilledTill.kill(server.newDatabase("killed_till"), clerks, kills - kills / 2, seed));
            damages.add(KilledServer.kill(server, server.newDatabase("killed_server"), kills / 2, seed));
            return damages;
        }
    }

    private TestServer server() {
        return switch (engine) {
            case "postgresql" -> TestPostgres.start(Mode.DURABLE, 100);
            case "mariadb" -> TestMariaDb.start(Mode.DURABLE, 100);
            default -> throw new IllegalArgumentException("--engine is postgresql, mariadb or h2");
        };
    }

    private List<Damage> embedded() throws Exception {
        Path directory = Files.createTempDirectory("retailcrm-torture-");
        try {
            String url =
                    "jdbc:h2:file:" + directory.resolve("till") + ";WRITE_DELAY=0;RETENTION_TIME=0;LOCK_TIMEOUT=10000";
            return List.of(KilledTill.kill(new TestDatabase(url, "sa", ""), clerks, kills, seed));
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
