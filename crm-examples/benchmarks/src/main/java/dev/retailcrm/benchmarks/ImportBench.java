package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.core.imports.ImportFile;
import dev.retailcrm.core.imports.ImportProgress;
import dev.retailcrm.core.imports.ImportRun;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.JdbcTenant;
import dev.retailcrm.jdbc.server.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Customers, orders or events imported from a file per second, dry, in earnest and again. To be run with a small heap. */
@Command(name = "import", description = "Records imported from a CSV file per second; run it with -Xmx256m.")
final class ImportBench implements Callable<Integer> {
    private static final double MEBIBYTE = 1 << 20;

    /** What a file holds. */
    enum What {
        CUSTOMERS("crm_customer"),
        ORDERS("crm_order"),
        BEHAVIORS("crm_behavior");

        private final String table;

        What(String table) {
            this.table = table;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--what", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    What what = What.CUSTOMERS;

    @Option(
            names = "--customers",
            description = "customers in the file, or whose orders or events are (default: ${DEFAULT-VALUE})")
    int customers = 1_000_000;

    @Option(
            names = "--records",
            description = "orders of two lines, or events, in the file (default: ${DEFAULT-VALUE})")
    int records = 1_000_000;

    @Override
    public Integer call() throws Exception {
        Path people = Files.createTempFile("customers", ".csv");
        Path facts = Files.createTempFile("facts", ".csv");
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("bench"))) {
            CrmSchema.on(pool).migrate();
            JdbcTenant tenant = JdbcCrm.builder(pool).region("CN").build().tenant("acme");
            ImportFile members = GeneratedCustomers.write(people, customers);
            Figures.print(figure("heap-megabytes"), Runtime.getRuntime().maxMemory() / MEBIBYTE);
            if (what == What.CUSTOMERS) {
                return measured(pool, customers, run -> customers(tenant, members, run));
            }
            customers(tenant, members, ImportRun.of("loyalty"));
            if (what == What.ORDERS) {
                ImportFile orders = GeneratedFacts.orders(facts, records, customers);
                return measured(pool, records, run -> tenant.imports().orders(orders, GeneratedFacts.ORDERS, run));
            }
            tenant.behavior().define(GeneratedFacts.VIEWED);
            ImportFile events = GeneratedFacts.events(facts, records, customers);
            return measured(pool, records, run -> tenant.imports().behaviors(events, GeneratedFacts.EVENTS, run));
        } finally {
            Files.delete(people);
            Files.delete(facts);
        }
    }

    private static ImportProgress customers(JdbcTenant tenant, ImportFile file, ImportRun run) {
        return tenant.imports().customers(file, GeneratedCustomers.MAPPING, run);
    }

    private int measured(HikariDataSource pool, int expected, Function<ImportRun, ImportProgress> imported)
            throws Exception {
        ImportRun run = ImportRun.of("measured");
        ImportProgress dry = timed("dry", expected, imported, run.dryRun());
        ImportProgress done = timed(what.label(), expected, imported, run);
        ImportProgress again = timed("again", expected, imported, run);
        int rows = Sql.count(pool, "SELECT COUNT(*) FROM " + what.table);
        Figures.print(figure("rows"), rows);
        boolean right = dry.accepted() == expected
                && done.accepted() == expected
                && again.repeated() == expected
                && rows == expected;
        return right ? 0 : 1;
    }

    private ImportProgress timed(
            String name, int expected, Function<ImportRun, ImportProgress> imported, ImportRun run) {
        long start = System.nanoTime();
        ImportProgress progress = imported.apply(run);
        double seconds = (System.nanoTime() - start) / 1e9;
        Figures.print(figure(name + ".per-second"), expected / seconds);
        return progress;
    }

    private String figure(String name) {
        return servers.engine + ".import." + (what == What.CUSTOMERS ? "" : what.label() + ".") + name;
    }
}
