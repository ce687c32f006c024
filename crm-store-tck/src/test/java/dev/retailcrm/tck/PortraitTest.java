package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.retailcrm.audience.AudienceError;
import dev.retailcrm.audience.portrait.Portrait;
import dev.retailcrm.audience.portrait.Range;
import dev.retailcrm.audience.portrait.Ranges;
import dev.retailcrm.audience.portrait.Spread;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.rule.EventTally;
import dev.retailcrm.core.rule.RuleTally;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What portraits make of counts, and what they keep to themselves. */
class PortraitTest {
    private static final int SMALLEST = 10;

    private static RuleTally cities(long customers, Map<String, Long> counts) {
        Map<FieldValue, Long> values = new HashMap<>();
        counts.forEach((city, count) -> values.put(FieldValue.text(city), count));
        return new RuleTally(customers, Map.of("city", values), Map.of());
    }

    private static Spread<FieldValue> spread(RuleTally audience, RuleTally base) {
        return Portrait.of(audience, base, SMALLEST)
                .fields()
                .getOrDefault("city", new Spread<>(java.util.List.of(), -1));
    }

    @Test
    void a_share_twice_that_of_the_base_has_index_200() {
        var spread = spread(cities(100, Map.of("a", 40L, "b", 60L)), cities(1_000, Map.of("a", 200L, "b", 800L)));
        var share = spread.of(FieldValue.text("a")).orElseThrow();
        assertThat(share.share()).isEqualTo(0.4, within(1e-12));
        assertThat(share.index()).isEqualTo(200, within(1e-9));
        assertThat(spread.hidden()).isZero();
    }

    @Test
    void one_small_group_takes_another_with_it() {
        var spread = spread(
                cities(100, Map.of("a", 50L, "b", 46L, "c", 4L)),
                cities(1_000, Map.of("a", 500L, "b", 400L, "c", 100L)));
        assertThat(spread.shares()).extracting(it -> it.value().asText()).containsExactly("a");
        assertThat(spread.hidden()).isEqualTo(50);
    }

