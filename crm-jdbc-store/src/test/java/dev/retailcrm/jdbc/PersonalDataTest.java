package dev.retailcrm.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import com.google.common.collect.Sets;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.tck.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code META-INF/crm/personal-data.csv} tells of every column what it holds, and tells the truth. */
class PersonalDataTest {
    private static final AtomicLong TENANTS = new AtomicLong();
    private static final KeyRing RING = KeyRing.of(1, new byte[32]);

    /** What is kept of a table: part, whether it is erased, and why not. */
    private record Table(String part, String erasure, String why) {}

    private final Map<String, Table> tables = new TreeMap<>();
    private final Map<String, String> columns = new TreeMap<>();

    PersonalDataTest() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                JdbcCrm.class.getClassLoader().getResourceAsStream("META-INF/crm/personal-data.csv"))) {
            for (String line : new String(in.readAllBytes(), UTF_8).split("\n", -1)) {
                List<String> parts = Splitter.on(", ").limit(4).splitToList(line);
                if (line.startsWith("#") || line.isEmpty()) {
                    continue;
                }
                if (parts.get(0).indexOf('.') > 0) {
                    columns.put(parts.get(0), parts.get(1));
                } else {
                    tables.put(
                            parts.get(0), new Table(parts.get(1), parts.get(2), parts.size() > 3 ? parts.get(3) : ""));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_column_is_told(Engine engine) throws SQLException {
        Set<String> found = new TreeSet<>();
        try (Connection connection = TestHost.database(engine).connect();
                ResultSet all = connection
                        .getMetaData()
                        .getColumns(connection.getCatalog(), connection.getSchema(), null, null)) {
            while (all.next()) {
                String table = all.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (table.startsWith("crm_") && !table.equals("crm_schema_history")) {
                    found.add(table + "." + all.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }
        assertThat(found).isEqualTo(columns.keySet());
        assertThat(columns.values()).containsOnly("PERSONAL", "LINKED", "NEITHER");
    }

    @Test
    void what_is_about_a_customer_is_exported_or_it_is_said_why_not() throws IOException {
        JdbcTenant tenant = tenant(Engine.H2);
        JsonNode record =
                export(tenant, new PersonalLife(tenant).live()).path("records").path(0);
        Set<String> parts = new HashSet<>();
        record.fieldNames().forEachRemaining(parts::add);

        for (Map.Entry<String, Table> table : tables.entrySet()) {
            boolean isAboutCustomers = columns.entrySet().stream()
                    .anyMatch(it -> it.getKey().startsWith(table.getKey() + ".")
                            && !it.getValue().equals("NEITHER"));
            String part = table.getValue().part();
            if (part.equals("-")) {
                assertThat(table.getValue().why()).as(table.getKey()).isNotEmpty();
            } else {
                assertThat(isAboutCustomers).as(table.getKey()).isTrue();
                assertThat(parts).as(table.getKey()).contains(part);
            }
        }
        assertThat(tables.values()).extracting(Table::part).containsAll(Sets.difference(parts, Set.of("id")));
    }

    @Test
    void what_is_personal_is_erased_and_what_is_kept_says_why() {
        tables.forEach((name, table) -> {
            boolean isPersonal = columns.entrySet().stream()
                    .anyMatch(it ->
                            it.getKey().startsWith(name + ".") && it.getValue().equals("PERSONAL"));
            assertThat(table.erasure()).as(name).isEqualTo(isPersonal ? "ERASED" : "KEPT");
            if (!isPersonal) {
                assertThat(table.why()).as(name).isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void erasure_takes_every_value_of_every_personal_column(Engine engine) throws SQLException {
        JdbcTenant tenant = tenant(engine);
        String name = "pd" + TENANTS.get();
        CustomerId eve = new PersonalLife(tenant).live();
        Map<String, Set<String>> before = personal(engine, name);
        assertThat(before)
                .allSatisfy((column, values) -> assertThat(values)
                        .as("%s is filled, so that the search can find it", column)
                        .isNotEmpty());

        assertThat(tenant.privacy().erase(eve, new PersonalLife(tenant).key()).isComplete())
                .isTrue();

        personal(engine, name)
                .forEach((column, values) -> assertThat(
                                Sets.intersection(values, before.getOrDefault(column, Set.of())))
                        .as("what is left in %s", column)
                        .isEmpty());
        assertThat(dump(engine, name))
                .isNotEmpty()
                .noneMatch(row -> row.toLowerCase(Locale.ROOT).contains("qanaria")
                        || row.toLowerCase(Locale.ROOT)
                                .contains(HexFormat.of().formatHex(PersonalLife.CANARY.getBytes(UTF_8))));
    }

    private static JdbcTenant tenant(Engine engine) {
        return JdbcCrm.builder(TestHost.database(engine).dataSource())
                .clock(MutableClock.at("2026-03-01T09:00:00Z"))
                .region("CN")
                .cipher(AesGcmCipher.with(tenant -> RING))
                .build()
                .tenant("pd" + TENANTS.incrementAndGet());
    }

    private static JsonNode export(JdbcTenant tenant, CustomerId customer) throws IOException {
        var out = new ByteArrayOutputStream();
        tenant.privacy().export(customer, out);
        return new ObjectMapper().readTree(out.toByteArray());
    }

    /** The values in each personal column of a tenant. */
    private Map<String, Set<String>> personal(Engine engine, String tenant) throws SQLException {
        Map<String, Set<String>> values = new TreeMap<>();
        for (Map.Entry<String, String> column : columns.entrySet()) {
            if (column.getValue().equals("PERSONAL")) {
                int dot = column.getKey().indexOf('.');
                String table = column.getKey().substring(0, dot);
                String sql = "SELECT " + column.getKey().substring(dot + 1) + " FROM " + table + " WHERE tenant_id = '"
                        + tenant + "'" + (table.equals("crm_identity_lookup") ? " AND kind <> 'REGISTRATION'" : "");
                values.put(column.getKey(), select(engine, sql).collect(Collectors.toSet()));
            }
        }
        return values;
    }

    private static Stream<String> select(Engine engine, String sql) throws SQLException {
        try (Connection connection = TestHost.database(engine).connect();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            var found = Stream.<String>builder();
            while (rows.next()) {
                String value = rows.getString(1);
                if (value != null) {
                    found.add(value);
                }
            }
            return found.build();
        }
    }

    private static List<String> dump(Engine engine, String tenant) throws SQLException {
        try (Connection connection = TestHost.database(engine).connect()) {
            return JdbcFixture.tables(connection).stream()
                    .flatMap(table -> rows(connection, table, tenant).stream())
                    .toList();
        }
    }

    private static List<String> rows(Connection connection, String table, String tenant) {
        try (var statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT * FROM " + table + " WHERE tenant_id = '" + tenant + "'")) {
            return JdbcFixture.rows(table, rows);
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
