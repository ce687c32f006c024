package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.OrderOutcome;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.tck.Race.Attempt;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/**
 * Laws of trade: statistics and rows are the same in whatever order facts arrive, however often and in whatever batches, also from many
 * tills at once; and they are those of a rebuild.
 */
public abstract class TradeLawsContract extends TradeFacade {
    private static final List<CurrencyUnit> CURRENCIES = List.of(CNY, CNY, CurrencyUnit.of("USD"));

    /** A contract. */
    protected TradeLawsContract() {}

    /** How many sets of facts are tried. Default: 20. */
    protected int sequences() {
        return 20;
    }

    /** A fact about a customer: an order, a revision of one, or a refund. */
    private interface Fact extends BiConsumer<TradeLawsContract, CustomerId> {}

    private record OrderFact(Order order) implements Fact {
        @Override
        public void accept(TradeLawsContract on, CustomerId customer) {
            on.trade().record(of(customer));
        }

        Order of(CustomerId customer) {
            return new Order(
                    customer,
                    order.number(),
                    order.revision(),
                    order.occurredAt(),
                    order.channel(),
                    order.store(),
                    order.lines(),
                    order.cancelled());
        }
    }

    private record RefundFact(Refund refund) implements Fact {
        @Override
        public void accept(TradeLawsContract on, CustomerId customer) {
            on.trade()
                    .refund(new Refund(
                            customer,
                            refund.order(),
                            refund.number(),
                            refund.occurredAt(),
                            refund.amount(),
                            refund.units()));
        }
    }

    @Test
    public final void any_order_of_arrival_any_repetition_and_any_batches_leave_the_same() {
        for (int seed = 1; seed <= sequences(); seed++) {
            var random = new Random(seed);
            List<Fact> facts = facts(random);
            CustomerId inOrder = crm().newCustomer(ACME);
            facts.forEach(fact -> fact.accept(this, inOrder));
            List<String> expected = kept(inOrder);
            for (int permutation = 0; permutation < 3; permutation++) {
                CustomerId customer = crm().newCustomer(ACME);
                List<Fact> shuffled = new ArrayList<>(facts);
                IntStream.range(0, facts.size() / 2)
                        .forEach(i -> shuffled.add(facts.get(random.nextInt(facts.size()))));
                Collections.shuffle(shuffled, random);
                deliver(customer, shuffled, random);
                assertThat(kept(customer)).as("facts of seed %d", seed).isEqualTo(expected);
            }
        }
        assertThat(trade().rebuild(null, 10_000).corrected())
                .as("customers whose statistics differ from a rebuild")
                .isZero();
    }

