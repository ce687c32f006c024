package dev.retailcrm.core.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static final CustomerId ANN = CustomerId.of(1);
    private static final OrderNumber NUMBER = OrderNumber.of("pos", "1");
    private static final Instant AT = Instant.parse("2026-03-01T09:00:00.123456Z");
    private static final Money FIVE = Money.of(CurrencyUnit.USD, 5);

    @Test
    void an_order_comes_to_the_sum_of_its_lines() {
        Order order = order(List.of(
                OrderLine.of("a", FIVE).quantity(new BigDecimal("0.5")),
                OrderLine.of("b", FIVE).quantity(2)));

        assertThat(order.amount()).isEqualTo(Money.of(CurrencyUnit.USD, 10));
        assertThat(order.head().units()).isEqualTo(new BigDecimal("2.500"));
        assertThat(order.occurredAt()).isEqualTo(Instant.parse("2026-03-01T09:00:00.123Z"));
    }

    @Test
    void quantities_that_look_different_are_the_same() {
        Order one = order(List.of(OrderLine.of("a", FIVE).quantity(new BigDecimal("1.50"))));
        Order same = order(List.of(OrderLine.of("a", FIVE).quantity(new BigDecimal("1.5000"))));

        assertThat(one).isEqualTo(same);
        assertThat(one.fingerprint()).isEqualTo(same.fingerprint());
    }

    @Test
    void nothing_of_a_cancelled_order_can_be_refunded() {
        Order order = order(List.of(OrderLine.of("a", FIVE)));

        assertThat(order.head().refundable()).isEqualTo(FIVE);
        assertThat(order.cancel().head().refundable()).isEqualTo(Money.zero(CurrencyUnit.USD));
        assertThat(new OrderSummary(order.head(), FIVE).isOverRefunded()).isFalse();
        assertThat(new OrderSummary(order.cancel().head(), FIVE).isOverRefunded())
                .isTrue();
    }

    @Test
    void the_largest_order_is_taken_and_one_beyond_is_not() {
        Money most = Money.ofMinor(CurrencyUnit.USD, Amounts.MAX_MINOR);
        Money one = Money.ofMinor(CurrencyUnit.USD, 1);
        List<OrderLine> many = Collections.nCopies(Order.MAX_LINES, OrderLine.of("a", one));

        assertThat(order(List.of(OrderLine.of("a", most))).amount()).isEqualTo(most);
        assertThat(order(many).amount()).isEqualTo(Money.of(CurrencyUnit.USD, 10));
        assertThatThrownBy(() -> order(List.of(OrderLine.of("a", most), OrderLine.of("b", one))))
                .isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> order(Collections.nCopies(Order.MAX_LINES + 1, OrderLine.of("a", one))))
                .isInstanceOf(CrmException.class);
    }

    @Test
    void the_average_is_rounded_half_up() {
        var figures = new TradeFigures(2, 1_001, 0, 0, 0);
        var statistics = new TradeStatistics(new TradeTotal(CurrencyUnit.USD, figures, 0, 0, AT, AT), 1, 0, 0, 0);

        assertThat(statistics.average()).contains(Money.ofMinor(CurrencyUnit.USD, 501));
        assertThat(TradeStatistics.none(CurrencyUnit.USD).average()).isEmpty();
    }

    private static Order order(List<OrderLine> lines) {
        return Order.of(ANN, NUMBER, AT, lines);
    }
}
