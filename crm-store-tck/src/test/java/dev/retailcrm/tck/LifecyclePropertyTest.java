package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorKind;
import dev.retailcrm.core.lifecycle.BookedStage;
import dev.retailcrm.core.lifecycle.Lifecycle;
import dev.retailcrm.core.lifecycle.LifecyclePolicy;
import dev.retailcrm.core.lifecycle.LifecycleStage;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.core.trade.TradeStatistics;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What is told of a customer's stages is what looking at her every hour would have seen, whenever it was noticed. */
class LifecyclePropertyTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Money PRICE = Money.ofMinor(CurrencyUnit.of("CNY"), 600);

    /** Every end falls on an hour: the rhythm of her orders is left out. */
    private static final LifecyclePolicy POLICY = LifecyclePolicy.standard()
            .newFor(HOUR.multipliedBy(3))
            .matureFrom(4)
            .orMatureFrom(Money.ofMinor(CurrencyUnit.of("CNY"), 1_500))
            .decliningAfter(HOUR.multipliedBy(5), 0)
            .lapsedAfter(HOUR.multipliedBy(9));

    enum Act {
        BUY,
        CANCEL,
        REFUND,
        WAIT,
        ADVANCE
    }

    record Step(Act act, int number, int hours) {}

    @Provide
    Arbitrary<List<Step>> lives() {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.of(Act.class),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(0, 12))
                .as(Step::new);
        return step.list().ofMaxSize(25);
    }

    @Property
    void what_is_told_is_what_an_hourly_look_would_have_seen(@ForAll("lives") List<Step> life) {
        var she = new Life();
        life.forEach(she::live);
        she.lifecycle.advance(10);

        assertThat(she.told()).isEqualTo(she.seen);
        LifecycleStage now = she.lifecycle.stage(she.id).stage();
        assertThat(she.lifecycle.booked(she.id).map(BookedStage::stage).orElse(LifecycleStage.PROSPECT))
                .isEqualTo(now)
                .isEqualTo(she.stage);
        assertThat(she.lifecycle.advance(10)).isZero();
    }

    /** A customer, and what is seen of her by looking every hour and after every order or refund. */
    private static final class Life {
        private final MutableClock clock = MutableClock.at("2026-03-01T00:00:00Z");
        private final InMemoryCrm crm = InMemoryCrm.on(clock);
        private final Lifecycle lifecycle = crm.tenant("shop").lifecycle(POLICY);
        private final Trade trade = crm.tenant("shop").trade(lifecycle.observer());
        private final CustomerId id = crm.tenant("shop")
                .customers()
                .register(Registration.of("Ann").key("ann"))
                .id();
        private final List<String> seen = new ArrayList<>();
        private LifecycleStage stage = LifecycleStage.PROSPECT;

        void live(Step step) {
            switch (step.act()) {
                case BUY -> attempt(() -> trade.record(order(step)));
                case CANCEL ->
                    attempt(() -> trade.record(order(step).revision(2).cancel()));
                case REFUND ->
                    attempt(() -> trade.refund(Refund.of(
                            id,
                            number(step),
                            "r" + step.hours() % 2,
                            clock.instant(),
                            PRICE.dividedBy(2, RoundingMode.DOWN))));
                case WAIT -> {
                    for (int i = 0; i < step.hours(); i++) {
                        clock.set(clock.instant().plus(HOUR));
                        look();
                    }
                }
                case ADVANCE -> lifecycle.advance(10);
            }
            look();
        }

        /** What is refused changes nothing. */
        private static void attempt(Runnable command) {
            try {
                command.run();
            } catch (CrmException refused) {
                assertThat(refused.kind()).isIn(ErrorKind.REJECTED, ErrorKind.CONFLICT);
            }
        }

        private Order order(Step step) {
            return Order.of(
                    id,
                    number(step),
                    clock.instant().minus(HOUR.multipliedBy(step.hours())),
                    List.of(OrderLine.of("tea", PRICE)));
        }

        private static OrderNumber number(Step step) {
            return OrderNumber.of("pos", "o" + step.number());
        }

        private void look() {
            List<TradeStatistics> bought = trade.statistics(id);
            LifecycleStage now = POLICY.at(bought, clock.instant()).stage();
            if (now != stage) {
                seen.add(stage + "-" + now + " " + clock.instant());
                stage = now;
            }
        }

        List<String> told() {
            List<String> told = new ArrayList<>();
            EventRelay relay = crm.tenant("shop").events(event -> {
                if (event.source().equals(EventEnvelope.LIFECYCLE)) {
                    String stages = event.data().replaceAll(".*\"from\":\"(\\w+)\".*\"to\":\"(\\w+)\".*", "$1-$2");
                    told.add(stages + " " + event.at());
                }
            });
            relay.drain(1_000);
            return told;
        }
    }
}
