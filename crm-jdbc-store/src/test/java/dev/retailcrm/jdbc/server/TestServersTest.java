package dev.retailcrm.jdbc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestServersTest {
    static Stream<Named<Supplier<TestServer>>> all() {
        return Stream.concat(
                Stream.of(
                        Named.of("H2 in memory", TestH2::fast),
                        Named.of("PostgreSQL fast", TestPostgres::fast),
                        Named.of("MariaDB fast", TestMariaDb::fast)),
                durable());
    }

    static Stream<Named<Supplier<TestServer>>> durable() {
        return Stream.of(
                Named.of("H2 durable", TestH2::durable),
                Named.of("PostgreSQL durable", TestPostgres::durable),
                Named.of("MariaDB durable", TestMariaDb::durable));
    }

    @ParameterizedTest
    @MethodSource("all")
    void answers_in_a_fresh_database(Supplier<TestServer> server) throws SQLException {
        // given
        var first = server.get().newDatabase("fresh");
        var second = server.get().newDatabase("fresh");

        // when
        execute(first, "CREATE TABLE t (n INT)");
        execute(first, "INSERT INTO t VALUES (7)");

        // then
        assertThat(ints(first, "SELECT 1 FROM t")).containsExactly(1);
        assertThatThrownBy(() -> ints(second, "SELECT n FROM t")).isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @MethodSource("durable")
    void keeps_committed_data_over_a_kill(Supplier<TestServer> server) throws SQLException {
        // given
        var database = server.get().newDatabase("kill");
        execute(database, "CREATE TABLE t (n INT)");
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (1)");
            connection.commit();
            statement.execute("INSERT INTO t VALUES (2)");

            // when
            server.get().killHard();
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
        }
        server.get().restart();

        // then
        assertThat(ints(database, "SELECT n FROM t")).containsExactly(1);
    }

    @ParameterizedTest
    @MethodSource("durable")
    void takes_the_promised_number_of_connections(Supplier<TestServer> server) throws SQLException {
        var database = server.get().newDatabase("many");
        var open = new ArrayList<Connection>();
        try {
            for (int i = 0; i < 190; i++) {
                open.add(database.connect());
            }
            assertThat(open).hasSize(190);
        } finally {
            for (var connection : open) {
                connection.close();
            }
        }
    }

    @Test
    void a_closed_server_is_gone() throws SQLException {
        var server = TestPostgres.start(Mode.FAST, 20);
        var database = server.newDatabase("gone");
        server.close();
        assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<Integer> ints(TestDatabase database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<Integer>();
            while (rows.next()) {
                all.add(rows.getInt(1));
            }
            return all;
        }
    }
}
