package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestH2;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsTest {
    @TempDir
    Path directory;

    @Test
    void one_transaction_writes_at_a_time_in_a_file() {
        Shop shop = new Shop(file());

        assertThatThrownBy(() -> shop.whileWriting(() -> shop.earn(shop.bob, "meanwhile")))
                .hasCauseInstanceOf(CrmException.class)
                .cause()
                .extracting(e -> ((CrmException) e).code())
                .isEqualTo(CoreError.LOCK_TIMEOUT);

        assertThat(shop.earn(shop.bob, "meanwhile")).isEqualTo(5);
    }

    @Test
    void a_refusal_ends_the_turn() {
        Shop shop = new Shop(file());

        assertThatThrownBy(() -> shop.points.spend(shop.ann, 50, Posting.key("too much")))
                .isInstanceOf(CrmException.class);

        assertThat(CompletableFuture.supplyAsync(() -> shop.earn(shop.bob, "later"))
                        .join())
                .isEqualTo(5);
    }

    @Test
    void queries_wait_for_no_turn() {
        Shop shop = new Shop(file());

        assertThat(shop.<Long>whileWriting(() -> shop.points.balance(shop.bob).available()))
                .isZero();
    }

    @Test
    void a_hosts_transaction_waits_for_no_turn() {
        TestDatabase database = file();
        Shop shop = new Shop(database);

        assertThat(shop.<Long>whileWriting(() -> {
                    try (Connection host = database.connect()) {
                        host.setAutoCommit(false);
                        Points joined = shop.crm.with(host).tenant("shop").points();
                        joined.earn(shop.bob, 5, Posting.key("joined"));
                        host.commit();
                        return shop.points.balance(shop.bob).available();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .isEqualTo(5);
    }

    @Test
    void all_write_at_once_in_memory() {
        Shop shop = new Shop(TestH2.fast().newDatabase("turns"));

        assertThat(shop.<Long>whileWriting(() -> shop.earn(shop.bob, "meanwhile")))
                .isEqualTo(5);
    }

    private TestDatabase file() {
        return new TestDatabase(
                "jdbc:h2:file:" + directory.resolve("shop") + ";WRITE_DELAY=0;LOCK_TIMEOUT=50;DB_CLOSE_DELAY=-1",
                "sa",
                "");
    }

    private static final class Shop {
        final JdbcCrm crm;
        final Points points;
        final CustomerId ann;
        final CustomerId bob;

        Shop(TestDatabase database) {
            CrmSchema.on(database.dataSource()).migrate();
            crm = JdbcCrm.on(database.dataSource());
            points = crm.tenant("shop").points();
            ann = register("Ann");
            bob = register("Bob");
        }

        private CustomerId register(String name) {
            return crm.tenant("shop")
                    .customers()
                    .register(Registration.of(name).key("register/" + name))
                    .id();
        }

        long earn(CustomerId customer, String key) {
            points.earn(customer, 5, Posting.key(key));
            return points.balance(customer).available();
        }

        /** Does something on another thread while a transaction that has written is open. */
        <T> T whileWriting(Supplier<T> other) {
            return crm.unitOfWork().run(() -> {
                earn(ann, "first");
                return CompletableFuture.supplyAsync(other).join();
            });
        }
    }
}
