package dev.retailcrm.jdbc.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server's process and its files in {@code home}. Ends with the JVM: by a shutdown hook, and by a watchdog of its own if
 * the JVM gets no chance to run one.
 */
final class ServerProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WATCHDOG = "trap '' INT HUP; while kill -0 \"$0\" 2>/dev/null; do sleep 1; done;"
            + " kill -9 \"$1\"; sleep 1; rm -rf \"$2\"";

    private final Path home;
    private final List<String> command;
    private final Probe probe;
    private @Nullable Process server;
    private @Nullable Process watchdog;

    /** Succeeds once the server takes connections. */
    interface Probe {
        void connect() throws SQLException;
    }

    ServerProcess(Path home, List<String> command, Probe probe) {
        this.home = home;
        this.command = command;
        this.probe = probe;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop " + home.getFileName()));
    }

    Path home() {
        return home;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Runs a command to its end, in {@code home} and as its owner. */
    static void run(Path home, List<String> command) throws IOException {
        var process = spawn(home, command);
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " failed:\n" + Files.readString(log(home)));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    synchronized void start() {
        if (server != null) {
            throw new IllegalStateException("Runs already");
        }
        try {
            var started = spawn(home, command);
            server = started;
            watchdog = watch(started);
            awaitConnections(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void kill() {
        if (server == null) {
            return;
        }
        var root = server.toHandle();
        var all = Stream.concat(Stream.of(root), root.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(ServerProcess::awaitEnd);
        if (watchdog != null) {
            watchdog.destroyForcibly();
        }
        server = null;
        watchdog = null;
    }

    synchronized void stop() {
        kill();
        Binaries.delete(home);
    }

    private void awaitConnections(Process started) throws IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                probe.connect();
                return;
            } catch (SQLException e) {
                if (!started.isAlive() || System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("Does not answer:\n" + Files.readString(log(home)), e);
                }
                pause();
            }
        }
    }

    private Process watch(Process started) throws IOException {
        var self = Long.toString(ProcessHandle.current().pid());
        return new ProcessBuilder("sh", "-c", WATCHDOG, self, Long.toString(started.pid()), home.toString())
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
    }

    private static Process spawn(Path home, List<String> command) throws IOException {
        return new ProcessBuilder(RunAs.ownerOf(home, command))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log(home).toFile()))
                .start();
    }

    private static Path log(Path home) {
        return home.resolve("server.log");
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("Survived a kill: " + process, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
