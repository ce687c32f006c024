package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.TradeChange;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.spi.TradeStore.Arrived;
import dev.retailcrm.core.trade.Dimension;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderFile;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.OrderPosition;
import dev.retailcrm.core.trade.OrderRecorded;
import dev.retailcrm.core.trade.OrderSummary;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.TradeBucket;
import dev.retailcrm.core.trade.TradeFigures;
import dev.retailcrm.core.trade.TradeHead;
import dev.retailcrm.core.trade.TradeSums;
import dev.retailcrm.core.trade.TradeTotal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@link TradeStore}. */
public abstract class TradeStoreContract extends StoreContract {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final TradeSums NOTHING = new TradeSums(List.of(), List.of());

    private CustomerId ann = nobody();

    /** A contract. */
    protected TradeStoreContract() {}

    /** Registers the customer that most rules are about. */
    @BeforeEach
    public final void registerAnn() {
        ann = crm().newCustomer(ACME);
    }

    private TradeStore trade() {
        return crm().trade();
    }

    // --- TS-1 tenants

    @Test
    public final void ts_1_another_tenant_finds_nothing() {
        write(placing(order("1", 100)));

        assertThat(committed(() -> trade().lock(ZENITH, Set.of(ann)))).isEmpty();
        assertThat(committed(() -> trade().open(ZENITH, Set.of(ann)))).isEmpty();
        assertThat(file(ZENITH, "1")).isEqualTo(OrderFile.EMPTY);
        assertThat(trade().order(ZENITH, ann, number("1"))).isEmpty();
        assertThat(trade().orders(ZENITH, ann, null, 9)).isEmpty();
        assertThat(trade().statistics(ZENITH, ann)).isEmpty();
        assertThat(trade().buckets(ZENITH, ann, CNY, Dimension.STORE, null, 9)).isEmpty();
        assertThat(trade().customers(ZENITH, null, 9)).isEmpty();
        assertThat(trade().history(ZENITH, ann, null, 9)).isEmpty();
        assertThat(trade().sums(ZENITH, ann)).isEqualTo(NOTHING);
    }

    // --- TS-2 lock

