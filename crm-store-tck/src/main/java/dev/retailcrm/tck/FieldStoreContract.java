package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldOption;
import dev.retailcrm.core.field.FieldPattern;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.FieldDefinitionChange;
import dev.retailcrm.core.spi.FieldStore;
import dev.retailcrm.core.spi.FieldWrite;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules of {@link FieldStore}. */
public abstract class FieldStoreContract extends StoreContract {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final List<FieldOption> SPORTS =
            List.of(FieldOption.of("golf", "Golf"), FieldOption.of("go", "Go"), FieldOption.of("run", "Running"));

    /** Of each type, values in ascending order where there is one. */
    private static final Map<FieldDefinition, List<FieldValue>> VALUES = values();

    /** A contract. */
    protected FieldStoreContract() {}

    private static Map<FieldDefinition, List<FieldValue>> values() {
        Map<FieldDefinition, List<FieldValue>> values = new LinkedHashMap<>();
        values.put(
                FieldDefinition.of("a_text", "Text", FieldType.TEXT),
                Stream.of(BadValues.RARE.repeat(250), "a", "A", "\u00e4", "a b", "'\"%_\\")
                        .map(FieldValue::text)
                        .toList());
        values.put(
                FieldDefinition.of("b_long", "Number", FieldType.LONG),
                Stream.of(Long.MIN_VALUE, -1L, 0L, 9L, 10L, Long.MAX_VALUE)
                        .map(FieldValue::number)
                        .toList());
        values.put(
                FieldDefinition.of("c_decimal", "Decimal", FieldType.DECIMAL),
                Stream.of("-99999999999999999999.9999999999", "-0.5", "0", "1.0000000001", "1.10", "1E+19")
                        .map(it -> FieldValue.decimal(new BigDecimal(it)))
                        .toList());
        values.put(
                FieldDefinition.money("d_money", "Money", CNY),
                Stream.of("-999999999999999.99", "-0.01", "0.00", "0.01", "10.00", "999999999999999.99")
                        .map(it -> FieldValue.money(Money.of(CNY, new BigDecimal(it))))
                        .toList());
        values.put(
                FieldDefinition.of("e_date", "Date", FieldType.DATE),
                Stream.of("0001-01-01", "1582-10-10", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31")
                        .map(it -> FieldValue.date(LocalDate.parse(it)))
                        .toList());
        values.put(
                FieldDefinition.of("f_instant", "Instant", FieldType.INSTANT),
                Stream.of(Instant.EPOCH, T0.minusMillis(1), T0, T0.plusMillis(1), Instant.parse("9999-01-01T00:00:00Z"))
                        .map(FieldValue::instant)
                        .toList());
        values.put(
                FieldDefinition.of("g_flag", "Flag", FieldType.BOOLEAN),
                List.of(FieldValue.flag(false), FieldValue.flag(true)));
        values.put(
                FieldDefinition.choice("h_choice", "Choice", SPORTS),
                List.of(FieldValue.choice("go"), FieldValue.choice("golf")));
        values.put(
                FieldDefinition.multiChoice("i_choices", "Choices", SPORTS),
                List.of(
                        FieldValue.choices(Set.of("go")),
                        FieldValue.choices(Set.of("go", "run")),
                        FieldValue.choices(Set.of("golf"))));
        return values;
    }

    // --- definitions

    @Test
    public final void fs_2_definitions_come_back_as_they_were_made_and_to_their_tenant_only() {
        FieldDefinition rich = FieldDefinition.of("z", BadValues.RARE.repeat(40), FieldType.TEXT)
                .length(2, 9)
                .pattern(FieldPattern.of("[A-Z]+\\d{1,3}|\\p{Han}+"))
                .required(true)
                .asPersonal()
                .access(Set.of("clerk", "boss"), Set.of("boss"))
                .initial(FieldValue.text("A1"));
        FieldDefinition money = FieldDefinition.money("m", "M", CNY)
                .between(FieldValue.money(Money.of(CNY, -1)), FieldValue.money(Money.of(CNY, 7)));
        FieldDefinition unique = FieldDefinition.of("a", "A", FieldType.LONG).asUnique();
        List<FieldOption> options = Stream.concat(
                        SPORTS.stream().map(FieldOption::retire),
                        Stream.of(FieldOption.of("x", BadValues.RARE.repeat(40))))
                .toList();
        FieldDefinition choice = FieldDefinition.multiChoice("b", "B", options);
        for (FieldDefinition definition : List.of(rich, money, unique, choice)) {
            define(ACME, definition);
        }
        FieldDefinition other = FieldDefinition.of("a", "Other", FieldType.DATE);
        define(ZENITH, other);

        assertThat(fields().definitions(ACME)).containsExactly(unique, choice, money, rich);
        assertThat(fields().definitions(ZENITH)).containsExactly(other);
        assertThat(fields().definitions(TenantId.of("nobody"))).isEmpty();
    }

    @Test
    public final void fs_2_and_fs_5_what_was_rolled_back_is_not_answered_though_it_was_read() {
        FieldDefinition first = FieldDefinition.of("a", "First", FieldType.LONG);
        define(ACME, first);
        List<String> before = crm().dump();

        rolledBack(() -> {
            fields().lockDefinitions(ACME);
            fields().apply(change(ACME, first.label("Lost"), "lost"));
            assertThat(fields().definitions(ACME)).containsExactly(first.label("Lost"));
        });

        assertThat(crm().dump()).isEqualTo(before);
        assertThat(fields().definitions(ACME)).containsExactly(first);
        define(ACME, first.label("Second"));
        assertThat(fields().definitions(ACME)).containsExactly(first.label("Second"));
    }

    @Test
    public final void fs_3_who_locks_sees_what_the_one_before_wrote() {
        Race.of(
                        12,
                        number -> committed(() -> {
                            int count = fields().lockDefinitions(ACME).size();
                            FieldDefinition next = FieldDefinition.of("f" + count, "F", FieldType.LONG);
                            fields().apply(change(ACME, next, "k" + number));
                            return true;
                        }))
                .forEach(Race.Attempt::orFail);
        assertThat(fields().definitions(ACME)).hasSize(12);
    }

    @Test
    public final void fs_4_keys_are_remembered_byte_for_byte() {
        commit(() -> {
            fields().lockDefinitions(ACME);
            fields().apply(change(ACME, FieldDefinition.of("a", "A", FieldType.LONG), "Key "));
        });

        assertThat(booked(ACME, "Key ")).contains(new Booked(4711, "a"));
        assertThat(booked(ACME, "key ")).isEmpty();
        assertThat(booked(ACME, "Key")).isEmpty();
        assertThat(booked(ZENITH, "Key ")).isEmpty();
    }

    // --- values

    @Test
    public final void fs_6_values_of_every_type_come_back_as_they_were_written_also_personal_ones() {
        CustomerId ann = crm().newCustomer(ACME);
        CustomerId bob = crm().newCustomer(ACME);
        int most = VALUES.values().stream().mapToInt(List::size).max().orElseThrow();
        for (int i = 0; i < most; i++) {
            Map<String, FieldValue> written = new LinkedHashMap<>();
            List<FieldWrite> writes = new ArrayList<>();
            for (Map.Entry<FieldDefinition, List<FieldValue>> field : VALUES.entrySet()) {
                FieldValue value = field.getValue().get(i % field.getValue().size());
                FieldDefinition personal = personal(field.getKey());
                writes.add(new FieldWrite(field.getKey(), Optional.of(value)));
                writes.add(new FieldWrite(personal, Optional.of(value)));
                written.put(field.getKey().key(), value);
                written.put(personal.key(), value);
            }
            write(ann, writes);
            assertThat(values(ann)).isEqualTo(written);
        }
        FieldDefinition number = FieldDefinition.of("b_long", "Number", FieldType.LONG);
        write(bob, List.of(new FieldWrite(number, Optional.of(FieldValue.number(1)))));

        var both = fields().values(ACME, List.of(ann, bob, nobody()));
        assertThat(both).containsOnlyKeys(ann, bob);
        assertThat(both.get(bob)).isEqualTo(Map.of("b_long", FieldValue.number(1)));
        assertThat(fields().values(ZENITH, List.of(ann))).isEmpty();
        write(bob, List.of(new FieldWrite(number, Optional.empty())));
        assertThat(fields().values(ACME, List.of(bob))).isEmpty();
    }

    @Test
    public final void fs_7_values_rolled_back_leave_nothing() {
        CustomerId ann = crm().newCustomer(ACME);
        FieldDefinition text = FieldDefinition.of("t", "T", FieldType.TEXT);
        write(ann, List.of(new FieldWrite(text, Optional.of(FieldValue.text("kept")))));
        List<String> before = crm().dump();

        rolledBack(() -> {
            crm().customers().lock(ACME, ann);
            fields().write(ACME, ann, List.of(new FieldWrite(text, Optional.of(FieldValue.text("lost")))));
            assertThat(values(ann)).containsEntry("t", FieldValue.text("lost"));
        });

        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void fs_8_of_an_erased_customer_nothing_is_found() {
        CustomerId ann = crm().newCustomer(ACME);
        CustomerId bob = crm().newCustomer(ACME);
        FieldDefinition open = FieldDefinition.of("open", "Open", FieldType.TEXT);
        List<FieldDefinition> both = List.of(open, personal(open));
        for (CustomerId customer : List.of(ann, bob)) {
            write(
                    customer,
                    both.stream()
                            .map(it -> new FieldWrite(it, Optional.of(FieldValue.text("same"))))
                            .toList());
        }

        eraseRecord(ann);

        assertThat(fields().values(ACME, List.of(ann, bob))).containsOnlyKeys(bob);
        for (FieldDefinition field : both) {
            var same = FieldSearch.equalTo(field.key(), FieldValue.text("same"));
            assertThat(fields().search(ACME, field, same, null, 9)).containsExactly(bob);
        }
    }

    // --- search

    @Test
    public final void fs_9_customers_are_found_by_value_and_range() {
        List<CustomerId> customers =
                Stream.generate(() -> crm().newCustomer(ACME)).limit(6).sorted().toList();
        VALUES.forEach((field, values) -> {
            for (int i = 0; i < values.size(); i++) {
                write(customers.get(i), List.of(new FieldWrite(field, Optional.of(values.get(i)))));
            }
        });
        VALUES.forEach((field, values) -> {
            for (int i = 0; i < values.size(); i++) {
                if (field.type() != FieldType.MULTI_CHOICE) {
                    assertThat(found(field, FieldSearch.equalTo(field.key(), values.get(i))))
                            .as("%s equal to value %d", field.type(), i)
                            .containsExactly(customers.get(i));
                }
                if (field.type().isOrdered()) {
                    assertThat(found(field, FieldSearch.between(field.key(), values.get(i), null)))
                            .as("%s from value %d", field.type(), i)
                            .isEqualTo(customers.subList(i, values.size()));
                    assertThat(found(field, FieldSearch.between(field.key(), values.get(1), values.get(i > 0 ? i : 1))))
                            .as("%s to value %d", field.type(), i)
                            .isEqualTo(customers.subList(1, i > 0 ? i + 1 : 2));
                }
            }
        });
        FieldDefinition choices = FieldDefinition.multiChoice("i_choices", "Choices", SPORTS);
        var any = FieldSearch.anyOf("i_choices", Set.of("go", "run"));
        assertThat(found(choices, any)).containsExactly(customers.get(0), customers.get(1));
        assertThat(fields().search(ACME, choices, any, null, 1)).containsExactly(customers.get(0));
        assertThat(fields().search(ACME, choices, any, customers.get(0), 9)).containsExactly(customers.get(1));
        assertThat(fields().search(ZENITH, choices, any, null, 9)).isEmpty();
    }

    @Test
    public final void fs_10_personal_values_are_found_by_equality() {
        VALUES.forEach((field, values) -> {
            CustomerId ann = crm().newCustomer(ACME);
            CustomerId bob = crm().newCustomer(ACME);
            FieldDefinition personal = personal(field);
            FieldValue last = values.get(values.size() - 1);
            write(ann, List.of(new FieldWrite(personal, Optional.of(values.get(0)))));
            write(bob, List.of(new FieldWrite(personal, Optional.of(last))));

            assertThat(found(personal, asking(personal, last))).containsExactly(bob);
            assertThat(found(personal, asking(personal, values.get(0)))).containsExactly(ann);
            write(bob, List.of(new FieldWrite(personal, Optional.empty())));
            assertThat(found(personal, asking(personal, last))).isEmpty();
        });
    }

    private static FieldSearch asking(FieldDefinition field, FieldValue value) {
        return new FieldSearch(field.key(), value.items(), null, null);
    }

    // --- given

    private FieldStore fields() {
        return crm().fields();
    }

    private static FieldDefinition personal(FieldDefinition field) {
        return new FieldDefinition(
                field.key() + "_p",
                field.label(),
                field.type(),
                field.rules(),
                false,
                false,
                true,
                field.access(),
                null,
                field.status(),
                1);
    }

    private void define(TenantId tenant, FieldDefinition definition) {
        commit(() -> {
            fields().lockDefinitions(tenant);
            fields().apply(change(tenant, definition, definition.key() + definition.label()));
        });
    }

    private static FieldDefinitionChange change(TenantId tenant, FieldDefinition after, String key) {
        return new FieldDefinitionChange(tenant, after, RequestKey.of(ascii(key)), new Booked(4711, after.key()));
    }

    private static String ascii(String key) {
        return key.chars().allMatch(it -> it >= ' ' && it <= '~') ? key : "k" + key.hashCode();
    }

    private Optional<Booked> booked(TenantId tenant, String key) {
        return committed(() -> {
            fields().lockDefinitions(tenant);
            return fields().booked(tenant, RequestKey.of(key));
        });
    }

    private void write(CustomerId customer, List<FieldWrite> writes) {
        commit(() -> {
            crm().customers().lock(ACME, customer);
            fields().write(ACME, customer, writes);
        });
    }

    private @Nullable Map<String, FieldValue> values(CustomerId customer) {
        return fields().values(ACME, List.of(customer)).get(customer);
    }

    private List<CustomerId> found(FieldDefinition field, FieldSearch search) {
        return fields().search(ACME, field, search, null, 9);
    }
}
