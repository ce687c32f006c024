package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import dev.retailcrm.core.trade.Dimension;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderDetails;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderOutcome;
import dev.retailcrm.core.trade.RebuildProgress;
import dev.retailcrm.core.trade.TradeBucket;
import dev.retailcrm.core.trade.TradeStatistics;
import dev.retailcrm.core.trade.TradeSums;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What orders and refunds do to a customer's statistics, in exact numbers, on any store. */
public abstract class TradeContract extends TradeFacade {
    private static final CurrencyUnit USD = CurrencyUnit.of("USD");

    /** A contract. */
    protected TradeContract() {}

    // --- orders

    @Test
    public final void an_order_counts_in_every_statistic() {
        trade().record(order(ann, "1", "2026-02-27T23:30:00", tea("12.50"), pears("7.49", "1.235")));
        trade().record(order(ann, "2", "2026-02-28T10:00:00", tea("10.00").quantity(3))
                .in(StoreId.of("S02")));

        TradeStatistics statistics = trade().statistics(ann, CNY);

        assertThat(statistics.orders()).isEqualTo(2);
        assertThat(statistics.amount()).isEqualTo(yuan("29.99"));
        assertThat(statistics.average()).contains(yuan("15.00"));
        assertThat(statistics.units()).isEqualTo(new BigDecimal("5.235"));
        assertThat(statistics.firstOrderAt()).contains(local("2026-02-27T23:30:00"));
        assertThat(statistics.lastOrderAt()).contains(local("2026-02-28T10:00:00"));
        assertThat(statistics.purchaseDays()).isEqualTo(2);
        assertThat(statistics.stores()).isEqualTo(2);
        assertThat(statistics.channels()).isEqualTo(1);
        assertThat(statistics.categories()).isEqualTo(2);
        assertThat(breakdown(Dimension.CATEGORY)).containsExactly("drinks 2 CNY 22.50", "fruit 1 CNY 7.49");
        assertThat(breakdown(Dimension.STORE)).containsExactly("S01 1 CNY 19.99", "S02 1 CNY 10.00");
    }

    @Test
    public final void a_category_with_several_lines_counts_the_order_once() {
        trade().record(order(ann, "1", "2026-02-27T12:00:00", tea("1.00"), tea("2.00"), tea("0.00")));

        assertThat(breakdown(Dimension.CATEGORY)).containsExactly("drinks 1 CNY 3.00");
        assertThat(trade().statistics(ann, CNY).units()).isEqualTo(new BigDecimal("3.000"));
    }

    @Test
    public final void what_is_not_known_of_an_order_counts_nowhere() {
        trade().record(Order.of(ann, number("1"), T0, List.of(OrderLine.of("x", yuan("5.00")))));

        TradeStatistics statistics = trade().statistics(ann, CNY);
        assertThat(statistics.orders()).isEqualTo(1);
        assertThat(List.of(statistics.stores(), statistics.channels(), statistics.categories()))
                .containsOnly(0L);
    }

    @Test
    public final void days_and_months_are_the_retailers() {
        trade().record(order(ann, "1", "2026-01-31T23:59:59", tea("1.00")));
        trade().record(order(ann, "2", "2026-02-01T00:00:00", tea("2.00")));
        trade().record(order(ann, "3", "2026-02-01T23:59:59", tea("4.00")));

        assertThat(breakdown(Dimension.MONTH)).containsExactly("2026-01 1 CNY 1.00", "2026-02 2 CNY 6.00");
        assertThat(breakdown(Dimension.DAY)).containsExactly("2026-01-31 1 CNY 1.00", "2026-02-01 2 CNY 6.00");
        assertThat(trade().statistics(ann, CNY).purchaseDays()).isEqualTo(2);
    }

    @Test
    public final void late_orders_count_in_their_own_time() {
        trade().record(order(ann, "2", "2026-02-10T12:00:00", tea("2.00")));
        trade().record(order(ann, "1", "2025-12-24T12:00:00", tea("1.00")));
        trade().record(order(ann, "3", "2026-01-10T12:00:00", tea("3.00")));

        TradeStatistics statistics = trade().statistics(ann, CNY);
        assertThat(statistics.firstOrderAt()).contains(local("2025-12-24T12:00:00"));
        assertThat(statistics.lastOrderAt()).contains(local("2026-02-10T12:00:00"));
        assertThat(breakdown(Dimension.MONTH))
                .containsExactly("2025-12 1 CNY 1.00", "2026-01 1 CNY 3.00", "2026-02 1 CNY 2.00");
    }

