package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.jdbc.server.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill would leave of a database file of H2: a copy of it, made after an answer. H2 reuses space of the file at once here. */
class H2FileTest {
    private static final int CUSTOMERS = 5;
    private static final int BOOKINGS = 40;

    @TempDir
    Path directory;

    @Test
    void has_every_answered_booking() throws Exception {
        TestDatabase shop = database("shop");
        List<String> missing = new ArrayList<>();
        try (Connection open = shop.connect()) {
            CrmSchema.on(shop.dataSource()).migrate();
            var tenant = JdbcCrm.on(shop.dataSource()).tenant("shop");
            List<CustomerId> customers = new ArrayList<>();
            for (int i = 0; i < CUSTOMERS; i++) {
                customers.add(tenant.customers()
                        .register(Registration.of("C" + i).key("join-" + i))
                        .id());
            }
            for (int i = 0; i < BOOKINGS; i++) {
                CustomerId customer = customers.get(i % CUSTOMERS);
                tenant.points().earn(customer, 10, Posting.key("earn-" + i));
                long earned = 10L * (i / CUSTOMERS + 1);
                long left = afterKill(customer);
                if (left != earned) {
                    missing.add("booking %d: %d instead of %d".formatted(i, left, earned));
                }
            }
            assertThat(open.isValid(1)).isTrue();
        }

        assertThat(missing).isEmpty();
    }

    private long afterKill(CustomerId customer) throws IOException, SQLException {
        Files.copy(
                directory.resolve("shop.mv.db"), directory.resolve("copy.mv.db"), StandardCopyOption.REPLACE_EXISTING);
        TestDatabase copy = database("copy");
        try (Connection open = copy.connect()) {
            assertThat(open.isValid(1)).isTrue();
            return JdbcCrm.on(copy.dataSource())
                    .tenant("shop")
                    .points()
                    .balance(customer)
                    .available();
        }
    }

    private TestDatabase database(String name) {
        return new TestDatabase(
                "jdbc:h2:file:" + directory.resolve(name) + ";WRITE_DELAY=0;RETENTION_TIME=0", "sa", "");
    }
}
