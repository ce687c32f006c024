package dev.retailcrm.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import dev.retailcrm.jdbc.server.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Personal values, searched for byte by byte in all that a process writes which logs everything: the library's log, jOOQ's, Flyway's and the
 * pool's at their finest, refusals and failures with their stacks, answers, events and the export of somebody else as text.
 */
class LogCanariesTest {
    /** Each is in names, numbers, remarks or addresses of {@link PersonalLife}. */
    private static final List<String> CANARIES =
            List.of(PersonalLife.CANARY, PersonalLife.CANARY.toUpperCase(Locale.ROOT), "qanaria", "13812345678");

    @TempDir
    Path folder;

    @Test
    void are_in_nothing_that_is_logged_thrown_answered_or_sent() throws Exception {
        TestDatabase database = new TestDatabase("jdbc:h2:mem:logged;DB_CLOSE_DELAY=-1", "sa", "");
        byte[] written = run(database);

        for (String control : List.of(
                LoggedLife.CONTROL,
                LoggedLife.DRIVER_CONTROL,
                "org.jooq",
                "com.zaxxer.hikari",
                "IDENTITY_TAKEN",
                "STORE_FAILED",
                "export of somebody else {",
                "ParkedEvent[",
                "customer.registered")) {
            assertThat(Bytes.indexOf(written, control.getBytes(UTF_8)))
                    .as("%s is found", control)
                    .isNotNegative();
        }
        for (String canary : CANARIES) {
            int at = Bytes.indexOf(written, canary.getBytes(UTF_8));
            assertThat(at < 0 ? "nothing" : around(written, at)).as(canary).isEqualTo("nothing");
        }
    }

    private static String around(byte[] written, int at) {
        int from = Math.max(0, at - 300);
        return new String(written, from, Math.min(written.length - from, 600), UTF_8);
    }

    private byte[] run(TestDatabase database) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-Dorg.jooq.no-logo=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoggedLife.class.getName(),
                        database.url(),
                        database.user(),
                        database.password(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        byte[] written = Files.readAllBytes(output);
        assertThat(process.exitValue()).as(() -> new String(written, UTF_8)).isZero();
        return written;
    }
}
