package dev.retailcrm.benchmarks;

import dev.retailcrm.quickstart.Quickstart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The quickstart on a new database, from the command line to the proof. */
@Command(name = "replay", description = "Seconds of the whole quickstart on a new embedded database.")
final class ReplayBench implements Callable<Integer> {
    @Option(names = "--csv", description = "purchases to replay (default: made up)")
    private @Nullable Path csv;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("replay");
        List<String> arguments = new ArrayList<>(List.of(
                "--url", "jdbc:h2:file:" + folder.resolve("shop") + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=256",
                "--user", "sa"));
        if (csv != null) {
            arguments.addAll(List.of("--csv", csv.toString()));
        }
        long start = System.nanoTime();
        int exit = new CommandLine(new Quickstart()).execute(arguments.toArray(String[]::new));
        Figures.print("h2.replay.seconds", (System.nanoTime() - start) / 1e9);
        return exit;
    }
}
