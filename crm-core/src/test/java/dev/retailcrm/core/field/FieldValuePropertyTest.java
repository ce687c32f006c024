package dev.retailcrm.core.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.spi.LookupKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

class FieldValuePropertyTest {
    @Property
    void a_value_comes_back_from_its_text(@ForAll("values") FieldValue value) {
        assertThat(FieldText.parse(value.type(), FieldText.of(value))).isEqualTo(value);
    }

    @Property
    void equal_values_and_they_alone_have_equal_texts_and_look_up_keys(
            @ForAll("values") FieldValue one, @ForAll("values") FieldValue other) {
        if (one.type() == other.type()) {
            assertThat(FieldText.of(one).equals(FieldText.of(other))).isEqualTo(one.equals(other));
            assertThat(LookupKey.field("f", one).equals(LookupKey.field("f", other)))
                    .isEqualTo(one.equals(other));
        }
        assertThat(LookupKey.field("f", one)).isNotEqualTo(LookupKey.field("g", one));
    }

    @Property
    void a_decimal_is_the_same_with_more_zeros(
            @ForAll @BigRange(min = "-99999999", max = "99999999") @Scale(6) BigDecimal number) {
        assertThat(FieldValue.decimal(number.setScale(10))).isEqualTo(FieldValue.decimal(number));
    }

    @Property
    void any_text_is_a_value_of_its_type_or_gets_a_code(@ForAll FieldType type, @ForAll String text) {
        try {
            assertThat(FieldText.parse(type, text).type()).isEqualTo(type);
        } catch (CrmException e) {
            assertThat(e.code()).isIn(CoreError.INVALID_VALUE, CoreError.INSTANT_OUT_OF_RANGE);
        }
    }

    @Property
    void nothing_of_a_value_is_shown(@ForAll("values") FieldValue value) {
        assertThat(value.toString()).isEqualTo("FieldValue[" + value.type() + "]");
        assertThat(FieldPatch.none().set("f", value).toString()).isEqualTo("FieldPatch[f]");
    }

    @Property
    void any_patch_is_all_or_nothing_and_told_in_full(
            @ForAll("values") FieldValue size, @ForAll("values") FieldValue name) {
        var fields = Map.of(
                "size",
                FieldDefinition.of("size", "Size", FieldType.LONG)
                        .between(FieldValue.number(0), FieldValue.number(Long.MAX_VALUE)),
                "name",
                FieldDefinition.of("name", "Name", FieldType.TEXT));
        var patch = FieldPatch.none().set("size", size).set("name", name);
        boolean good = size.type() == FieldType.LONG && size.asLong() >= 0 && name.type() == FieldType.TEXT;
        if (good) {
            ValueDecision decision = ValueDecision.of(fields, Map.of(), patch);
            assertThat(decision.after()).isEqualTo(Map.of("size", size, "name", name));
            assertThat(decision.writes())
                    .extracting(it -> it.value())
                    .containsExactlyInAnyOrder(Optional.of(size), Optional.of(name));
            assertThat(ValueDecision.of(fields, decision.after(), patch).writes())
                    .isEmpty();
        } else {
            assertThatThrownBy(() -> ValueDecision.of(fields, Map.of(), patch))
                    .isInstanceOfSatisfying(
                            CrmException.class, e -> assertThat(e.code()).isEqualTo(CoreError.FIELD_VALUE_REFUSED));
        }
    }

    @Provide
    Arbitrary<FieldValue> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withCharRange('!', '~')
                        .withChars('\u4e2d', '\u00e4', ' ')
                        .ofMinLength(1)
                        .ofMaxLength(20)
                        .filter(it -> !it.isBlank())
                        .map(FieldValue::text),
                Arbitraries.longs().map(FieldValue::number),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("-1E+19"), new BigDecimal("1E+19"))
                        .ofScale(10)
                        .map(FieldValue::decimal),
                Arbitraries.longs()
                        .between(-1_000_000_000_000L, 1_000_000_000_000L)
                        .flatMap(minor -> Arbitraries.of("CNY", "JPY", "KWD")
                                .map(code -> FieldValue.money(Money.ofMinor(CurrencyUnit.of(code), minor)))),
                Arbitraries.longs()
                        .between(
                                LocalDate.of(1, 1, 1).toEpochDay(),
                                LocalDate.of(9999, 12, 31).toEpochDay())
                        .map(day -> FieldValue.date(LocalDate.ofEpochDay(day))),
                Arbitraries.longs()
                        .between(0, Instant.parse("9999-12-31T00:00:00Z").toEpochMilli())
                        .map(ms -> FieldValue.instant(Instant.ofEpochMilli(ms))),
                Arbitraries.of(true, false).map(FieldValue::flag),
                Arbitraries.of("golf", "run", "x-1").map(FieldValue::choice),
                Arbitraries.subsetOf("golf", "run", "x-1", "0")
                        .filter(it -> !it.isEmpty())
                        .map(it -> FieldValue.choices(Set.copyOf(it))));
    }
}