    @Test
    public final void ts_2_a_lock_that_waited_returns_what_the_holder_left() {
        write(placing(order("1", 100)));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            TradeHead before =
                    Objects.requireNonNull(trade().lock(ACME, Set.of(ann)).get(ann));
            Future<Map<CustomerId, TradeHead>> second =
                    race.start(() -> committed(() -> trade().lock(ACME, Set.of(ann))));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            trade().apply(placing(before, order("2", 100)));
            host.commit();

            assertThat(Race.result(second)).containsEntry(ann, new TradeHead(2, 0));
        }
    }

    @Test
    public final void ts_2_those_never_opened_are_absent_and_customers_are_locked_one_by_one() {
        CustomerId bob = crm().newCustomer(ACME);
        CustomerId eve = crm().newCustomer(ACME);
        commit(() -> trade().open(ACME, Set.of(ann, bob)));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            assertThat(trade().lock(ACME, Set.of(ann, eve))).containsOnlyKeys(ann);

            assertThat(Race.result(race.start(() -> committed(() -> trade().lock(ACME, Set.of(bob))))))
                    .containsOnlyKeys(bob);
            host.rollback();
        }
    }

    // --- TS-3, TS-4 open

    @Test
    public final void ts_3_who_opens_at_the_same_time_waits_for_the_first() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            TradeHead opened =
                    Objects.requireNonNull(trade().open(ACME, Set.of(ann)).get(ann));
            Future<Map<CustomerId, TradeHead>> second =
                    race.start(() -> committed(() -> trade().open(ACME, Set.of(ann))));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            trade().apply(placing(opened, order("1", 100)));
            host.commit();

            assertThat(Race.result(second)).containsEntry(ann, new TradeHead(1, 0));
        }
    }

    @Test
    public final void ts_3_opening_again_changes_nothing() {
        write(placing(order("1", 100)));
        List<String> before = crm().dump();

        assertThat(committed(() -> trade().open(ACME, Set.of(ann)))).containsEntry(ann, new TradeHead(1, 0));
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void ts_4_who_is_not_registered_is_absent() {
        CustomerId stranger = nobody();

        assertThat(committed(() -> trade().open(ACME, Set.of(ann, stranger)))).containsOnlyKeys(ann);
        assertThat(trade().customers(ACME, null, 9)).containsExactly(ann);
    }

    // --- TS-5 files

    @Test
    public final void ts_5_files_hold_orders_and_refunds_of_their_number() {
        Order order = order("1", 100);
        write(placing(order));
        write(refunding(refund("1", "b")));
        write(refunding(refund("1", "a")));
        write(refunding(refund("2", "a")));

        assertThat(file(ACME, "1")).isEqualTo(new OrderFile(order.head(), List.of(refund("1", "a"), refund("1", "b"))));
        assertThat(file(ACME, "2")).isEqualTo(new OrderFile(null, List.of(refund("2", "a"))));
        assertThat(file(ACME, "3")).isEqualTo(OrderFile.EMPTY);
    }

    @Test
    public final void ts_5_numbers_compare_byte_for_byte() {
        write(placing(order("A1", 100)));
        write(placing(order("a1", 200)));
        Order other = Order.of(ann, OrderNumber.of("web", "A1"), T0, List.of(line(300)));
        write(placing(other));

        assertThat(file(ACME, "A1").arrived().orElseThrow().amount()).isEqualTo(money(100));
        assertThat(file(ACME, "a1").arrived().orElseThrow().amount()).isEqualTo(money(200));
        assertThat(trade().order(ACME, ann, other.number())).contains(other);
    }

    @Test
    public final void ts_5_files_under_the_lock_show_what_the_holder_before_left() {
        write(placing(order("1", 100)));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            TradeHead before =
                    Objects.requireNonNull(trade().lock(ACME, Set.of(ann)).get(ann));
            Future<OrderFile> second = race.start(() -> committed(() -> {
                trade().sums(ACME, ann);
                trade().lock(ACME, Set.of(ann));
                return Objects.requireNonNull(trade().files(ACME, Map.of(ann, Set.of(number("2"))))
                        .getOrDefault(ann, Map.of())
                        .getOrDefault(number("2"), OrderFile.EMPTY));
            }));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            trade().apply(placing(before, order("2", 100)));
            host.commit();

            assertThat(Race.result(second).arrived()).isPresent();
        }
    }

    // --- TS-6 to TS-10 apply

    @Test
    public final void ts_6_an_order_that_is_known_is_not_placed_and_the_transaction_lives() {
        write(placing(order("1", 100)));
        List<String> before = crm().dump();

        try (HostTransaction host = crm().begin()) {
            TradeHead head =
                    Objects.requireNonNull(trade().lock(ACME, Set.of(ann)).get(ann));
            assertThat(trade().apply(placing(head, order("1", 200)))).isFalse();
            assertThat(trade().apply(placing(head, order("2", 50), order("1", 200))))
                    .isFalse();
            assertThat(trade().statistics(ACME, ann)).hasSize(1);
            host.commit();
        }

        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void ts_7_sums_are_added_and_rows_that_come_to_nothing_are_gone() {
        write(placing(order("1", 100)));
        write(placing(order("2", 50)));
        assertThat(trade().sums(ACME, ann).totals())
                .containsExactly(new TradeTotal(CNY, new TradeFigures(2, 150, 2_000, 0, 0), 0, 0, T0, T0));
        assertThat(trade().sums(ACME, ann).buckets())
                .containsExactly(new TradeBucket(CNY, Dimension.STORE, "S", new TradeFigures(2, 150, 2_000, 0, 0)));

        write(replacing(order("1", 100), order("1", 100).revision(2).cancel()));
        write(replacing(order("2", 50), order("2", 50).revision(2).cancel()));

        assertThat(trade().sums(ACME, ann)).isEqualTo(NOTHING);
        assertThat(trade().statistics(ACME, ann)).isEmpty();
    }

    @Test
    public final void ts_8_first_and_last_are_those_of_the_orders_that_count() {
        Instant earlier = T0.minus(Duration.ofDays(9));
        Instant later = T0.plusMillis(1);
        write(placing(at("1", earlier)));
        write(placing(at("2", later)));
        write(placing(order("3", 100)));
        assertThat(span()).containsExactly(earlier, later);

        write(replacing(at("1", earlier), at("1", earlier).revision(2).cancel()));
        assertThat(span()).containsExactly(T0, later);

        write(replacing(at("2", later), order("2", 100).revision(2)));
        assertThat(span()).containsExactly(T0, T0);
    }

    @Test
    public final void ts_9_events_are_kept_if_the_transaction_is_committed() {
        rolledBack(() -> {
            TradeHead head =
                    Objects.requireNonNull(trade().open(ACME, Set.of(ann)).get(ann));
            trade().apply(placing(head, order("1", 100)));
        });
        assertThat(trade().customers(ACME, null, 9)).isEmpty();
        write(placing(order("2", 100)));

        var claimed = committed(() -> crm().outbox().claim(ACME, new Claim(null, 99, T0, T0.plusSeconds(1))));

        assertThat(claimed)
                .filteredOn(event -> event.event().source().equals(EventEnvelope.TRADE))
                .singleElement()
                .satisfies(event -> assertThat(event.event().data()).contains("\"number\":\"2\""));
    }

    @Test
    public final void ts_10_decisions_about_many_are_written_each() {
        CustomerId bob = crm().newCustomer(ACME);
        Order first = order("1", 100);
        write(placing(first));
        Order of = Order.of(bob, number("1"), T0, List.of(line(70)));
        commit(() -> {
            var heads = trade().open(ACME, Set.of(ann, bob));
            trade().applyAll(List.of(
                    replacing(first, order("1", 40).revision(2)).apply(head(heads.get(ann))),
                    change(bob, head(heads.get(bob)), List.of(of), List.of(), List.of(), sums(of, 1))));
        });

        assertThat(trade().orders(ACME, ann, null, 9))
                .extracting(order -> order.order().amount())
                .containsExactly(money(40));
        assertThat(trade().statistics(ACME, ann).get(0).amount()).isEqualTo(money(40));
        assertThat(trade().statistics(ACME, bob).get(0).amount()).isEqualTo(money(70));
        assertThat(committed(() -> trade().lock(ACME, Set.of(ann, bob))))
                .containsEntry(ann, new TradeHead(2, 0))
                .containsEntry(bob, new TradeHead(1, 0));
    }

    // --- TS-11 to TS-17 look-ups

    @Test
    public final void ts_11_an_order_is_found_as_it_was_written() {
        Order order = new Order(
                ann,
                number("1"),
                Long.MAX_VALUE,
                T0.plusMillis(7),
                "app",
                StoreId.of("S"),
                List.of(
                        new OrderLine("z", "c", "b", new BigDecimal("0.001"), money(0)),
                        new OrderLine("a", null, null, new BigDecimal("1000000"), money(10_000_000_000_000L))),
                false);
        write(placing(order));

        assertThat(trade().order(ACME, ann, number("1"))).contains(order);
        assertThat(trade().order(ACME, ann, number("2"))).isEmpty();
    }

    @Test
    public final void ts_11_an_order_of_many_lines_keeps_their_order() {
        List<OrderLine> lines = IntStream.rangeClosed(1, Order.MAX_LINES)
                .mapToObj(i -> OrderLine.of("sku" + i, money(i)))
                .toList();
        Order order = Order.of(ann, number("1"), T0, lines);
        write(placing(order));

        assertThat(trade().order(ACME, ann, number("1"))).contains(order);
    }

    @Test
    public final void ts_12_orders_come_latest_first() {
        write(placing(at("b", T0)));
        write(placing(at("a", T0)));
        write(placing(at("z", T0.minusMillis(1))));
        write(refunding(refund("a", "r")));

        List<OrderSummary> all = trade().orders(ACME, ann, null, 9);

        assertThat(all).extracting(order -> order.number().value()).containsExactly("b", "a", "z");
        assertThat(all).extracting(OrderSummary::refunded).containsExactly(money(0), money(1), money(0));
        assertThat(trade().orders(ACME, ann, OrderPosition.of(all.get(0).order()), 1))
                .containsExactly(all.get(1));
    }

    @Test
    public final void ts_13_statistics_count_what_is_different() {
        write(placing(order("1", 100)));
        write(placing(at("2", T0)));

        assertThat(trade().statistics(ACME, ann))
                .singleElement()
                .satisfies(statistics -> assertThat(statistics.stores()).isEqualTo(1));
    }

    @Test
    public final void ts_14_a_breakdown_is_in_the_order_of_bytes() {
        List<String> stores = List.of("S 2", "S1", "a", "S10", "_");
        for (String store : stores) {
            write(placing(order("n" + store, 1).in(StoreId.of(store))));
        }

        List<TradeBucket> all = trade().buckets(ACME, ann, CNY, Dimension.STORE, null, 9);

        assertThat(all).extracting(TradeBucket::key).containsExactly("S 2", "S1", "S10", "_", "a");
        assertThat(trade().buckets(ACME, ann, CNY, Dimension.STORE, "S1", 2)).containsExactly(all.get(2), all.get(3));
        assertThat(trade().buckets(ACME, ann, CurrencyUnit.USD, Dimension.STORE, null, 9))
                .isEmpty();
    }

    @Test
    public final void ts_15_customers_come_by_ascending_id() {
        List<CustomerId> ids = Stream.of(ann, crm().newCustomer(ACME), crm().newCustomer(ACME))
                .sorted()
                .toList();
        commit(() -> trade().open(ACME, ids));

        assertThat(trade().customers(ACME, null, 2)).containsExactly(ids.get(0), ids.get(1));
        assertThat(trade().customers(ACME, ids.get(0), 9)).containsExactly(ids.get(1), ids.get(2));
    }

    @Test
    public final void ts_16_history_is_complete_whatever_the_size_of_pages() {
        for (String number : List.of("1", "2", "3")) {
            write(placing(order(number, 100)));
        }
        for (String number : List.of("0", "2", "25", "9")) {
            write(refunding(refund(number, "r")));
        }

        List<String> expected = List.of("0 false 1", "1 true 0", "2 true 1", "25 false 1", "3 true 0", "9 false 1");
        for (int size = 1; size < 8; size++) {
            List<Arrived> all = new ArrayList<>();
            OrderNumber last = null;
            List<Arrived> page = trade().history(ACME, ann, null, size);
            while (!page.isEmpty()) {
                all.addAll(page);
                last = page.get(page.size() - 1).number();
                page = trade().history(ACME, ann, last, size);
            }
            assertThat(all)
                    .extracting(arrived -> arrived.number().value() + " " + (arrived.order() != null) + " "
                            + arrived.refunds().size())
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    public final void ts_21_totals_of_many_are_those_of_each_as_this_transaction_wrote_them() {
        CustomerId bob = crm().newCustomer(ACME);
        commit(() -> {
            TradeHead head = head(trade().open(ACME, Set.of(ann, bob)).get(ann));
            trade().apply(placing(head, order("1", 100)));

            var totals = trade().totals(ACME, Set.of(ann, bob));
            assertThat(totals.get(ann)).isEqualTo(sums(order("1", 100), 1).totals());
            assertThat(totals.getOrDefault(bob, List.of())).isEmpty();
        });
        assertThat(trade().totals(ZENITH, Set.of(ann)).getOrDefault(ann, List.of()))
                .isEmpty();
    }

    @Test
    public final void ts_17_sums_see_what_this_transaction_wrote_and_nobody_else_does() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            TradeHead head = head(trade().open(ACME, Set.of(ann)).get(ann));
            trade().apply(placing(head, order("1", 100)));

            assertThat(trade().sums(ACME, ann)).isEqualTo(sums(order("1", 100), 1));
            assertThat(Race.result(race.start(() -> committed(() -> trade().sums(ACME, ann)))))
                    .isEqualTo(NOTHING);
            host.rollback();
        }
    }

    // --- TS-18 restate

    @Test
    public final void ts_18_sums_are_put_in_place_of_those_kept() {
        write(placing(order("1", 100)));
        TradeSums other = new TradeSums(
                List.of(new TradeTotal(CurrencyUnit.USD, TradeFigures.ZERO, 3, 9, null, null)),
                List.of(new TradeBucket(CNY, Dimension.DAY, "2026-01-01", new TradeFigures(1, 2, 3, 4, 5))));

        commit(() -> {
            trade().lock(ACME, Set.of(ann));
            trade().restate(ACME, ann, other);
        });

        assertThat(trade().sums(ACME, ann)).isEqualTo(other);
        assertThat(trade().order(ACME, ann, number("1"))).isPresent();
        assertThat(committed(() -> trade().lock(ACME, Set.of(ann)))).containsEntry(ann, new TradeHead(1, 3));
    }

    @Test
    public final void ts_18_who_was_never_opened_is_not_restated() {
        CrmException refusal = Objects.requireNonNull(
                catchThrowableOfType(CrmException.class, () -> commit(() -> trade().restate(ACME, ann, NOTHING))));

        assertThat(refusal.code()).isEqualTo(CoreError.STORE_FAILED);
    }

    // --- changes

    /** A change that is made from the head as it is locked. */
    private interface Draft {
        TradeChange apply(TradeHead head);
    }

    private void write(Draft draft) {
        commit(() -> {
            TradeHead head = head(trade().open(ACME, Set.of(ann)).get(ann));
            assertThat(trade().apply(draft.apply(head))).isTrue();
        });
    }

    private static TradeHead head(@Nullable TradeHead head) {
        return Objects.requireNonNull(head, "not opened");
    }

    private Draft placing(Order order) {
        return head -> placing(head, order);
    }

    private TradeChange placing(TradeHead head, Order... orders) {
        return change(ann, head, List.of(orders), List.of(), List.of(), sums(orders[0], 1));
    }

    private Draft replacing(Order before, Order after) {
        return head -> {
            TradeSums less = sums(before, -1);
            if (after.cancelled()) {
                return change(ann, head, List.of(), List.of(after), List.of(), less);
            }
            TradeSums more = sums(after, 1);
            TradeTotal total = less.totals().get(0).plus(more.totals().get(0));
            TradeBucket bucket = less.buckets().get(0);
            TradeFigures figures = bucket.figures().plus(more.buckets().get(0).figures());
            var added = new TradeSums(
                    List.of(total), List.of(new TradeBucket(CNY, bucket.dimension(), bucket.key(), figures)));
            return change(ann, head, List.of(), List.of(after), List.of(), added);
        };
    }

    private Draft refunding(Refund refund) {
        return head -> change(
                ann,
                head,
                List.of(),
                List.of(),
                List.of(refund),
                new TradeSums(
                        List.of(new TradeTotal(CNY, new TradeFigures(0, 0, 0, 1, 1), 0, 0, null, null)), List.of()));
    }

    private static TradeChange change(
            CustomerId customer,
            TradeHead head,
            List<Order> placed,
            List<Order> replaced,
            List<Refund> refunds,
            TradeSums added) {
        long seq = head.eventSeq() + 1;
        Order told = placed.isEmpty() ? replaced.isEmpty() ? null : replaced.get(0) : placed.get(0);
        Order any = told == null ? Order.of(customer, number("told"), T0, List.of(line(1))) : told;
        var event = EventEnvelope.of(
                ACME,
                EventEnvelope.TRADE,
                seq,
                new OrderRecorded(customer, new OrderSummary(any.head(), money(0)), T0));
        return new TradeChange(
                ACME,
                customer,
                head,
                new TradeHead(seq, head.pendingRefunds()),
                placed,
                replaced,
                refunds,
                added,
                List.of(event));
    }

    /** What an order contributes, by store alone. */
    private static TradeSums sums(Order order, int sign) {
        long minor = order.amount().getAmountMinorLong();
        var figures = new TradeFigures(sign, sign * minor, sign * order.head().unitsMilli(), 0, 0);
        Instant at = sign > 0 ? order.occurredAt() : null;
        List<TradeBucket> buckets =
                order.boughtIn().map(store -> new TradeBucket(CNY, Dimension.STORE, store.value(), figures)).stream()
                        .toList();
        return new TradeSums(List.of(new TradeTotal(CNY, figures, 0, 0, at, at)), buckets);
    }

    private Order order(String number, long minor) {
        return Order.of(ann, number(number), T0, List.of(line(minor))).in(StoreId.of("S"));
    }

    private Order at(String number, Instant instant) {
        return Order.of(ann, number(number), instant, List.of(line(100))).in(StoreId.of("S"));
    }

    private Refund refund(String order, String number) {
        return Refund.of(ann, number(order), number, T0, money(1));
    }

    private List<Instant> span() {
        TradeTotal total = trade().sums(ACME, ann).totals().get(0);
        return List.of(Objects.requireNonNull(total.first()), Objects.requireNonNull(total.last()));
    }

    private OrderFile file(TenantId tenant, String number) {
        return trade().files(tenant, Map.of(ann, Set.of(number(number))))
                .getOrDefault(ann, Map.of())
                .getOrDefault(number(number), OrderFile.EMPTY);
    }

    private static OrderNumber number(String value) {
        return OrderNumber.of("pos", value);
    }

    private static OrderLine line(long minor) {
        return OrderLine.of("sku", money(minor));
    }

    private static Money money(long minor) {
        return Money.ofMinor(CNY, minor);
    }
}
