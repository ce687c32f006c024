package dev.retailcrm.jdbc.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of its own that is started to be killed. Stateless. */
final class Victim {
    private Victim() {}

    /** Starts a JVM; it ends with this one, if it calls {@link #endWithParent}. */
    static Process start(Class<?> main, String... arguments) throws IOException {
        return new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "-Xmx128m",
                                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        main.getName()),
                                Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
    }

    /**
     * All it wrote until it was killed (SIGKILL), some time after its first line that begins with {@code DONE}.
     * {@code Process.destroyForcibly} would close the pipe.
     */
    static List<String> linesUntilKilled(Process victim, int millis) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean answered = false;
        try (BufferedReader reader = victim.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (!answered && line.startsWith("DONE")) {
                    answered = true;
                    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                            .execute(victim.toHandle()::destroyForcibly);
                }
            }
            victim.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            victim.destroyForcibly();
        }
        return lines;
    }

    /** To be called by a victim as it starts. */
    static void endWithParent() {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {}
            } catch (IOException e) {
                // As good as the end of it.
            }
            Runtime.getRuntime().halt(1);
        });
        watch.setDaemon(true);
        watch.start();
    }
}