    /** Gives facts one by one or, where orders follow each other, in a batch. */
    private void deliver(CustomerId customer, List<Fact> facts, Random random) {
        List<Order> batch = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact instanceof OrderFact order && random.nextBoolean()) {
                batch.add(order.of(customer));
                continue;
            }
            flush(batch);
            fact.accept(this, customer);
        }
        flush(batch);
    }

    private void flush(List<Order> batch) {
        assertThat(trade().recordAll(batch)).allMatch(OrderOutcome::isRecorded);
        batch.clear();
    }

    /** Orders in one to three revisions; those that are refunded keep their currency and are not cancelled. */
    private List<Fact> facts(Random random) {
        List<Fact> facts = new ArrayList<>();
        int orders = 1 + random.nextInt(8);
        for (int i = 0; i < orders; i++) {
            OrderNumber number = OrderNumber.of(random.nextBoolean() ? "pos" : "web", "n" + i);
            boolean refunded = random.nextBoolean();
            CurrencyUnit currency = any(random, CURRENCIES);
            int revisions = 1 + random.nextInt(3);
            long least = Long.MAX_VALUE;
            for (int revision = 1; revision <= revisions; revision++) {
                Order order = order(random, number, refunded ? currency : any(random, CURRENCIES))
                        .revision(revision);
                least = Math.min(least, order.amount().getAmountMinorLong());
                facts.add(new OrderFact(!refunded && random.nextInt(4) == 0 ? order.cancel() : order));
            }
            for (int refund = 0; refunded && refund < 3 && least > 0; refund++) {
                long minor = 1L + random.nextInt((int) least);
                least -= minor;
                facts.add(new RefundFact(Refund.of(
                        ann,
                        number,
                        "r" + refund,
                        T0.minus(Duration.ofHours(random.nextInt(2_000))),
                        Money.ofMinor(currency, minor))));
            }
        }
        facts.add(new RefundFact(Refund.of(ann, OrderNumber.of("lost", "1"), "r", T0, yuan("1.00"))));
        return facts;
    }

    private Order order(Random random, OrderNumber number, CurrencyUnit currency) {
        List<OrderLine> lines = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> new OrderLine(
                        "sku" + i,
                        random.nextBoolean() ? null : "c" + random.nextInt(3),
                        null,
                        BigDecimal.valueOf(1 + random.nextInt(5_000), 3),
                        Money.ofMinor(currency, random.nextInt(1_000))))
                .toList();
        Order order = Order.of(ann, number, T0.minus(Duration.ofHours(random.nextInt(2_000))), lines);
        order = random.nextBoolean() ? order : order.in(StoreId.of("S" + random.nextInt(3)));
        return random.nextBoolean() ? order : order.through("app");
    }

    private static <T> T any(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    // --- many tills

    @Test
    public final void tills_that_record_at_once_lose_no_order() {
        int tills = 12;
        int each = 10;
        int orders = tills / 2 * each;
        List<Attempt<Boolean>> attempts = Race.of(tills, till -> {
            for (int i = 0; i < each; i++) {
                // Two tills deliver each order.
                trade().record(order(ann, till / 2 + "/" + i, "2026-02-10T12:00:00", tea("1.00")));
            }
            return true;
        });

        attempts.forEach(Attempt::orFail);
        assertThat(trade().statistics(ann, CNY).orders()).isEqualTo(orders);
        assertThat(trade().statistics(ann, CNY).amount()).isEqualTo(yuan("60.00"));
        assertThat(sequence())
                .isEqualTo(
                        IntStream.rangeClosed(1, orders).mapToObj(Long::valueOf).toList());
        assertThat(trade().rebuild(null, 10).corrected()).isZero();
    }

    @Test
    public final void tills_that_refund_at_once_never_refund_more_than_was_paid() {
        trade().record(order(ann, "1", "2026-02-10T12:00:00", tea("10.00")));

        List<Attempt<Boolean>> attempts = Race.of(16, till -> {
            trade().refund(refund(ann, "1", "r" + till, "2026-02-11T12:00:00", yuan("3.00")));
            return true;
        });

        assertThat(attempts.stream().filter(Attempt::succeeded)).hasSize(3);
        assertThat(trade().statistics(ann, CNY).refunded()).isEqualTo(yuan("9.00"));
    }

    @Test
    public final void an_order_and_its_refund_that_meet_are_both_counted() {
        for (int i = 0; i < 20; i++) {
            String number = "n" + i;
            CustomerId customer = crm().newCustomer(ACME);
            Race.of(
                            2,
                            till -> till == 0
                                    ? trade().record(order(customer, number, "2026-02-10T12:00:00", tea("2.00")))
                                    : trade().refund(
                                                    refund(customer, number, "r", "2026-02-11T12:00:00", yuan("1.00"))))
                    .forEach(Attempt::orFail);

            assertThat(trade().statistics(customer, CNY).net()).isEqualTo(yuan("1.00"));
        }
    }

    @Test
    public final void batches_that_overlap_at_once_record_each_order_once() {
        List<CustomerId> customers =
                IntStream.range(0, 20).mapToObj(i -> crm().newCustomer(ACME)).toList();

        List<Attempt<List<OrderOutcome>>> attempts = Race.of(
                4,
                till -> trade().recordAll(IntStream.range(0, 20)
                        .map(i -> till % 2 == 0 ? i : 19 - i)
                        .mapToObj(i -> order(customers.get(i), "1", "2026-02-10T12:00:00", tea("1.00")))
                        .toList()));

        attempts.forEach(attempt -> assertThat(attempt.orFail()).allMatch(OrderOutcome::isRecorded));
        assertThat(customers)
                .allMatch(customer -> trade().statistics(customer, CNY).orders() == 1);
    }

    private List<Long> sequence() {
        var claim = new Claim(null, 10_000, T0, T0.plus(DAY));
        return committed(() -> crm().outbox().claim(ACME, claim)).stream()
                .map(claimed -> claimed.event())
                .filter(event -> event.source().equals(EventEnvelope.TRADE))
                .map(EventEnvelope::seq)
                .toList();
    }
}
