package dev.retailcrm.jdbc.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.h2.tools.Server;

/** H2: in memory inside this JVM if fast, as a TCP server with files in a JVM of its own if durable. */
public final class TestH2 {
    private static final String USER = "sa";

    private TestH2() {}

    /** In-memory databases of this JVM. They stay until it ends. */
    public static TestServer fast() {
        return Fast.SERVER;
    }

    /** The JVM's shared server. Its URLs carry {@code WRITE_DELAY=0}, without which H2 loses answered commits. */
    public static TestServer durable() {
        return Durable.SERVER;
    }

    /** A durable server of your own. */
    public static TestServer start() {
        try {
            var home = Files.createTempDirectory("retailcrm-h2-");
            var port = ServerProcess.freePort();
            Function<String, TestDatabase> databases = name ->
                    new TestDatabase("jdbc:h2:tcp://127.0.0.1:%d/./%s;WRITE_DELAY=0".formatted(port, name), USER, "");
            var probe = databases.apply("probe");
            var process = new ServerProcess(
                    home, command(home, port), () -> probe.connect().close());
            return new LocalServer(
                    process, databases, name -> databases.apply(name).connect().close());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Databases with files inside this JVM, as small shops run them. */
    public static TestServer embedded() {
        try {
            return new LocalH2(Files.createTempDirectory("retailcrm-h2-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path home, int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dh2.bindAddress=127.0.0.1",
                "-cp",
                jar(),
                Server.class.getName(),
                "-tcp",
                "-tcpPort",
                Integer.toString(port),
                "-ifNotExists",
                "-baseDir",
                home.toString());
    }

    private static String jar() {
        try {
            var source = Server.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Fast {
        private static final TestServer SERVER = new LocalH2(null);
    }

    private static final class Durable {
        private static final TestServer SERVER = start();
    }
}