    @Test
    public final void currencies_are_counted_apart() {
        trade().record(order(ann, "1", "2026-02-10T12:00:00", tea("2.00")));
        trade().record(Order.of(ann, number("2"), T0, List.of(OrderLine.of("x", Money.of(USD, 3)))));

        assertThat(trade().statistics(ann))
                .extracting(TradeStatistics::amount)
                .containsExactly(yuan("2.00"), Money.of(USD, 3));
        assertThat(trade().statistics(ann, CurrencyUnit.EUR)).isEqualTo(TradeStatistics.none(CurrencyUnit.EUR));
    }

    @Test
    public final void the_same_order_again_answers_alike_and_writes_nothing() {
        Order order = order(ann, "1", "2026-02-10T12:00:00", tea("2.00"), pears("3.00", "0.5"));

        repeatable(() -> trade().record(order));
        repeatable(() -> trade().recordAll(List.of(order, order)));
    }

    @Test
    public final void other_content_under_a_number_is_refused() {
        Order order = order(ann, "1", "2026-02-10T12:00:00", tea("2.00"));
        trade().record(order);
        List<Order> others = List.of(
                order(ann, "1", "2026-02-10T12:00:00", tea("2.01")),
                order(ann, "1", "2026-02-10T12:00:00", tea("2.00").quantity(2)),
                order(ann, "1", "2026-02-10T12:00:00", tea("2.00").category("food")),
                order(ann, "1", "2026-02-10T12:00:01", tea("2.00")),
                order.in(StoreId.of("S02")),
                order.through("web"),
                order.cancel());

        others.forEach(other -> refused(CoreError.ORDER_NUMBER_REUSED, () -> trade().record(other)));
        assertThat(trade().recordAll(others)).noneMatch(OrderOutcome::isRecorded);
    }

    @Test
    public final void a_later_revision_takes_the_place_of_the_earlier() {
        trade().record(order(ann, "1", "2026-02-10T12:00:00", tea("2.00"), pears("3.00", "0.5")));
        trade().record(order(ann, "2", "2026-02-20T12:00:00", tea("9.00")));
        Order revised =
                order(ann, "1", "2026-03-01T12:00:00", tea("4.00")).revision(3).in(StoreId.of("S07"));

        repeatable(() -> trade().record(revised));

        assertThat(trade().order(ann, number("1")).map(OrderDetails::order)).contains(revised);
        TradeStatistics statistics = trade().statistics(ann, CNY);
        assertThat(statistics.amount()).isEqualTo(yuan("13.00"));
        assertThat(statistics.firstOrderAt()).contains(local("2026-02-20T12:00:00"));
        assertThat(statistics.lastOrderAt()).contains(local("2026-03-01T12:00:00"));
        assertThat(breakdown(Dimension.CATEGORY)).containsExactly("drinks 2 CNY 13.00");
        assertThat(breakdown(Dimension.STORE)).containsExactly("S01 1 CNY 9.00", "S07 1 CNY 4.00");
    }

