package dev.retailcrm.quickstart;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.assets.ledger.SweepProgress;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.Durability;
import dev.retailcrm.jdbc.JdbcCrm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Replays purchases through the till, on an embedded database unless told otherwise. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        description = "Replays purchases through the till and proves that the ledger explains every balance.")
public final class Quickstart implements Callable<Integer> {
    @Option(
            names = "--csv",
            description = "purchases with columns customer, date, quantity, amount (default: made up from a seed)")
    private @Nullable Path csv;

    @Option(names = "--purchases", description = "how many to make up (default: ${DEFAULT-VALUE})")
    private int count = 30_000;

    @Option(names = "--seed", description = "the same seed makes up the same purchases (default: ${DEFAULT-VALUE})")
    private long seed = 42;

    @Option(names = "--url", description = "JDBC URL of a server (default: an embedded H2 in a file)")
    private @Nullable String url;

    @Option(names = "--user", description = "user on that server")
    private @Nullable String user;

    @Option(names = "--password", description = "password on that server")
    private @Nullable String password;

    @Option(names = "--tills", description = "tills at once (default: ${DEFAULT-VALUE})")
    private int tills = 4;

    /** Starts from the command line; exit code 0 if every sum agreed. */
    public static void main(String[] args) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        System.exit(new CommandLine(new Quickstart()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        try {
            return replay();
        } catch (IllegalArgumentException | CrmException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    private int replay() throws IOException {
        List<Purchase> purchases = csv == null ? Purchases.generate(count, seed) : Purchases.read(csv);
        if (purchases.isEmpty()) {
            throw new IllegalArgumentException("there are no purchases");
        }
        Instant end = purchases.get(purchases.size() - 1).at().plus(Duration.ofDays(1));
        try (HikariDataSource database = new HikariDataSource(database())) {
            CrmSchema.on(database).migrate();
            Durability durability = Durability.of(database);
            System.out.printf("Database: %s%n", durability.engine());
            durability.warnings().forEach(warning -> System.out.printf("  note: %s%n", warning));

            Till till = new Till(JdbcCrm.builder(database).clock(() -> end).build());
            long before = bookings(till);
            long start = System.nanoTime();
            new Replay(till, tills).run(purchases);
            int closedLots = sweep(till, end);
            double seconds = (System.nanoTime() - start) / 1e9;
            return report(till, purchases, before, closedLots, seconds, end);
        }
    }

    private static int sweep(Till till, Instant at) {
        int closed = 0;
        CustomerId cursor = null;
        do {
            SweepProgress progress = till.points.ledger().sweep(at, cursor, 500);
            closed += progress.closedLots();
            cursor = progress.cursor();
        } while (cursor != null);
        return closed;
    }

    private static int report(
            Till till, List<Purchase> purchases, long before, int closedLots, double seconds, Instant end) {
        Report report = new Report(System.out);
        long customers = purchases.stream().map(Purchase::customer).distinct().count();
        System.out.println();
        report.line("Purchases", String.format(Locale.ROOT, "%,14d", purchases.size()));
        report.line("Customers", String.format(Locale.ROOT, "%,14d", customers));
        report.line(
                "Seconds",
                String.format(Locale.ROOT, "%,14.1f (%,.0f purchases a second)", seconds, purchases.size() / seconds));
        report.line("Lots closed by the sweep", String.format(Locale.ROOT, "%,14d", closedLots));
        report.line("Sent twice by a till", String.format(Locale.ROOT, "%,14d, booked once", till.repeats()));
        report.points(till.points.ledger());
        report.storedValue(till.stored.ledger());
        report.line("Bookings made by this run", String.format(Locale.ROOT, "%,14d", report.bookings() - before));
        String number = purchases.get(Math.min(4, purchases.size() - 1)).customer();
        report.statement(till.points.ledger(), till.customer(number), number, end);
        System.out.println(report.isProven() ? "\nEvery sum agrees." : "\nSOME SUMS DO NOT AGREE.");
        return report.isProven() ? 0 : 1;
    }

    /** How many bookings there are, without a word about them. */
    private static long bookings(Till till) {
        Report silent = new Report(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        silent.points(till.points.ledger());
        silent.storedValue(till.stored.ledger());
        return silent.bookings();
    }

    private HikariConfig database() throws IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                url == null
                        ? "jdbc:h2:file:" + file() + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=256"
                        : url);
        config.setUsername(url == null ? "sa" : user);
        config.setPassword(url == null ? "" : password);
        config.setMaximumPoolSize(tills + 2);
        return config;
    }

    /** Beside the program, one database for each source of purchases: another run finds what this one booked. */
    private Path file() throws IOException {
        Path program = Path.of(Quickstart.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Path folder = program.toAbsolutePath().resolveSibling("shop");
        Files.createDirectories(folder);
        String source = csv == null
                ? "generated-" + seed + "-" + count
                : csv.getFileName().toString().replaceAll("[^A-Za-z0-9]", "-");
        return folder.resolve(source);
    }
}
