package dev.retailcrm.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.trade.TradeFigures;
import dev.retailcrm.core.trade.TradeStatistics;
import dev.retailcrm.core.trade.TradeTotal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

class LifecyclePolicyPropertyTest {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final Instant T0 = Instant.parse("2026-03-01T09:00:00Z");
    private static final LifecyclePolicy STANDARD = LifecyclePolicy.standard();

    @Example
    void a_life_with_one_order() {
        List<TradeStatistics> one = bought(1, T0, T0, 500);

        assertThat(STANDARD.at(List.of(), T0))
                .isEqualTo(new LifecycleAnswer(LifecycleStage.PROSPECT, 0, null, null, null));
        assertThat(stage(one, T0)).isEqualTo(LifecycleStage.NEW);
        assertThat(stage(one, days(30).minusMillis(1))).isEqualTo(LifecycleStage.NEW);
        assertThat(STANDARD.at(one, days(30)))
                .isEqualTo(new LifecycleAnswer(LifecycleStage.GROWING, 1, T0, Duration.ofDays(90), days(90)));
        assertThat(stage(one, days(90))).isEqualTo(LifecycleStage.DECLINING);
        assertThat(stage(one, days(365).minusMillis(1))).isEqualTo(LifecycleStage.DECLINING);
        assertThat(STANDARD.at(one, days(365)).stage()).isEqualTo(LifecycleStage.LAPSED);
        assertThat(STANDARD.at(one, days(365)).validUntil()).isEmpty();
    }

    @Example
    void her_own_rhythm_gives_her_longer_but_never_beyond_lapsing() {
        assertThat(STANDARD.at(bought(3, T0, days(200), 0), days(200)).silence())
                .isEqualTo(Duration.ofDays(200));
        assertThat(STANDARD.at(bought(2, T0, days(300), 0), days(300)).silence())
                .isEqualTo(Duration.ofDays(365));
        assertThat(stage(bought(2, T0, days(300), 0), days(300 + 365))).isEqualTo(LifecycleStage.LAPSED);
    }

    @Example
    void many_orders_or_much_money_make_her_mature() {
        assertThat(stage(bought(5, T0, days(40), 0), days(40))).isEqualTo(LifecycleStage.MATURE);
        LifecyclePolicy rich = STANDARD.orMatureFrom(Money.ofMinor(CNY, 10_000));
        assertThat(rich.at(bought(1, T0, T0, 9_999), days(40)).stage()).isEqualTo(LifecycleStage.GROWING);
        assertThat(rich.at(bought(1, T0, T0, 10_000), days(40)).stage()).isEqualTo(LifecycleStage.MATURE);
    }

    @Example
    void what_makes_no_sense_is_refused() {
        assertThatExceptionOfType(CrmException.class).isThrownBy(() -> STANDARD.lapsedAfter(Duration.ofDays(89)));
        assertThatExceptionOfType(CrmException.class).isThrownBy(() -> STANDARD.newFor(Duration.ofMillis(-1)));
        assertThatExceptionOfType(CrmException.class).isThrownBy(() -> STANDARD.matureFrom(0));
        assertThatExceptionOfType(CrmException.class).isThrownBy(() -> STANDARD.decliningAfter(Duration.ZERO, 1));
        assertThatExceptionOfType(CrmException.class)
                .isThrownBy(() -> STANDARD.lapsedAfter(LifecyclePolicy.LONGEST.plusMillis(1)));
    }

    @Property
    void a_stage_holds_right_until_the_instant_it_names(
            @ForAll("policies") LifecyclePolicy policy,
            @ForAll("purchases") List<TradeStatistics> purchases,
            @ForAll("days") int day) {
        Instant at = days(day);
        LifecycleAnswer answer = policy.at(purchases, at);
        Instant until = answer.validUntil().orElse(days(1_000));

        assertThat(Stream.iterate(at, it -> it.isBefore(until), it -> it.plus(Duration.ofHours(12)))
                        .map(it -> policy.at(purchases, it).stage()))
                .containsOnly(answer.stage());
        assertThat(policy.at(purchases, until.minusMillis(1)).stage()).isEqualTo(answer.stage());
        answer.validUntil().ifPresent(end -> {
            assertThat(end).isAfter(at);
            assertThat(policy.at(purchases, end).stage()).isNotEqualTo(answer.stage());
        });
    }

    @Property
    void without_orders_the_stages_only_go_on(
            @ForAll("policies") LifecyclePolicy policy, @ForAll("purchases") List<TradeStatistics> purchases) {
        LifecycleStage stage = policy.at(purchases, T0).stage();
        for (int day = 0; day < 200; day++) {
            LifecycleStage next = policy.at(purchases, days(day)).stage();
            assertThat(next).isGreaterThanOrEqualTo(stage);
            stage = next;
        }
    }

    @Provide
    Arbitrary<LifecyclePolicy> policies() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(1, 30),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 60))
                .as((newFor, declining, gaps, more) -> STANDARD.newFor(Duration.ofDays(newFor))
                        .decliningAfter(Duration.ofDays(declining), gaps)
                        .lapsedAfter(Duration.ofDays(declining + more)));
    }

    @Provide
    Arbitrary<List<TradeStatistics>> purchases() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 8),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.integers().between(0, 40))
                .as((orders, first, span) -> orders == 0
                        ? List.of()
                        : bought(orders, days(first), days(orders == 1 ? first : first + span), 0));
    }

    @Provide
    Arbitrary<Integer> days() {
        return Arbitraries.integers().between(0, 150);
    }

    private static LifecycleStage stage(List<TradeStatistics> statistics, Instant at) {
        return STANDARD.at(statistics, at).stage();
    }

    private static Instant days(int days) {
        return T0.plus(Duration.ofDays(days));
    }

    private static List<TradeStatistics> bought(long orders, Instant first, Instant last, long minor) {
        var figures = new TradeFigures(orders, minor, 0, 0, 0);
        return List.of(new TradeStatistics(new TradeTotal(CNY, figures, 0, 0, first, last), 1, 1, 1, 1));
    }
}