    @Test
    public final void an_earlier_revision_that_comes_late_changes_nothing() {
        Order first = order(ann, "1", "2026-02-10T12:00:00", tea("2.00"));
        var second = trade().record(first.revision(2));
        List<String> before = crm().dump();

        assertThat(trade().record(first)).isEqualTo(second);

        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void a_cancelled_order_counts_for_nothing_and_stays_known() {
        Order order = order(ann, "1", "2026-02-10T12:00:00", tea("2.00"));
        trade().record(order);
        trade().record(order.revision(2).cancel());

        assertThat(trade().statistics(ann)).isEmpty();
        assertThat(committed(() -> crm().trade().sums(ACME, ann))).isEqualTo(new TradeSums(List.of(), List.of()));
        assertThat(trade().orders(ann, PageRequest.first(9)).items())
                .singleElement()
                .matches(summary -> summary.order().cancelled());
    }

    @Test
    public final void strangers_and_the_future_are_refused() {
        refused(
                CoreError.UNKNOWN_CUSTOMER,
                () -> trade().record(order(nobody(), "1", "2026-02-10T12:00:00", tea("2.00"))));
        refused(
                CoreError.UNKNOWN_CUSTOMER,
                () -> trade(ZENITH).record(order(ann, "1", "2026-02-10T12:00:00", tea("2.00"))));
        refused(
                CoreError.INSTANT_OUT_OF_RANGE,
                () -> trade().record(order(ann, "1", "2026-03-05T12:00:00", tea("2.00"))));
        refused(
                CoreError.UNKNOWN_CUSTOMER,
                () -> trade().refund(refund(nobody(), "1", "r", "2026-02-10T12:00:00", yuan("1.00"))));
    }

    // --- refunds

    @Test
    public final void refunds_may_be_partial_and_many_until_nothing_is_left() {
        trade().record(order(ann, "1", "2026-01-10T12:00:00", tea("10.00")));
        trade().refund(refund(ann, "1", "a", "2026-02-10T12:00:00", yuan("4.00")));
        trade().refund(refund(ann, "1", "b", "2026-02-11T12:00:00", yuan("5.00")));

        Map<String, Object> details = refused(
                CoreError.REFUND_EXCEEDS_ORDER,
                () -> trade().refund(refund(ann, "1", "c", "2026-02-12T12:00:00", yuan("1.01"))));
        trade().refund(refund(ann, "1", "d", "2026-02-12T12:00:00", yuan("1.00")));

        assertThat(details).containsEntry("refundable", yuan("1.00")).containsEntry("missing", yuan("0.01"));
        TradeStatistics statistics = trade().statistics(ann, CNY);
        assertThat(statistics.refunds()).isEqualTo(3);
        assertThat(statistics.refunded()).isEqualTo(yuan("10.00"));
        assertThat(statistics.net()).isEqualTo(yuan("0.00"));
        assertThat(statistics.amount()).isEqualTo(yuan("10.00"));
        List<TradeBucket> months = trade().breakdown(ann, CNY, Dimension.MONTH, PageRequest.first(9))
                .items();
        assertThat(months).extracting(TradeBucket::refunded).containsExactly(yuan("0.00"), yuan("10.00"));
    }

    @Test
    public final void the_same_refund_again_answers_alike_and_writes_nothing() {
        trade().record(order(ann, "1", "2026-01-10T12:00:00", tea("10.00")));

        repeatable(() -> trade().refund(refund(ann, "1", "a", "2026-02-10T12:00:00", yuan("10.00"))));
        refused(
                CoreError.ORDER_NUMBER_REUSED,
                () -> trade().refund(refund(ann, "1", "a", "2026-02-10T12:00:00", yuan("9.00"))));
    }

    @Test
    public final void a_refund_before_its_order_is_pending_until_the_order_comes() {
        var early = trade().refund(refund(ann, "1", "a", "2026-02-10T12:00:00", yuan("4.00")));

        assertThat(early.pending()).isTrue();
        TradeStatistics waiting = trade().statistics(ann, CNY);
        assertThat(waiting.refunded()).isEqualTo(yuan("0.00"));
        assertThat(waiting.pendingRefunded()).isEqualTo(yuan("4.00"));
        assertThat(trade().refunds(ann, number("1"))).containsExactly(early.refund());

        var order = trade().record(order(ann, "1", "2026-01-10T12:00:00", tea("10.00")));

        assertThat(order.refunded()).isEqualTo(yuan("4.00"));
        TradeStatistics counted = trade().statistics(ann, CNY);
        assertThat(counted.refunded()).isEqualTo(yuan("4.00"));
        assertThat(counted.pendingRefunded()).isEqualTo(yuan("0.00"));
        assertThat(trade().refund(early.refund()).pending()).isFalse();
    }

    @Test
    public final void early_refunds_of_more_than_the_order_are_kept_and_marked() {
        trade().refund(refund(ann, "1", "a", "2026-02-10T12:00:00", yuan("8.00")));
        trade().refund(refund(ann, "1", "b", "2026-02-10T12:00:00", yuan("8.00")));

        var order = trade().record(order(ann, "1", "2026-01-10T12:00:00", tea("10.00")));

        assertThat(order.isOverRefunded()).isTrue();
        assertThat(trade().statistics(ann, CNY).net()).isEqualTo(yuan("-6.00"));
        assertThat(refused(
                        CoreError.REFUND_EXCEEDS_ORDER,
                        () -> trade().refund(refund(ann, "1", "c", "2026-02-12T12:00:00", yuan("0.01")))))
                .containsEntry("refundable", yuan("0.00"));
        assertThat(trade().rebuild(null, 10).corrected()).isZero();
    }

    @Test
    public final void a_refund_in_another_currency_waits_for_an_order_in_it() {
        trade().refund(refund(ann, "1", "a", "2026-02-10T12:00:00", Money.of(USD, 1)));

        trade().record(order(ann, "1", "2026-01-10T12:00:00", tea("10.00")));

        assertThat(trade().statistics(ann, USD).pendingRefunded()).isEqualTo(Money.of(USD, 1));
        refused(
                CoreError.REFUND_EXCEEDS_ORDER,
                () -> trade().refund(refund(ann, "1", "b", "2026-02-10T12:00:00", Money.of(USD, 1))));
        trade().record(Order.of(ann, number("1"), T0, List.of(OrderLine.of("x", Money.of(USD, 3))))
                .revision(2));
        assertThat(trade().statistics(ann, USD).refunded()).isEqualTo(Money.of(USD, 1));
        assertThat(trade().statistics(ann, CNY)).isEqualTo(TradeStatistics.none(CNY));
        assertThat(trade().rebuild(null, 10).corrected()).isZero();
    }

    // --- listings

    @Test
    public final void orders_are_listed_latest_first_by_pages() {
        trade().record(order(ann, "b", "2026-02-10T12:00:00", tea("1.00")));
        trade().record(order(ann, "a", "2026-02-10T12:00:00", tea("2.00")));
        trade().record(order(ann, "z", "2026-02-09T12:00:00", tea("3.00")));
        trade().record(order(ann, "c", "2026-02-11T12:00:00", tea("4.00")));
        trade().refund(refund(ann, "a", "r", "2026-02-12T12:00:00", yuan("0.50")));

        for (int size = 1; size <= 5; size++) {
            assertThat(Pages.all(size, page -> trade().orders(ann, page)))
                    .extracting(order -> order.number().value() + " " + order.refunded())
                    .containsExactly("c CNY 0.00", "b CNY 0.00", "a CNY 0.50", "z CNY 0.00");
        }
        assertThat(Pages.all(1, page -> trade().breakdown(ann, CNY, Dimension.DAY, page)))
                .extracting(TradeBucket::key)
                .containsExactly("2026-02-09", "2026-02-10", "2026-02-11");
    }

    @Test
    public final void an_order_is_found_with_its_lines_and_refunds() {
        Order order = order(ann, "1", "2026-02-10T12:00:00", pears("3.00", "0.125"), tea("2.00"), tea("1.00"));
        trade().record(order);
        var refund = trade().refund(refund(ann, "1", "r", "2026-02-12T12:00:00", yuan("0.50"))
                        .units(new BigDecimal("0.125")))
                .refund();

        assertThat(trade().order(ann, number("1"))).contains(new OrderDetails(order, List.of(refund)));
        assertThat(trade().order(ann, number("2"))).isEmpty();
        assertThat(trade().order(nobody(), number("1"))).isEmpty();
    }

    // --- batches, transactions, events

    @Test
    public final void a_batch_answers_each_order_in_its_place() {
        CustomerId bob = crm().newCustomer(ACME);
        trade().record(order(bob, "1", "2026-02-10T12:00:00", tea("9.00")));
        List<Order> orders = List.of(
                order(bob, "1", "2026-02-10T12:00:00", tea("8.00")),
                order(ann, "1", "2026-02-10T12:00:00", tea("1.00")),
                order(nobody(), "1", "2026-02-10T12:00:00", tea("1.00")),
                order(ann, "2", "2026-04-10T12:00:00", tea("1.00")),
                order(ann, "1", "2026-02-10T12:00:00", tea("5.00")).revision(2),
                order(bob, "2", "2026-02-10T12:00:00", tea("2.00")),
                order(ann, "1", "2026-02-10T12:00:00", tea("1.00")));

        List<OrderOutcome> outcomes = trade().recordAll(orders);

        assertThat(outcomes)
                .extracting(outcome -> {
                    var refusal = outcome.refusal();
                    var kept = outcome.order();
                    return refusal != null
                            ? refusal.code().name()
                            : kept == null ? "nothing" : kept.order().amount().toString();
                })
                .containsExactly(
                        "ORDER_NUMBER_REUSED",
                        "CNY 1.00",
                        "UNKNOWN_CUSTOMER",
                        "INSTANT_OUT_OF_RANGE",
                        "CNY 5.00",
                        "CNY 2.00",
                        "CNY 5.00");
        assertThat(trade().statistics(ann, CNY).amount()).isEqualTo(yuan("5.00"));
        assertThat(trade().statistics(bob, CNY).amount()).isEqualTo(yuan("11.00"));
        assertThat(trade().rebuild(null, 10).corrected()).isZero();
    }

    @Test
    public final void a_batch_of_more_than_a_chunk_is_recorded() {
        List<Order> orders = IntStream.range(0, 1_003)
                .mapToObj(i -> order(ann, "n" + i, "2026-02-10T12:00:00", tea("1.00")))
                .toList();

        assertThat(trade().recordAll(orders)).allMatch(OrderOutcome::isRecorded).hasSize(1_003);

        assertThat(trade().statistics(ann, CNY).amount()).isEqualTo(yuan("1003.00"));
        assertThat(trade().recordAll(List.of())).isEmpty();
        assertThat(trade().rebuild(null, 10)).isEqualTo(new RebuildProgress(1, 0, null));
    }

    @Test
    public final void what_a_host_rolls_back_leaves_nothing() {
        Order order = order(ann, "1", "2026-02-10T12:00:00", tea("2.00"));
        trade().record(order(ann, "0", "2026-02-10T12:00:00", tea("2.00")));
        List<String> before = crm().dump();

        rolledBack(() -> {
            trade().record(order);
            trade().recordAll(List.of(order.revision(2), order(ann, "2", "2026-02-10T12:00:00", tea("1.00"))));
            trade().refund(refund(ann, "1", "a", "2026-02-11T12:00:00", yuan("1.00")));
            assertThat(trade().statistics(ann, CNY).orders()).isEqualTo(3);
        });

        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void each_fact_is_told_once_and_in_order() {
        Order order = order(ann, "1", "2026-02-10T12:00:00", tea("2.00"));
        trade().refund(refund(ann, "1", "a", "2026-02-11T12:00:00", yuan("1.00")));
        trade().record(order);
        trade().record(order);
        trade().recordAll(List.of(order.revision(2), order));

        assertThat(events())
                .extracting(event -> event.seq() + " " + event.type())
                .containsExactly("1 order.refunded", "2 order.recorded", "3 order.recorded");
        assertThat(events().get(0).data()).contains("\"pending\":true", "\"amountMinor\":100");
        assertThat(events().get(1).data()).contains("\"refundedMinor\":100", "\"overRefunded\":false");
    }

    final List<EventEnvelope> events() {
        var claim = new Claim(
                null, 10_000, crm().clock().instant(), crm().clock().instant().plus(DAY));
        List<EventEnvelope> events = new ArrayList<>();
        rolledBack(() -> crm().outbox().claim(ACME, claim).stream()
                .map(Claimed::event)
                .filter(event -> event.source().equals(EventEnvelope.TRADE))
                .forEach(events::add));
        return events;
    }

    // --- rebuild

    @Test
    public final void a_rebuild_puts_wrong_statistics_right_and_can_be_resumed() {
        List<CustomerId> customers = IntStream.range(0, 5)
                .mapToObj(i -> crm().newCustomer(ACME))
                .sorted()
                .toList();
        customers.forEach(customer -> trade().record(order(customer, "1", "2026-02-10T12:00:00", tea("2.00"))));
        trade().refund(refund(customers.get(1), "9", "r", "2026-02-10T12:00:00", yuan("2.00")));
        List<String> right = crm().dump();
        commit(() -> {
            crm().trade().lock(ACME, customers.subList(0, 2));
            crm().trade().restate(ACME, customers.get(0), new TradeSums(List.of(), List.of()));
            crm().trade().restate(ACME, customers.get(1), new TradeSums(List.of(), List.of()));
        });

        RebuildProgress first = trade().rebuild(null, 1);
        RebuildProgress second = trade().rebuild(first.cursor(), 3);
        RebuildProgress third = trade().rebuild(second.cursor(), 3);

        assertThat(first).isEqualTo(new RebuildProgress(1, 1, customers.get(0)));
        assertThat(second).isEqualTo(new RebuildProgress(3, 1, customers.get(3)));
        assertThat(third).isEqualTo(new RebuildProgress(1, 0, null));
        assertThat(crm().dump()).isEqualTo(right);
    }

    private List<String> breakdown(Dimension dimension) {
        return Pages.all(2, page -> trade().breakdown(ann, CNY, dimension, page)).stream()
                .map(bucket -> bucket.key() + " " + bucket.figures().orders() + " " + bucket.amount())
                .toList();
    }
}
