package dev.retailcrm.assets.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.ErrorCode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.money.Money;

class BasketPropertyTest {
    @Example
    void one_off_two_and_one_and_a_half_falls_in_proportion() {
        assertThat(Proportion.split(100, 200, 150)).containsExactly(57, 43);
        var basket = Basket.of(BasketLine.of(1, "A", money("2.00")), BasketLine.of(2, "B", money("1.50")))
                .discount("POINTS", money("1.00"));

        assertThat(basket.lines()).extracting(BasketLine::discounted).containsExactly(money("0.57"), money("0.43"));
        assertThat(basket.net()).isEqualTo(money("2.50"));
    }

    @Example
    void the_last_of_equals_bears_the_remainder() {
        assertThat(Proportion.split(100, 1, 1, 1)).containsExactly(33, 33, 34);
        assertThat(Proportion.split(0, 0, 0)).containsExactly(0, 0);
        assertThat(Proportion.split(2, 0, 7, 0)).containsExactly(0, 2, 0);
    }

    @Property
    void what_is_reached_never_shrinks_is_the_amount_and_ends_with_the_weights(
            @ForAll @Size(min = 1, max = 5) List<@LongRange(min = 0, max = 60) Long> weights) {
        long[] given = weights.stream().mapToLong(Long::longValue).toArray();
        long total = Arrays.stream(given).sum();
        long[] before = new long[given.length];
        for (long amount = 0; amount <= total; amount++) {
            long[] parts = Proportion.reached(amount, given);
            assertThat(Arrays.stream(parts).sum()).isEqualTo(amount);
            for (int i = 0; i < parts.length; i++) {
                assertThat(parts[i]).isBetween(before[i], given[i]);
                assertThat(parts[i]).isGreaterThanOrEqualTo(total == 0 ? 0 : given[i] * amount / total);
            }
            before = parts;
        }
        assertThat(before).containsExactly(given);
    }

    @Property
    void parts_are_the_whole_and_each_within_one_of_its_exact_share(
            @ForAll @LongRange(min = 0, max = Basket.MAX_MINOR) long amount,
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 0, max = Basket.MAX_MINOR) Long> weights) {
        long[] given = weights.stream().mapToLong(Long::longValue).toArray();
        long total = Arrays.stream(given).sum();
        Assume.that(total > 0);

        long[] parts = Proportion.split(amount, given);

        assertThat(Arrays.stream(parts).sum()).isEqualTo(amount);
        for (int i = 0; i < parts.length; i++) {
            BigDecimal off = BigDecimal.valueOf(parts[i])
                    .multiply(BigDecimal.valueOf(total))
                    .subtract(BigDecimal.valueOf(amount).multiply(BigDecimal.valueOf(given[i])));
            assertThat(off.abs()).isLessThan(BigDecimal.valueOf(total));
            assertThat(amount > total || parts[i] <= given[i]).isTrue();
        }
    }

    @Example
    void freight_and_excluded_lines_bear_no_discount() {
        var basket = Basket.of(
                        BasketLine.of(1, "A", money("2.00")),
                        BasketLine.of(2, "POST", money("5.00")).kind(LineKind.FREIGHT),
                        BasketLine.of(3, "DEPOSIT", money("5.00")).kind(LineKind.EXCLUDED))
                .discount("P", money("2.00"));

        assertThat(basket.lines()).extracting(BasketLine::net).containsExactly(money("0"), money("5"), money("5"));
        refused(AssetError.INVALID_BASKET, () -> basket.discount("P", money("0.01")));
    }

    @Example
    void what_is_no_basket_is_refused_with_a_code() {
        var line = BasketLine.of(1, "A", money("2.00"));
        refused(AssetError.INVALID_BASKET, () -> Basket.of(line, BasketLine.of(1, "B", money("1"))));
        refused(AssetError.WRONG_CURRENCY, () -> Basket.of(line, BasketLine.of(2, "B", Money.parse("EUR 1"))));
        refused(AssetError.WRONG_CURRENCY, () -> line.discount("P", Money.parse("EUR 1")));
        refused(AssetError.INVALID_BASKET, () -> line.discount("P", money("2.01")));
        refused(CoreError.INVALID_VALUE, () -> line.discount("P", money("0")));
        refused(CoreError.INVALID_VALUE, () -> line.discount("P", money("-1")));
        refused(CoreError.INVALID_VALUE, () -> line.quantity(0));
        refused(CoreError.INVALID_VALUE, () -> line.quantity(new BigDecimal("0.0001")));
        refused(CoreError.INVALID_VALUE, () -> line.quantity(new BigDecimal("1E+1000000000")));
        refused(CoreError.INVALID_VALUE, () -> line.categories(Collections.nCopies(1, null)));
        refused(CoreError.INVALID_VALUE, () -> BasketLine.of(1, "A", money("100000000000.01")));
        refused(CoreError.INVALID_VALUE, () -> Basket.of(List.of()));
        refused(
                CoreError.INVALID_VALUE,
                () -> Basket.of(IntStream.range(0, 1001)
                        .mapToObj(i -> BasketLine.of(i, "A", money("1")))
                        .toList()));
        refused(
                CoreError.INVALID_VALUE,
                () -> Basket.of(BasketLine.of(1, "A", money("100000000000")), BasketLine.of(2, "A", money("0.01"))));
    }

    private static void refused(ErrorCode code, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        CrmException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static Money money(String amount) {
        return Money.parse("CNY " + amount);
    }
}
