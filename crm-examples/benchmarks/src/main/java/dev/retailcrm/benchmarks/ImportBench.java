package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.core.imports.ImportFile;
import dev.retailcrm.core.imports.ImportProgress;
import dev.retailcrm.core.imports.ImportRun;
import dev.retailcrm.core.imports.Imports;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.server.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Customers imported from a file per second, dry, in earnest and again. To be run with a small heap. */
@Command(name = "import", description = "Customers imported from a CSV file per second; run it with -Xmx256m.")
final class ImportBench implements Callable<Integer> {
    private static final double MEBIBYTE = 1 << 20;

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--customers", description = "customers in the file (default: ${DEFAULT-VALUE})")
    int customers = 1_000_000;

    @Override
    public Integer call() throws Exception {
        Path path = Files.createTempFile("customers", ".csv");
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("bench"))) {
            CrmSchema.on(pool).migrate();
            Imports imports =
                    JdbcCrm.builder(pool).region("CN").build().tenant("acme").imports();
            ImportFile file = GeneratedCustomers.write(path, customers);
            ImportRun run = ImportRun.of("loyalty");
            Figures.print(
                    servers.engine + ".import.heap-megabytes",
                    Runtime.getRuntime().maxMemory() / MEBIBYTE);
            ImportProgress dry = measure("dry", imports, file, run.dryRun());
            ImportProgress done = measure("customers", imports, file, run);
            ImportProgress again = measure("again", imports, file, run);
            int rows = Sql.count(pool, "SELECT COUNT(*) FROM crm_customer");
            Figures.print(servers.engine + ".import.rows", rows);
            boolean right = dry.accepted() == customers
                    && done.accepted() == customers
                    && again.repeated() == customers
                    && rows == customers;
            return right ? 0 : 1;
        } finally {
            Files.delete(path);
        }
    }

    private ImportProgress measure(String what, Imports imports, ImportFile file, ImportRun run) {
        long start = System.nanoTime();
        ImportProgress progress = imports.customers(file, GeneratedCustomers.MAPPING, run);
        double seconds = (System.nanoTime() - start) / 1e9;
        Figures.print(servers.engine + ".import." + what + ".per-second", customers / seconds);
        return progress;
    }
}
