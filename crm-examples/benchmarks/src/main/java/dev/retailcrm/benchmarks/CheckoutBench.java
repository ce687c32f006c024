package dev.retailcrm.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.Checkout;
import dev.retailcrm.assets.checkout.CheckoutOrder;
import dev.retailcrm.assets.checkout.CheckoutPolicy;
import dev.retailcrm.assets.checkout.PointsRate;
import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponBenefit;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.earn.Earning;
import dev.retailcrm.assets.earn.EarningProgram;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.JdbcTenant;
import dev.retailcrm.jdbc.server.TestServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a settlement costs beside a plain earn: an order of five lines with a coupon, points, stored value and what it earns, each of another order of a
 * customer picked in turn.
 */
@Command(name = "checkout", description = "Settlements and quotes, as ratios to an earn in the same run.")
final class CheckoutBench implements Callable<Integer> {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final int COUPONS = CouponClaim.MOST;

    /** What a customer bought before: a month's worth of lots, so that the database plans as for one that is in use. */
    private static final int VISITS = 12;

    @Mixin
    Servers servers = new Servers();

    @Option(names = "--seconds", description = "length of one measurement (default: ${DEFAULT-VALUE})")
    int seconds = 4;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    @Option(names = "--customers", description = "customers, with 100 coupons each (default: ${DEFAULT-VALUE})")
    int customers = 500;

    private final Figures figures = new Figures();

    private record Order(CustomerId customer, CouponId coupon, int number) {}

    @Override
    public Integer call() throws Exception {
        try (TestServer server = servers.start();
                HikariDataSource pool = servers.pool(server.newDatabase("checkout"))) {
            CrmSchema.on(pool).migrate();
            OursEarning.customers(pool, customers);
            JdbcTenant tenant = JdbcCrm.on(pool).tenant("acme");
            List<Order> orders = prepare(tenant);
            Sql.run(pool, "VACUUM ANALYZE", "CHECKPOINT");
            measure(tenant, orders);
        }
        figures.print();
        return 0;
    }

    private static Money yuan(int cents) {
        return Money.ofMinor(CNY, cents);
    }

    private void measure(JdbcTenant tenant, List<Order> orders) {
        Points points = tenant.points();
        Earning earning = tenant.earning();
        Checkout checkout = tenant.checkout(CheckoutPolicy.standard().points(PointsRate.of(1, yuan(1))));
        AtomicInteger next = new AtomicInteger();
        for (int round = 0; round <= rounds; round++) {
            String name = "r" + round;
            double earns = Load.perSecond(
                    servers.clients,
                    seconds,
                    client -> number -> points.earn(
                            customer(client, number), 10, Posting.key(name + "/earn/" + client + "/" + number)));
            double purchases = Load.perSecond(
                    servers.clients,
                    seconds,
                    client -> number -> earning.earn(
                            customer(client, number),
                            Purchase.of(basket()),
                            Posting.key(name + "/purchase/" + client + "/" + number)));
            double settles = Load.perSecond(
                    servers.clients, seconds, client -> number -> settle(checkout, orders.get(next.getAndIncrement())));
            double quotes = Load.perSecond(
                    servers.clients,
                    seconds,
                    client -> number ->
                            checkout.quote(customer(client, number), wish(orders.get(next.get())), Instant.now()));
            if (round > 0) {
                figures.add(servers.engine + ".checkout.earn.per-second", earns);
                figures.add(servers.engine + ".checkout.settle.per-second", settles);
                figures.add(servers.engine + ".checkout.quote.per-second", quotes);
                figures.add(servers.engine + ".checkout.settle-to-earn-time", earns / settles);
                figures.add(servers.engine + ".checkout.settle-to-earning-by-program-time", purchases / settles);
            }
        }
    }

    private CustomerId customer(int client, long number) {
        return OursEarning.customer((int) ((number * servers.clients + client) % customers));
    }

    /** Coupons of one customer are far apart, so that clients seldom wait for one another. */
    private List<Order> prepare(JdbcTenant tenant) {
        tenant.coupons()
                .templates()
                .define(
                        CouponTemplate.of("five", "Five off", new CouponBenefit.AmountOff(yuan(500)))
                                .active(),
                        RequestKey.of("five"));
        tenant.earning()
                .define(
                        EarningProgram.of(
                                "standard", Asset.points("standard"), List.of(EarnRule.perMoney("base", 1, yuan(100)))),
                        RequestKey.of("program"));
        List<List<Coupon>> coupons = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            CustomerId customer = OursEarning.customer(i);
            tenant.points().earn(customer, 1_000_000, Posting.key("open"));
            for (int visit = 1; visit <= VISITS; visit++) {
                tenant.points().earn(customer, 10, Posting.key("visit/" + visit));
            }
            tenant.storedValue(CNY)
                    .topUp(customer, TopUp.of(yuan(100_000_000)).bonus(yuan(1_000_000)), Posting.key("top up"));
            coupons.add(tenant.coupons().issue(customer, CouponClaim.of("five", COUPONS), Posting.key("issue")));
        }
        List<Order> orders = new ArrayList<>();
        for (int coupon = 0; coupon < COUPONS; coupon++) {
            for (int i = 0; i < customers; i++) {
                orders.add(new Order(
                        OursEarning.customer(i), coupons.get(i).get(coupon).id(), orders.size()));
            }
        }
        return orders;
    }

    private static Basket basket() {
        return Basket.of(IntStream.rangeClosed(1, 5)
                .mapToObj(it -> BasketLine.of(it, "A-" + it, yuan(1_000 * it)).category("c" + it))
                .toList());
    }

    private static CheckoutOrder wish(Order order) {
        return CheckoutOrder.of("S01/" + order.number(), basket())
                .coupons(List.of(order.coupon()))
                .points(100)
                .storedValue(yuan(500));
    }

    private static void settle(Checkout checkout, Order order) {
        checkout.settle(order.customer(), wish(order), Posting.key("settle/" + order.number()));
    }
}
