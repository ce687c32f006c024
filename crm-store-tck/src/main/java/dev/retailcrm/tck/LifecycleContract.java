package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.lifecycle.BookedStage;
import dev.retailcrm.core.lifecycle.Lifecycle;
import dev.retailcrm.core.lifecycle.LifecyclePolicy;
import dev.retailcrm.core.lifecycle.LifecycleStage;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.Trade;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Lifecycle} does as customers buy and time passes, whatever the store. */
public abstract class LifecycleContract extends MergeFacade {
    /** A contract. */
    protected LifecycleContract() {}

    private Trade observed() {
        return new Trade(
                ACME,
                crm().trade(),
                crm().unitOfWork(),
                crm().clock(),
                ZONE,
                List.of(lifecycle().observer()));
    }

    private static Instant days(int days) {
        return T0.plus(DAY.multipliedBy(days));
    }

    private Order bought(CustomerId customer, String number) {
        return Order.of(customer, number(number), crm().clock().instant(), List.of(tea("9.90")));
    }

    private void sell(CustomerId customer, String number) {
        observed().record(bought(customer, number));
    }

    @Test
    public final void each_change_is_told_once_at_the_instant_it_happened_however_late_it_is_noticed() {
        repeatable(() -> observed().record(Order.of(ann, number("1"), T0, List.of(tea("9.90")))));
        assertThat(lifecycle().booked(ann)).contains(new BookedStage(LifecycleStage.NEW, T0, days(30)));
        assertThat(lifecycle().advance(10)).isZero();

        crm().clock().set(days(30));
        assertThat(lifecycle().advance(10)).isEqualTo(1);
        crm().clock().set(days(400));
        assertThat(lifecycle().advance(10)).isEqualTo(2);
        assertThat(lifecycle().advance(10)).isZero();
        assertThat(lifecycle().booked(ann)).contains(new BookedStage(LifecycleStage.LAPSED, days(365), null));
        sell(ann, "2");

        assertThat(told(ann))
                .containsExactly(
                        "1 PROSPECT-NEW " + T0,
                        "2 NEW-GROWING " + days(30),
                        "3 GROWING-DECLINING " + days(90),
                        "4 DECLINING-LAPSED " + days(365),
                        "5 LAPSED-GROWING " + days(400));
    }

    @Test
    public final void an_order_books_first_what_time_had_done_by_what_was_known_then() {
        sell(ann, "1");
        crm().clock().set(days(100));

        observed().record(bought(ann, "2").revision(1));
        observed().record(bought(ann, "2").revision(2).cancel());
        observed().refund(Refund.of(ann, number("1"), "r", crm().clock().instant(), yuan("1.00")));

        assertThat(told(ann))
                .containsExactly(
                        "1 PROSPECT-NEW " + T0,
                        "2 NEW-GROWING " + days(30),
                        "3 GROWING-DECLINING " + days(90),
                        "4 DECLINING-GROWING " + days(100),
                        "5 GROWING-DECLINING " + days(100));
        assertThat(lifecycle().booked(ann)).contains(new BookedStage(LifecycleStage.DECLINING, days(100), days(365)));
    }

    @Test
    public final void money_makes_a_customer_mature_and_a_refund_takes_that_back() {
        var rich = new Lifecycle(
                ACME,
                LifecyclePolicy.standard().newFor(Duration.ZERO).orMatureFrom(yuan("10.00")),
                crm().lifecyclePorts());
        var trade = new Trade(ACME, crm().trade(), crm().unitOfWork(), crm().clock(), ZONE, List.of(rich.observer()));
        trade.refund(Refund.of(ann, number("1"), "early", T0, yuan("1.00")));
        assertThat(rich.booked(ann)).contains(new BookedStage(LifecycleStage.PROSPECT, T0, null));

        trade.record(Order.of(ann, number("1"), T0, List.of(tea("11.00"))));
        assertThat(rich.booked(ann).orElseThrow().stage()).isEqualTo(LifecycleStage.MATURE);
        trade.refund(Refund.of(ann, number("1"), "late", T0, yuan("0.01")));

        assertThat(rich.booked(ann).orElseThrow().stage()).isEqualTo(LifecycleStage.GROWING);
        assertThat(rich.stage(ann).stage()).isEqualTo(LifecycleStage.GROWING);
    }

