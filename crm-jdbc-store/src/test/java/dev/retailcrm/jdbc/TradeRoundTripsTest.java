package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.trade.Dimension;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.tck.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of trade on PostgreSQL and, second, elsewhere: what the documentation of the facade says. */
class TradeRoundTripsTest {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");

    @ParameterizedTest
    @EnumSource
    void of_an_order(Engine engine) {
        var shop = new Counted(engine);
        Order first = shop.order(shop.ann, "1");

        shop.takes(5, 10, () -> shop.trade.record(first));
        shop.takes(2, 7, () -> shop.trade.record(shop.order(shop.ann, "2")));
        // An insert that meets its row is not counted elsewhere: it ends with an exception.
        shop.takes(4, 3, () -> shop.trade.record(first));
        shop.takes(17, 16, () -> shop.trade.record(shop.cheaper(first).revision(2)));
    }

    @ParameterizedTest
    @EnumSource
    void of_a_refund(Engine engine) {
        var shop = new Counted(engine);
        shop.trade.record(shop.order(shop.ann, "1"));

        shop.takes(4, 8, () -> shop.trade.refund(shop.refund("1", "a")));
        shop.takes(3, 3, () -> shop.trade.refund(shop.refund("1", "a")));
        shop.takes(4, 7, () -> shop.trade.refund(shop.refund("2", "early")));
        shop.takes(4, 9, () -> shop.trade.record(shop.order(shop.ann, "3")));
    }

    @ParameterizedTest
    @EnumSource
    void of_queries(Engine engine) {
        var shop = new Counted(engine);
        Order order = shop.order(shop.ann, "1");
        shop.trade.record(order);

        shop.reads(2, () -> shop.trade.statistics(shop.ann, CNY));
        shop.reads(1, () -> shop.trade.orders(shop.ann, PageRequest.first(10)));
        shop.reads(1, () -> shop.trade.breakdown(shop.ann, CNY, Dimension.MONTH, PageRequest.first(10)));
        shop.reads(4, () -> shop.trade.order(shop.ann, order.number()));
        shop.reads(2, () -> shop.trade.refunds(shop.ann, order.number()));
    }

    @ParameterizedTest
    @EnumSource
    void of_an_observed_order(Engine engine) {
        var shop = new Counted(engine);
        var lifecycle = shop.tenant.lifecycle();
        Trade observed = shop.tenant.trade(lifecycle.observer());

        shop.takes(5 + 4, 10 + 4, () -> observed.record(shop.order(shop.ann, "1")));
        shop.takes(2 + 2, 7 + 2, () -> observed.record(shop.order(shop.ann, "2")));
        shop.reads(1, () -> lifecycle.stage(shop.ann));
        shop.reads(1, () -> lifecycle.booked(shop.ann));
        shop.clock.advance(Duration.ofDays(100));
        shop.takes(4, 4, () -> lifecycle.advance(10));
        shop.takes(1, 1, () -> lifecycle.advance(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50, Trade.CHUNK})
    void of_an_observed_batch_on_postgresql_do_not_grow_with_it(int customers) {
        var shop = new Counted(Engine.POSTGRESQL);
        Trade observed = shop.tenant.trade(shop.tenant.lifecycle().observer());
        List<CustomerId> ids = IntStream.range(0, customers)
                .mapToObj(i -> shop.register("c" + i))
                .toList();

        shop.takes(7 + 4, 7 + 4, () -> observed.recordAll(orders(shop, ids, "1")));
        shop.takes(4 + 2, 4 + 2, () -> observed.recordAll(orders(shop, ids, "2")));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50, Trade.CHUNK})
    void of_a_batch_on_postgresql_do_not_grow_with_it(int customers) {
        var shop = new Counted(Engine.POSTGRESQL);
        List<CustomerId> ids = IntStream.range(0, customers)
                .mapToObj(i -> shop.register("c" + i))
                .toList();

        shop.takes(7, 7, () -> shop.trade.recordAll(orders(shop, ids, "1")));
        shop.takes(4, 4, () -> shop.trade.recordAll(orders(shop, ids, "2")));
        shop.takes(3, 3, () -> shop.trade.recordAll(orders(shop, ids, "2")));
    }

    private static List<Order> orders(Counted shop, List<CustomerId> customers, String number) {
        return customers.stream().map(customer -> shop.order(customer, number)).toList();
    }

    /** A tenant whose statements are counted. */
    private static final class Counted {
        final StatementLog log = new StatementLog();
        final MutableClock clock = MutableClock.at("2026-03-02T09:00:00Z");
        final Engine engine;
        final JdbcTenant tenant;
        final Trade trade;
        final CustomerId ann;

        Counted(Engine engine) {
            this.engine = engine;
            var host = new TestHost(engine);
            tenant = JdbcCrm.builder(log.on(host.plain)).clock(clock).build().tenant(host.tenant);
            trade = tenant.trade();
            ann = host.ann;
        }

        CustomerId register(String key) {
            return tenant.customers().register(Registration.of(key).key(key)).id();
        }

        Order order(CustomerId customer, String number) {
            var line = OrderLine.of("tea", Money.of(CNY, 3)).category("drinks");
            return Order.of(customer, OrderNumber.of("pos", number), AT, List.of(line));
        }

        Order cheaper(Order order) {
            var line = OrderLine.of("tea", Money.of(CNY, 2)).category("food");
            return Order.of(order.customer(), order.number(), AT, List.of(line));
        }

        Refund refund(String order, String number) {
            return Refund.of(ann, OrderNumber.of("pos", order), number, AT, Money.of(CNY, 1));
        }

        /** A command is so many statements and one commit. */
        void takes(int onPostgres, int elsewhere, Runnable command) {
            counts(engine == Engine.POSTGRESQL ? onPostgres : elsewhere, 1, command);
        }

        /** A query is so many statements on every engine. */
        void reads(int statements, Runnable query) {
            counts(statements, 0, query);
        }

        private void counts(int statements, int commits, Runnable work) {
            log.clear();
            work.run();
            assertThat(log.statements()).as(log::toString).isEqualTo(statements);
            assertThat(log.commits()).isEqualTo(commits);
        }
    }
}
