package dev.retailcrm.assets.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class DeferralTest {
    private static final CurrencyUnit YEN = CurrencyUnit.JPY;

    /** IFRS 15, Example 52: 100,000 for goods worth 100,000 with 10,000 points of 1, of which 95 % are expected to be used. */
    @Test
    void the_example_of_the_standard() {
        Money points = Deferral.standAlone(10_000, yen(1), new BigDecimal("0.05"));
        assertThat(points).isEqualTo(yen(9_500));

        Deferral deferral = Deferral.of(yen(100_000), yen(100_000), points);

        assertThat(deferral.deferred()).isEqualTo(yen(8_676));
        assertThat(deferral.schedule(List.of(new Deferral.Use(4_500, 9_500), new Deferral.Use(4_000, 9_700))))
                .containsExactly(
                        new Deferral.Period(yen(8_676), yen(4_110), yen(4_566)),
                        new Deferral.Period(yen(4_566), yen(3_493), yen(1_073)));
    }

    @Test
    void everything_is_revenue_once_nothing_can_be_used() {
        var schedule = new Deferral(yen(100)).schedule(List.of(new Deferral.Use(1, 3), new Deferral.Use(0, 0)));

        assertThat(schedule.get(1)).isEqualTo(new Deferral.Period(yen(67), yen(67), yen(0)));
    }

    @Test
    void points_for_nothing_put_nothing_off() {
        assertThat(Deferral.of(yen(0), yen(0), yen(0)).deferred()).isEqualTo(yen(0));
        assertThat(Deferral.of(yen(100), yen(100), yen(0)).deferred()).isEqualTo(yen(0));
    }

    private static Money yen(long amount) {
        return Money.ofMinor(YEN, amount);
    }
}
