package dev.retailcrm.jdbc.fault;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.server.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** A shop's kernel on a pool of its own, with a few customers whom all tills serve. Thread-safe. */
final class Till implements AutoCloseable {
    static final int CUSTOMERS = 5;

    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");

    final HikariDataSource pool;
    final JdbcCrm crm;
    final List<CustomerId> customers = new ArrayList<>();
    private final Points points;
    private final StoredValue stored;

    private Till(HikariDataSource pool) {
        this.pool = pool;
        this.crm = JdbcCrm.on(pool);
        var tenant = crm.tenant("shop");
        this.points = tenant.points();
        this.stored = tenant.storedValue(CNY);
        for (int i = 0; i < CUSTOMERS; i++) {
            customers.add(tenant.customers()
                    .register(Registration.of("C" + i).key("join-" + i))
                    .id());
        }
    }

    /** Makes the tables and the customers. */
    static void prepare(TestDatabase database) {
        CrmSchema.on(database.dataSource()).migrate();
        open(database, 1).close();
    }

    static Till open(TestDatabase database, int connections) {
        HikariDataSource pool = pool(database, connections);
        try {
            return new Till(pool);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * A host's pool, that gives up after two seconds without a connection. MariaDB at READ COMMITTED, as hosts are told to, unless the
     * URL says otherwise.
     */
    static HikariDataSource pool(TestDatabase database, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                database.url().startsWith("jdbc:mariadb:") && !database.url().contains("transactionIsolation")
                        ? database.url() + (database.url().contains("?") ? "&" : "?")
                                + "transactionIsolation=READ-COMMITTED"
                        : database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2_000);
        config.setValidationTimeout(1_000);
        return new HikariDataSource(config);
    }

    /** The answer to a command, as text that equals another only if the bookings are equal. */
    String run(TillCommand command) {
        return answer(book(command));
    }

    private Booking book(TillCommand command) {
        CustomerId customer = customers.get(command.customer());
        Posting posting = Posting.key(command.key());
        long amount = command.amount();
        return switch (command.verb()) {
            case EARN -> points.earn(customer, amount, posting);
            case SPEND -> points.spend(customer, amount, posting);
            case HOLD -> points.hold(customer, amount, Duration.ofHours(6), posting);
            case CAPTURE -> points.capture(customer, Long.parseLong(command.original()), amount, posting);
            case REFUND -> points.refund(customer, RequestKey.of(command.original()), amount, posting);
            case TRANSFER -> points.transfer(customer, customers.get(command.other()), amount, posting);
            case TOP_UP ->
                stored.topUp(customer, TopUp.of(money(amount)).bonus(money(amount / 10 + 1)), posting)
                        .booking();
            case PAY -> stored.spend(customer, money(amount), posting).booking();
        };
    }

    /** Both ledgers. */
    List<Ledger> ledgers() {
        return List.of(points.ledger(), stored.ledger());
    }

    Ledger ledger(TillCommand command) {
        return ledgers().get(command.verb().isMoney() ? 1 : 0);
    }

    private static Money money(long minor) {
        return Money.ofMinor(CNY, minor);
    }

    private static String answer(Booking booking) {
        var entry = booking.entry();
        return "%d:%d:%d:%d:%d:%x"
                .formatted(
                        entry.seq(),
                        entry.amount(),
                        entry.balanceAfter(),
                        entry.heldAfter(),
                        booking.holdNo(),
                        booking.toString().hashCode());
    }

    @Override
    public void close() {
        pool.close();
    }
}
