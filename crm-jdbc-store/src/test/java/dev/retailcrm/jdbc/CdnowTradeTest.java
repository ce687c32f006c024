package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.OrderOutcome;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.core.trade.TradeStatistics;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.tck.InMemoryCrm;
import dev.retailcrm.tck.MutableClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every purchase of the CDNOW customers, each delivered twice and all of them shuffled: total, units and the statistics of every customer
 * do not depend on the shuffle, nor on where they are kept.
 */
class CdnowTradeTest {
    private static final Path CSV = Path.of("..", "..", "shared", "data", "cdnow", "cdnow_master.csv");
    private static final CurrencyUnit USD = CurrencyUnit.USD;
    private static final Money TOTAL = Money.of(USD, new BigDecimal("2500315.63"));
    private static final BigDecimal UNITS = new BigDecimal("167881.000");
    private static final int BATCH = 10_000;

    private static final MutableClock CLOCK = MutableClock.at("1998-07-01T00:00:00Z");

    /** A line of the file; its number names the purchase. */
    private record Purchase(String customer, int number, Instant at, long units, Money amount) {
        static Purchase read(String line, int number) {
            String[] fields = line.split(",", -1);
            return new Purchase(
                    fields[0],
                    number,
                    LocalDate.parse(fields[1]).atStartOfDay(ZoneOffset.UTC).toInstant(),
                    Long.parseLong(fields[2]),
                    Money.of(USD, new BigDecimal(fields[3])));
        }

        Order of(CustomerId id) {
            return Order.of(
                    id,
                    OrderNumber.of("cdnow", Integer.toString(number)),
                    at,
                    List.of(OrderLine.of("cd", amount).quantity(units)));
        }
    }

    private static List<Purchase> purchases = List.of();

    @BeforeAll
    static void read() throws IOException {
        assumeThat(Files.exists(CSV)).as("%s is there", CSV).isTrue();
        List<String> lines = Files.readAllLines(CSV);
        List<Purchase> read = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            read.add(Purchase.read(lines.get(i), i));
        }
        purchases = List.copyOf(read);
    }

    @Test
    void statistics_are_the_same_after_any_shuffle_and_on_a_database() {
        Map<String, TradeStatistics> first = inMemory(1);

        assertThat(first).hasSize(23_570);
        assertThat(inMemory(2)).isEqualTo(first);
        assertThat(inMemory(3)).isEqualTo(first);
        assertThat(onPostgres(4)).isEqualTo(first);
    }

    private static Map<String, TradeStatistics> inMemory(int seed) {
        var tenant = InMemoryCrm.on(CLOCK).tenant("cdnow");
        return replayed(tenant.customers(), tenant.trade(), seed);
    }

    private static Map<String, TradeStatistics> onPostgres(int seed) {
        TestDatabase database = TestPostgres.fast().newDatabase("cdnow");
        CrmSchema.on(database.dataSource()).migrate();
        JdbcCrm crm = JdbcCrm.builder(database.dataSource()).clock(CLOCK).build();
        var tenant = crm.tenant("cdnow");
        return crm.unitOfWork().run(() -> replayed(tenant.customers(), tenant.trade(), seed));
    }

    /** Delivers every purchase twice, in an order made from the seed. */
    private static Map<String, TradeStatistics> replayed(Customers customers, Trade trade, int seed) {
        Map<String, CustomerId> ids = new TreeMap<>();
        for (String code :
                new TreeSet<>(purchases.stream().map(Purchase::customer).toList())) {
            ids.put(code, customers.register(Registration.of(code).key(code)).id());
        }
        List<Order> orders = new ArrayList<>();
        for (Purchase purchase : purchases) {
            Order order = purchase.of(Objects.requireNonNull(ids.get(purchase.customer())));
            orders.add(order);
            orders.add(order);
        }
        Collections.shuffle(orders, new Random(seed));
        for (int from = 0; from < orders.size(); from += BATCH) {
            List<Order> batch = orders.subList(from, Math.min(from + BATCH, orders.size()));
            assertThat(trade.recordAll(batch)).allMatch(OrderOutcome::isRecorded);
        }
        return statistics(trade, ids);
    }

    private static Map<String, TradeStatistics> statistics(Trade trade, Map<String, CustomerId> ids) {
        Map<String, TradeStatistics> statistics = new TreeMap<>();
        ids.forEach((code, id) -> statistics.put(code, trade.statistics(id, USD)));
        assertThat(statistics.values().stream().map(TradeStatistics::amount).reduce(Money.zero(USD), Money::plus))
                .isEqualTo(TOTAL);
        assertThat(statistics.values().stream().map(TradeStatistics::units).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualTo(UNITS);
        assertThat(statistics.values().stream()
                        .mapToLong(TradeStatistics::orders)
                        .sum())
                .isEqualTo(purchases.size());
        return statistics;
    }
}
