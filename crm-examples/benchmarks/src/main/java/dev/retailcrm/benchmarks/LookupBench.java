package dev.retailcrm.benchmarks;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.imports.ImportRun;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.JdbcTenant;
import dev.retailcrm.jdbc.server.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Customers found by their phone number per second, beside a statement by hand that reads the same rows: once prepared once on a connection
 * kept open and given the normal form, once with a connection of the pool and the number as it was typed.
 */
@Command(
        name = "lookup",
        description = "Customers found by phone per second on PostgreSQL, as a ratio to JDBC by hand in the same run.")
final class LookupBench implements Callable<Integer> {
    private static final String BY_HAND = """
            SELECT c.customer_id, c.version, c.event_seq, c.status, c.party, c.personal, c.gender, c.birth_year, c.birth_month,
                c.birth_day, c.language, c.time_zone, c.joined_ms, c.joined_store, c.joined_staff, c.changed_ms, c.merged_into,
                i.kind, i.issuer, i.token, i.verified_ms, i.verified_by
            FROM crm_identity_lookup l
            JOIN crm_customer c ON c.tenant_id = l.tenant_id AND c.customer_id = l.customer_id
            LEFT JOIN crm_identity i ON i.tenant_id = c.tenant_id AND i.customer_id = c.customer_id
            WHERE l.tenant_id = 'acme' AND l.kind = 'PHONE' AND l.issuer = '' AND l.token = ?
            """;
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final int COLUMNS = 22;

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--customers", description = "customers loaded before (default: ${DEFAULT-VALUE})")
    int customers = 1_000_000;

    @Option(names = "--seconds", description = "length of one measurement (default: ${DEFAULT-VALUE})")
    int seconds = 5;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    @Override
    public Integer call() throws Exception {
        if (!servers.engine.equals("postgresql")) {
            throw new IllegalArgumentException("the statement by hand is that of PostgreSQL");
        }
        Path path = Files.createTempFile("customers", ".csv");
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("bench"))) {
            CrmSchema.on(pool).migrate();
            JdbcTenant tenant = JdbcCrm.builder(pool).region("CN").build().tenant("acme");
            tenant.imports()
                    .customers(
                            GeneratedCustomers.write(path, customers),
                            GeneratedCustomers.MAPPING,
                            ImportRun.of("loyalty"));
            Sql.run(pool, "VACUUM ANALYZE");
            measure(tenant.customers(), pool, new Figures());
            Figures figures = new Figures();
            for (int round = 1; round <= rounds; round++) {
                measure(tenant.customers(), pool, figures);
            }
            figures.print();
            return 0;
        } finally {
            Files.delete(path);
        }
    }

    private void measure(Customers facade, HikariDataSource pool, Figures figures) {
        double ours = Load.perSecond(servers.clients, seconds, client -> number -> {
            if (facade.findByPhone(phone()).isEmpty()) {
                throw new IllegalStateException("not found");
            }
        });
        double theirs = Load.perSecond(servers.clients, seconds, client -> new ByHand(pool.getConnection(), this));
        double pooled = Load.perSecond(servers.clients, seconds, client -> number -> pooled(pool));
        figures.add("postgresql.lookup.facade.per-second", ours);
        figures.add("postgresql.lookup.by-hand.per-second", theirs);
        figures.add("postgresql.lookup.facade-to-by-hand", ours / theirs);
        figures.add("postgresql.lookup.facade-to-pooled-by-hand", ours / pooled);
    }

    /** What a till must do as well: the number as it was typed, a connection of the pool. */
    private void pooled(HikariDataSource pool) throws SQLException, NumberParseException {
        String normal = NUMBERS.format(NUMBERS.parse(phone(), "CN"), PhoneNumberFormat.E164);
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(BY_HAND)) {
            readAll(statement, normal);
        }
    }

    private static void readAll(PreparedStatement statement, String normal) throws SQLException {
        statement.setString(1, normal);
        int read = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                for (int column = 1; column <= COLUMNS; column++) {
                    read += rows.getObject(column) == null ? 0 : 1;
                }
            }
        }
        if (read == 0) {
            throw new SQLException("not found");
        }
    }

    private String phone() {
        return GeneratedCustomers.phone(ThreadLocalRandom.current().nextInt(customers));
    }

    /** A connection kept open and a statement prepared once; every column is read. */
    private static final class ByHand implements Load.Client {
        private final Connection connection;
        private final PreparedStatement statement;
        private final LookupBench bench;

        ByHand(Connection connection, LookupBench bench) throws SQLException {
            this.connection = connection;
            this.statement = connection.prepareStatement(BY_HAND);
            this.bench = bench;
        }

        @Override
        public void once(long number) throws SQLException {
            readAll(statement, "+86" + bench.phone());
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