    @Test
    public final void what_was_rolled_back_is_told_when_it_is_done_again() {
        List<String> before = crm().dump();
        rolledBack(() -> sell(ann, "1"));
        assertThat(crm().dump()).isEqualTo(before);
        sell(ann, "1");
        crm().clock().set(days(90));
        before = crm().dump();

        rolledBack(() -> assertThat(lifecycle().advance(10)).isEqualTo(2));

        assertThat(crm().dump()).isEqualTo(before);
        assertThat(lifecycle().advance(10)).isEqualTo(2);
        assertThat(told(ann)).hasSize(3);
    }

    @Test
    public final void of_two_who_advance_at_once_one_tells() {
        sell(ann, "1");
        crm().clock().set(days(90));

        var counts = Race.of(2, i -> lifecycle().advance(10));

        assertThat(counts.stream()
                        .mapToInt(it -> it.result() == null ? 0 : it.result())
                        .sum())
                .isEqualTo(2);
        assertThat(told(ann)).hasSize(3);
    }

    @Test
    public final void a_batch_follows_all_its_customers_and_a_limit_takes_the_longest_due_first() {
        CustomerId bob = crm().newCustomer(ACME);
        observed().recordAll(List.of(bought(ann, "1"), bought(bob, "2"), bought(bob, "3")));
        crm().clock().set(days(1));
        observed().record(Order.of(bob, number("4"), days(1), List.of(tea("1.00"))));
        CustomerId cid = crm().newCustomer(ACME);
        sell(cid, "5");
        crm().clock().set(days(31));

        assertThat(lifecycle().advance(2)).isEqualTo(2);

        assertThat(lifecycle().booked(cid).orElseThrow().stage()).isEqualTo(LifecycleStage.NEW);
        assertThat(lifecycle().advance(2)).isEqualTo(1);
        assertThat(told(bob)).containsExactly("1 PROSPECT-NEW " + T0, "2 NEW-GROWING " + days(30));
    }

    @Test
    public final void who_bought_before_is_taken_up_and_another_policy_is_followed() {
        CustomerId bob = crm().newCustomer(ACME);
        trade().record(bought(ann, "1"));
        trade().record(bought(bob, "2"));
        assertThat(lifecycle().booked(ann)).isEmpty();

        var first = lifecycle().recompute(null, 1);
        assertThat(lifecycle().recompute(first.cursor(), 5).isDone()).isTrue();
        assertThat(lifecycle().booked(bob).orElseThrow().stage()).isEqualTo(LifecycleStage.NEW);
        var brief = new Lifecycle(ACME, LifecyclePolicy.standard().newFor(Duration.ZERO), crm().lifecyclePorts());
        brief.recompute(null, 5);

        assertThat(told(ann)).containsExactly("1 PROSPECT-NEW " + T0, "2 NEW-GROWING " + T0);
    }

    @Test
    public final void two_who_are_merged_are_at_one_stage_and_each_at_her_own_again() {
        CustomerId bob = crm().newCustomer(ACME);
        sell(bob, "1");
        crm().clock().set(days(50));
        sell(ann, "2");
        assertThat(lifecycle().booked(ann).orElseThrow().stage()).isEqualTo(LifecycleStage.NEW);

        merge(ann, bob);
        assertThat(lifecycle().booked(ann)).map(BookedStage::stage).contains(LifecycleStage.GROWING);
        crm().clock().set(days(100));
        assertThat(lifecycle().advance(10)).as("the merged one rests").isZero();
        merges().unmerge(bob, key());

        assertThat(lifecycle().booked(ann))
                .map(BookedStage::stage)
                .contains(lifecycle().stage(ann).stage());
        assertThat(lifecycle().booked(bob)).map(BookedStage::stage).contains(LifecycleStage.DECLINING);
        assertThat(told(bob))
                .containsExactly(
                        "1 PROSPECT-NEW " + T0, "2 NEW-GROWING " + days(30), "3 GROWING-DECLINING " + days(100));
        assertThat(trade().orders(bob, PageRequest.first(9)).items()).hasSize(1);
    }

    /** What was told about a customer's stages and is not delivered yet, in its order. */
    private List<String> told(CustomerId customer) {
        List<String> told = new ArrayList<>();
        EventRelay relay = EventRelay.builder(ACME, crm().outbox(), crm().unitOfWork(), crm().clock())
                .to(event -> {
                    if (event.source().equals(EventEnvelope.LIFECYCLE)
                            && event.customer().equals(customer)) {
                        String stages = event.data().replaceAll(".*\"from\":\"(\\w+)\".*\"to\":\"(\\w+)\".*", "$1-$2");
                        told.add(event.seq() + " " + stages + " " + event.at());
                    }
                });
        relay.drain(100);
        return told;
    }
}