    @Test
    void nobody_is_told_by_subtraction_whatever_the_counts() {
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            Map<String, Long> members = new HashMap<>();
            Map<String, Long> all = new HashMap<>();
            long missing = random.nextInt(20);
            long missingElsewhere = random.nextInt(20);
            for (int city = random.nextInt(6); city >= 0; city--) {
                long here = random.nextInt(30);
                members.put("c" + city, here);
                all.put("c" + city, here + random.nextInt(30));
            }
            long audience = members.values().stream().mapToLong(Long::longValue).sum() + missing;
            long base = all.values().stream().mapToLong(Long::longValue).sum() + missing + missingElsewhere;
            members.values().removeIf(count -> count == 0);
            if (audience < SMALLEST || base < SMALLEST) {
                continue;
            }
            var spread = spread(cities(audience, members), cities(base, all));
            assertThat(spread.shares()).allSatisfy(share -> {
                assertThat(share.members()).isGreaterThanOrEqualTo(SMALLEST);
                long elsewhere = all.getOrDefault(share.value().asText(), 0L) - share.members();
                assertThat(elsewhere).matches(it -> it == 0 || it >= SMALLEST);
            });
            assertThat(spread.hidden()).matches(it -> it == 0 || it >= SMALLEST);
            long shown = spread.shares().stream()
                    .mapToLong(share -> all.getOrDefault(share.value().asText(), 0L))
                    .sum();
            assertThat(base - shown - spread.hidden())
                    .matches(it -> it == 0 || it >= SMALLEST || spread.shares().isEmpty());
        }
    }

    @Test
    void an_audience_too_small_has_no_portrait() {
        assertThatExceptionOfType(CrmException.class)
                .isThrownBy(() -> Portrait.of(cities(9, Map.of()), cities(100, Map.of()), SMALLEST))
                .extracting(CrmException::code)
                .isEqualTo(AudienceError.GROUP_TOO_SMALL);
    }

    @Test
    void a_tag_that_nearly_all_have_is_hidden_with_those_who_have_it_not() {
        RuleTally audience = new RuleTally(100, Map.of(), Map.of("vip", 95L, "keen", 40L));
        RuleTally base = new RuleTally(1_000, Map.of(), Map.of("vip", 500L, "keen", 400L));
        Portrait portrait = Portrait.of(audience, base, SMALLEST);
        assertThat(portrait.tags())
                .hasEntrySatisfying("vip", it -> assertThat(it.shares()).isEmpty());
        assertThat(portrait.tags())
                .hasEntrySatisfying("keen", it -> assertThat(it.shares()).hasSize(2));
    }

    @Test
    void values_in_ranges_are_counted_together_and_not_shown_one_by_one() {
        Map<FieldValue, Long> counts = new HashMap<>();
        for (int i = 1; i <= 40; i++) {
            counts.put(FieldValue.number(i), 1L);
        }
        RuleTally audience = new RuleTally(50, Map.of("level", counts), Map.of());
        counts.replaceAll((value, count) -> 10L);
        RuleTally base = new RuleTally(500, Map.of("level", counts), Map.of());
        Portrait portrait = Portrait.of(audience, base, SMALLEST, Map.of("level", Ranges.of(11, 31, 35)));
        assertThat(portrait.fields()).doesNotContainKey("level");
        assertThat(portrait.ranges()).hasEntrySatisfying("level", spread -> {
            assertThat(spread.shares())
                    .extracting(Spread.Share::value, Spread.Share::members)
                    .containsExactly(
                            tuple(new Range(FieldValue.number(11), FieldValue.number(31)), 20L),
                            tuple(new Range(null, FieldValue.number(11)), 10L));
            assertThat(spread.hidden()).isEqualTo(20);
        });
        assertThat(portrait.numbers()).containsKey("level");
    }

    @Test
    void ages_are_whole_years_on_a_day() {
        Ranges ages = Ranges.ofAges(LocalDate.of(2026, 3, 1), 18, 30);
        Range young = new Range(FieldValue.number(18), FieldValue.number(30));
        assertThat(ages.range(FieldValue.date(LocalDate.of(2008, 3, 1)))).contains(young);
        assertThat(ages.range(FieldValue.date(LocalDate.of(2008, 3, 2))))
                .contains(new Range(null, FieldValue.number(18)));
        assertThat(ages.range(FieldValue.date(LocalDate.of(1996, 3, 2)))).contains(young);
        assertThat(ages.range(FieldValue.date(LocalDate.of(1996, 2, 29))))
                .contains(new Range(FieldValue.number(30), null));
        assertThat(ages.range(FieldValue.date(LocalDate.of(2026, 3, 2)))).isEmpty();
        assertThat(ages.range(FieldValue.number(20))).isEmpty();
    }

    @Test
    void edges_ascend_and_have_one_order() {
        List<ThrowingCallable> wrong = List.of(
                () -> Ranges.of(new long[0]),
                () -> Ranges.of(3, 3),
                () -> Ranges.of(FieldValue.text("a")),
                () -> Ranges.of(FieldValue.number(1), FieldValue.date(LocalDate.EPOCH)),
                () -> Ranges.of(amount("CNY", 1), amount("USD", 2)));
        wrong.forEach(it -> assertThatExceptionOfType(CrmException.class)
                .isThrownBy(it)
                .extracting(CrmException::code)
                .isEqualTo(CoreError.INVALID_VALUE));
        assertThat(Ranges.of(amount("CNY", 1)).range(amount("USD", 5))).isEmpty();
    }

    private static FieldValue amount(String currency, long minor) {
        return FieldValue.money(Money.ofMinor(CurrencyUnit.of(currency), minor));
    }

    private static EventTally bought(long customers, Map<String, Long> counts) {
        Map<FieldValue, Long> values = new HashMap<>();
        counts.forEach((sku, count) -> values.put(FieldValue.text(sku), count));
        return new EventTally(customers, values);
    }

    @Test
    void top_values_hide_what_few_or_nearly_all_have() {
        EventTally audience =
                bought(100, Map.of("tea", 60L, "pot", 40L, "cup", 9L, "bag", 95L, "jar", 30L, "mug", 20L));
        EventTally base =
                bought(1_000, Map.of("tea", 120L, "pot", 400L, "cup", 90L, "bag", 200L, "jar", 35L, "mug", 90L));
        Spread<FieldValue> top = Portrait.top(audience, base, SMALLEST, 2);
        assertThat(top.shares())
                .extracting(it -> it.value().asText(), it -> Math.round(it.index()))
                .containsExactly(tuple("tea", 500L), tuple("pot", 100L));
        assertThat(Portrait.top(audience, base, SMALLEST, 9).shares())
                .extracting(it -> it.value().asText())
                .containsExactly("tea", "pot", "mug");
        assertThatExceptionOfType(CrmException.class)
                .isThrownBy(() -> Portrait.top(bought(9, Map.of()), base, SMALLEST, 1))
                .extracting(CrmException::code)
                .isEqualTo(AudienceError.GROUP_TOO_SMALL);
    }

    @Test
    void quartiles_are_values_that_somebody_has() {
        Map<FieldValue, Long> counts = new HashMap<>();
        for (int i = 1; i <= 100; i++) {
            counts.put(FieldValue.number(i), 1L);
        }
        RuleTally tally = new RuleTally(100, Map.of("age", counts), Map.of());
        var numbers = Portrait.of(tally, tally, SMALLEST).numbers().get("age");
        assertThat(numbers).isNotNull();
        assertThat(numbers.quarter()).isEqualTo(FieldValue.number(25));
        assertThat(numbers.median()).isEqualTo(FieldValue.number(50));
        assertThat(numbers.threeQuarters()).isEqualTo(FieldValue.number(75));
    }
}
