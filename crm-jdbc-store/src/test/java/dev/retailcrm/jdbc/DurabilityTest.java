package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestH2;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.jdbc.server.TestServer;
import org.junit.jupiter.api.Test;

class DurabilityTest {
    @Test
    void of_servers_that_wait_for_the_disk_is_safe() {
        assertThat(of(TestPostgres.durable()))
                .matches(Durability::isSafe)
                .matches(it -> it.warnings().isEmpty());
        assertThat(of(TestMariaDb.durable())).matches(Durability::isSafe);
        assertThat(of(TestH2.durable())).matches(Durability::isSafe);
    }

    @Test
    void of_a_postgresql_that_does_not_wait_names_what_to_set() {
        Durability durability = of(TestPostgres.fast());

        assertThat(durability.isSafe()).isFalse();
        assertThat(durability.engine()).startsWith("POSTGRESQL ");
        assertThat(durability.warnings())
                .containsExactlyInAnyOrder(
                        "lost: fsync is off, set it to on",
                        "lost: full_page_writes is off, set it to on",
                        "lost: synchronous_commit is off, set it on");
    }

    @Test
    void of_a_mariadb_that_does_not_wait_names_what_to_set() {
        Durability durability = of(TestMariaDb.fast());

        assertThat(durability.isSafe()).isFalse();
        assertThat(durability.warnings())
                .anyMatch(it -> it.startsWith("lost: innodb_flush_log_at_trx_commit is "))
                .anyMatch(it -> it.startsWith("slow: "));
    }

    @Test
    void of_an_h2_that_delays_its_writes_or_has_no_file_says_so() {
        assertThat(of(TestH2.fast()).warnings()).containsExactly("lost: the database is kept in memory");
        try (TestServer files = TestH2.embedded()) {
            TestDatabase database = files.newDatabase("delayed");
            String url = database.url().replaceAll(";WRITE_DELAY=0", "");
            assertThat(Durability.of(new TestDatabase(url, database.user(), database.password()).dataSource())
                            .warnings())
                    .anyMatch(it -> it.equals("lost: WRITE_DELAY is 500, set it to 0"));
        }
    }

    @Test
    void of_an_h2_that_forgets_its_end_depends_on_whether_it_reuses_space() {
        assertThat(Durability.losesItsEnd(2, 4, "TRUE")).isFalse();
        assertThat(Durability.losesItsEnd(2, 5, "TRUE")).isTrue();
        assertThat(Durability.losesItsEnd(2, 5, null)).isTrue();
        assertThat(Durability.losesItsEnd(2, 5, "FALSE")).isFalse();
        assertThat(Durability.losesItsEnd(3, 0, "TRUE")).isTrue();
    }

    private static Durability of(TestServer server) {
        return Durability.of(server.newDatabase("durability").dataSource());
    }
}
