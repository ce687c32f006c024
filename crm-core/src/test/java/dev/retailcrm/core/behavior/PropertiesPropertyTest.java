package dev.retailcrm.core.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

class PropertiesPropertyTest {
    @Property
    void text_form_and_properties_are_each_others_inverse(@ForAll("values") List<UnaryOperator<Properties>> values) {
        Properties properties = made(values);

        assertThat(Properties.parse(properties.json())).isEqualTo(properties);
        assertThat(Properties.parse(properties.json()).json()).isEqualTo(properties.json());
    }

    @Property
    void equal_properties_have_one_text_form_whatever_the_order_in_which_they_were_given(
            @ForAll("values") List<UnaryOperator<Properties>> values, @ForAll Random random) {
        List<UnaryOperator<Properties>> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);

        assertThat(made(shuffled).json()).isEqualTo(made(values).json());
    }

    @Property
    void zeros_at_the_end_of_a_decimal_make_no_difference(
            @ForAll("decimals") BigDecimal decimal, @ForAll("scales") int zeros) {
        BigDecimal longer = decimal.setScale(decimal.scale() + zeros);

        Properties properties = Properties.none().decimal("d", longer);

        assertThat(properties.json())
                .isEqualTo(Properties.none().decimal("d", decimal).json());
        assertThat(properties.decimal("d").orElseThrow()).isEqualByComparingTo(decimal);
    }

    private static Properties made(List<UnaryOperator<Properties>> values) {
        Properties properties = Properties.none();
        for (UnaryOperator<Properties> value : values) {
            properties = value.apply(properties);
        }
        return properties;
    }

    /** One value of each kind at most, each under the name of its kind. */
    @Provide
    Arbitrary<List<UnaryOperator<Properties>>> values() {
        Arbitrary<UnaryOperator<Properties>> text = Arbitraries.strings()
                .withCharRange('!', '\uD7FF')
                .ofMinLength(1)
                .ofMaxLength(60)
                .filter(it -> it.chars().noneMatch(Character::isISOControl) && !it.isBlank())
                .map(it -> properties -> properties.text("text", it));
        Arbitrary<UnaryOperator<Properties>> number =
                Arbitraries.longs().map(it -> properties -> properties.number("number", it));
        Arbitrary<UnaryOperator<Properties>> decimal =
                decimals().map(it -> properties -> properties.decimal("decimal", it));
        Arbitrary<UnaryOperator<Properties>> money = Arbitraries.longs()
                .between(-1_000_000_000_000L, 1_000_000_000_000L)
                .map(it -> Money.ofMinor(CurrencyUnit.of("CNY"), it))
                .map(it -> properties -> properties.money("money", it));
        Arbitrary<UnaryOperator<Properties>> instant = Arbitraries.longs()
                .between(0, 253_370_764_800_000L)
                .map(it -> properties -> properties.instant("instant", Instant.ofEpochMilli(it)));
        Arbitrary<UnaryOperator<Properties>> date = Arbitraries.longs()
                .between(-700_000, 2_900_000)
                .map(it -> properties -> properties.date("date", LocalDate.ofEpochDay(it)));
        Arbitrary<UnaryOperator<Properties>> flag =
                Arbitraries.of(true, false).map(it -> properties -> properties.flag("flag", it));
        return Arbitraries.of(List.of(text, number, decimal, money, instant, date, flag))
                .set()
                .flatMap(kinds -> Combinators.combine(List.copyOf(kinds)).as(List::copyOf));
    }

    @Provide
    Arbitrary<BigDecimal> decimals() {
        return Arbitraries.longs()
                .between(-999_999_999L, 999_999_999L)
                .flatMap(
                        digits -> Arbitraries.integers().between(0, 9).map(scale -> BigDecimal.valueOf(digits, scale)));
    }

    @Provide
    Arbitrary<Integer> scales() {
        return Arbitraries.integers().between(0, 9);
    }
}
