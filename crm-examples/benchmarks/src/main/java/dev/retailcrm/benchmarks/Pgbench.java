package dev.retailcrm.benchmarks;

import dev.retailcrm.jdbc.server.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's own benchmark, TPC-B-like at scale 10, if the program is installed. */
final class Pgbench {
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

    private final TestDatabase database;

    Pgbench(TestDatabase database) {
        this.database = database;
    }

    /** Fills its tables; false if the program is not installed. */
    boolean prepare() {
        return run("-i", "-q", "-s", "10") != null;
    }

    /** Transactions per second over prepared statements. */
    OptionalDouble perSecond(int clients, int seconds) {
        String output = run(
                "-M", "prepared", "-n", "-c", Integer.toString(clients), "-j", "2", "-T", Integer.toString(seconds));
        if (output == null) {
            return OptionalDouble.empty();
        }
        Matcher tps = TPS.matcher(output);
        return tps.find() ? OptionalDouble.of(Double.parseDouble(tps.group(1))) : OptionalDouble.empty();
    }

    private @Nullable String run(String... arguments) {
        URI uri = URI.create(database.url().substring("jdbc:".length()));
        List<String> command = new ArrayList<>(List.of("pgbench"));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-h",
                uri.getHost(),
                "-p",
                Integer.toString(uri.getPort()),
                "-U",
                database.user(),
                uri.getPath().substring(1)));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("PGPASSWORD", database.password());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
