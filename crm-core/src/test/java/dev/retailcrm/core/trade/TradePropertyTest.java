package dev.retailcrm.core.trade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

class TradePropertyTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final CustomerId ANN = CustomerId.of(1);
    private static final TradeSums NOTHING = new TradeSums(List.of(), List.of());

    @Property
    void a_quantity_is_kept_to_the_thousandth(@ForAll @LongRange(min = 0, max = 1_000_000_000L) long milli) {
        assertThat(Quantity.toMilli(Quantity.ofMilli(milli), 0)).isEqualTo(milli);
    }

    @Property
    void a_position_is_read_as_it_was_shown(@ForAll("orders") Order order) {
        var position = OrderPosition.of(order.head());

        assertThat(OrderPosition.parse(position.toString())).isEqualTo(position);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void what_is_added_and_taken_leaves_nothing(@ForAll("lists") List<Order> orders, @ForAll long seed) {
        var tally = new Tally(ZONE);
        orders.forEach(tally::add);
        List<Order> shuffled = new ArrayList<>(orders);
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.forEach(tally::take);

        assertThat(tally.sums()).isEqualTo(NOTHING);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void the_order_of_adding_does_not_matter(@ForAll("lists") List<Order> orders, @ForAll long seed) {
        List<Order> shuffled = new ArrayList<>(orders);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(sums(shuffled)).isEqualTo(sums(orders));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void the_months_of_a_currency_are_its_total(@ForAll("lists") List<Order> orders) {
        TradeSums sums = sums(orders);

        for (TradeTotal total : sums.totals()) {
            assertThat(sums.buckets().stream()
                            .filter(bucket ->
                                    bucket.currency().equals(total.currency()) && bucket.dimension() == Dimension.MONTH)
                            .map(TradeBucket::figures)
                            .reduce(TradeFigures.ZERO, TradeFigures::plus))
                    .isEqualTo(total.figures());
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void equal_content_is_an_equal_fingerprint_and_other_content_another(
            @ForAll("orders") Order one, @ForAll("orders") Order other) {
        assertThat(one.fingerprint() == other.fingerprint()).isEqualTo(one.equals(other));
    }

    private static TradeSums sums(List<Order> orders) {
        var tally = new Tally(ZONE);
        orders.forEach(tally::add);
        return tally.sums();
    }

    @Provide
    Arbitrary<List<Order>> lists() {
        return orders().list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<Order> orders() {
        Arbitrary<String> code = Arbitraries.of("a", "a b", "/", "7/3/x", "~");
        Arbitrary<Instant> instant =
                Arbitraries.longs().between(0, 2_000_000_000_000L).map(Instant::ofEpochMilli);
        Arbitrary<CurrencyUnit> currency = Arbitraries.of(CurrencyUnit.USD, CurrencyUnit.JPY);
        return Combinators.combine(code, code, instant, currency, amounts(), Arbitraries.of(true, false))
                .as((source, value, at, unit, amounts, known) -> {
                    List<OrderLine> lines = amounts.stream()
                            .map(minor -> new OrderLine(
                                    "sku",
                                    minor % 2 == 0 ? "even" : null,
                                    null,
                                    BigDecimal.valueOf(minor + 1, 3),
                                    Money.ofMinor(unit, minor)))
                            .toList();
                    Order order = Order.of(ANN, OrderNumber.of(source, value), at, lines);
                    return known
                            ? order.in(StoreId.of("S" + minorOf(amounts) % 3)).through("app")
                            : order.cancel();
                });
    }

    private static long minorOf(List<Long> amounts) {
        return amounts.stream().mapToLong(Long::longValue).sum();
    }

    private static Arbitrary<List<Long>> amounts() {
        return Arbitraries.longs().between(0, 10_000).list().ofMinSize(1).ofMaxSize(4);
    }
}
