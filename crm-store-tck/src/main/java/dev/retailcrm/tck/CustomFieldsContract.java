package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.CustomFields;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldOption;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldPattern;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldStatus;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.field.FieldValues;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorCode;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What custom fields do: definitions, values, search. */
public abstract class CustomFieldsContract extends FacadeContract {
    private static final Actor KIM = Actor.staff(StaffId.of("kim"));
    private static final FieldDefinition SIZE = FieldDefinition.of("shoe_size", "Shoe size", FieldType.LONG)
            .between(FieldValue.number(15), FieldValue.number(50));
    private static final FieldDefinition SPORTS = FieldDefinition.multiChoice(
            "sports", "Sports", List.of(FieldOption.of("golf", "Golf"), FieldOption.of("run", "Running")));
    private static final FieldDefinition PASSPORT = FieldDefinition.of("passport", "Passport", FieldType.TEXT)
            .pattern(FieldPattern.of("[A-Z][0-9]{8}"))
            .asUnique()
            .asPersonal();
    private static final FieldValue NUMBER = FieldValue.text("E12345678");

    private final AtomicInteger keys = new AtomicInteger();

    /** A contract. */
    protected CustomFieldsContract() {}

    @Test
    public final void values_are_set_shown_found_told_and_repeatable() {
        fields().define(SIZE, key());
        fields().define(SPORTS, key());
        RequestKey fit = RequestKey.of("S01/fitting/17");
        FieldPatch patch = FieldPatch.none()
                .set("shoe_size", FieldValue.number(42))
                .set("sports", FieldValue.choices(Set.of("golf", "run")));

        FieldValues values = repeatable(() -> fields().as(KIM).set(ann, patch, fit));

        assertThat(values.get("shoe_size")).contains(FieldValue.number(42));
        assertThat(fields().values(ann)).isEqualTo(values);
        assertThat(found(FieldSearch.anyOf("sports", Set.of("run")))).containsExactly(ann);
        assertThat(customers().find(ann).orElseThrow().version()).isEqualTo(2);
        refused(CoreError.REQUEST_KEY_REUSED, () -> fields().set(ann, patch.clear("sports"), fit));

        fields().set(
                        ann,
                        FieldPatch.none()
                                .set("shoe_size", FieldValue.number(43))
                                .clear("sports"),
                        key());
        fields().set(ann, FieldPatch.none().set("shoe_size", FieldValue.number(43)), key());
        assertThat(fields().values(ann).values()).isEqualTo(Map.of("shoe_size", FieldValue.number(43)));
        assertThat(customers().find(ann).orElseThrow().version()).isEqualTo(3);
        assertThat(history())
                .extracting(it -> it.version() + " " + it.field() + " " + it.before() + " " + it.after() + " "
                        + it.actor().id())
                .containsExactly(
                        "3 custom.sports golf run null ",
                        "3 custom.shoe_size 42 43 ",
                        "2 custom.sports null golf run kim",
                        "2 custom.shoe_size null 42 kim");
        assertThat(events())
                .containsExactly(
                        "2 {\"fields\":[\"shoe_size\",\"sports\"],\"version\":2}",
                        "3 {\"fields\":[\"shoe_size\",\"sports\"],\"version\":3}");
        assertThat(new CustomFields(ZENITH, crm().fieldPorts()).values(ann).values())
                .isEmpty();
        assertThat(new CustomFields(ZENITH, crm().fieldPorts()).definitions()).isEmpty();
    }

    @Test
    public final void a_patch_with_one_value_that_is_refused_writes_nothing_and_names_the_field() {
        fields().define(SIZE.required(true), key());
        fields().define(SPORTS, key());
        fields().define(
                        FieldDefinition.of("code", "Code", FieldType.TEXT)
                                .length(2, 4)
                                .pattern(FieldPattern.of("[a-z]+")),
                        key());
        fields().define(FieldDefinition.of("old", "Old", FieldType.DATE), key());
        fields().retire("old", key());
        FieldPatch good = FieldPatch.none().set("shoe_size", FieldValue.number(42));

        var rules = Map.of(
                good.set("shoe_size", FieldValue.text("42")), "shoe_size type",
                good.set("shoe_size", FieldValue.number(51)), "shoe_size range",
                good.set("code", FieldValue.text("abcde")), "code length",
                good.set("code", FieldValue.text("AB")), "code pattern",
                good.set("sports", FieldValue.choices(Set.of("golf", "chess"))), "sports option");
        rules.forEach((patch, told) -> {
            var details = refusedValue(CoreError.FIELD_VALUE_REFUSED, patch);
            assertThat(details.get("field") + " " + details.get("rule")).isEqualTo(told);
        });
        refusedValue(CoreError.UNKNOWN_FIELD, good.set("nothing", FieldValue.number(1)));
        refusedValue(CoreError.FIELD_RETIRED, good.clear("old"));
        assertThat(refusedValue(CoreError.FIELD_REQUIRED, FieldPatch.none().set("code", FieldValue.text("ab"))))
                .isEqualTo(Map.of("fields", List.of("shoe_size")));
        assertThat(fields().missing(ann)).containsExactly("shoe_size");
        fields().set(ann, good, key());
        refusedValue(CoreError.FIELD_REQUIRED, FieldPatch.none().clear("shoe_size"));
        assertThat(fields().missing(ann)).isEmpty();
        refused(CoreError.UNKNOWN_CUSTOMER, () -> fields().set(nobody(), good, key()));
    }

    @Test
    public final void a_retired_field_comes_back_with_its_values() {
        fields().define(SIZE, key());
        fields().define(SPORTS, key());
        fields().set(ann, FieldPatch.none().set("shoe_size", FieldValue.number(42)), key());
        FieldSearch search = FieldSearch.between("shoe_size", FieldValue.number(40), null);

        FieldDefinition retired = repeatable(() -> fields().retire("shoe_size", RequestKey.of("retire")));

        assertThat(retired.status()).isEqualTo(FieldStatus.RETIRED);
        assertThat(fields().definitions()).contains(retired);
        assertThat(fields().values(ann).values()).isEmpty();
        refused(CoreError.FIELD_RETIRED, () -> found(search));
        refused(CoreError.FIELD_EXISTS, () -> fields().define(SIZE, key()));
        fields().set(ann, FieldPatch.none().set("sports", FieldValue.choices(Set.of("golf"))), key());
        refused(CoreError.REQUEST_KEY_REUSED, () -> fields().restore("shoe_size", RequestKey.of("retire")));
        fields().restore("shoe_size", key());
        assertThat(fields().values(ann).get("shoe_size")).contains(FieldValue.number(42));
        assertThat(found(search)).containsExactly(ann);
    }

    @Test
    public final void a_field_is_changed_without_touching_what_is_stored() {
        FieldDefinition size = fields().define(SIZE, key());
        FieldDefinition sports = fields().define(SPORTS, key());
        FieldPatch both = FieldPatch.none()
                .set("shoe_size", FieldValue.number(42))
                .set("sports", FieldValue.choices(Set.of("golf")));
        fields().set(ann, both, key());

        FieldDefinition narrow = size.between(FieldValue.number(15), FieldValue.number(40));
        FieldDefinition changed = repeatable(() -> fields().change(narrow, RequestKey.of("narrow")));
        assertThat(changed.version()).isEqualTo(2);
        assertThat(fields().values(ann).get("shoe_size")).contains(FieldValue.number(42));
        refusedValue(CoreError.FIELD_VALUE_REFUSED, FieldPatch.none().set("shoe_size", FieldValue.number(41)));
        refused(CoreError.VERSION_CONFLICT, () -> fields().change(size, key()));
        assertThat(fields().rename("shoe_size", "Size of shoes", key()).label()).isEqualTo("Size of shoes");
        assertThat(found(FieldSearch.equalTo("shoe_size", FieldValue.number(42))))
                .containsExactly(ann);

        refused(CoreError.FIELD_FIXED, () -> fields().change(sports.asPersonal(), key()));
        refused(
                CoreError.FIELD_FIXED,
                () -> fields().change(sports.options(List.of(FieldOption.of("golf", "Golf"))), key()));
        fields().change(
                        sports.options(List.of(
                                FieldOption.of("golf", "Golf").retire(),
                                FieldOption.of("run", "Jogging"),
                                FieldOption.of("swim", "Swimming"))),
                        key());
        fields().set(ann, FieldPatch.none().set("sports", FieldValue.choices(Set.of("golf", "swim"))), key());
        fields().set(ann, FieldPatch.none().set("sports", FieldValue.choices(Set.of("swim"))), key());
        refusedValue(
                CoreError.FIELD_VALUE_REFUSED, FieldPatch.none().set("sports", FieldValue.choices(Set.of("golf"))));
    }

    @Test
    public final void who_has_no_values_gets_the_initial_ones() {
        fields().define(SIZE.required(true).initial(FieldValue.number(40)), key());
        fields().define(SPORTS, key());

        FieldValues first =
                fields().set(ann, FieldPatch.none().set("sports", FieldValue.choices(Set.of("run"))), key());

        assertThat(first.get("shoe_size")).contains(FieldValue.number(40));
        assertThat(found(FieldSearch.equalTo("shoe_size", FieldValue.number(40))))
                .containsExactly(ann);
        fields().define(FieldDefinition.of("later", "Later", FieldType.BOOLEAN).initial(FieldValue.flag(true)), key());
        fields().set(ann, FieldPatch.none().clear("sports"), key());
        assertThat(fields().values(ann).values()).containsOnlyKeys("shoe_size");
    }

    @Test
    public final void a_unique_value_has_one_holder_until_she_gives_it_up_or_is_erased() {
        fields().define(PASSPORT, key());
        CustomerId bob = crm().newCustomer(ACME);
        FieldPatch hers = FieldPatch.none().set("passport", NUMBER);
        repeatable(() -> fields().set(ann, hers, RequestKey.of("passport")));

        assertThat(refused(CoreError.FIELD_VALUE_TAKEN, () -> fields().set(bob, hers, key())))
                .isEqualTo(Map.of("field", "passport", "holder", ann));
        try (HostTransaction host = crm().begin()) {
            Race.attempt(() -> fields().set(bob, hers, key()));
            fields().set(bob, FieldPatch.none().set("passport", FieldValue.text("F00000001")), key());
            host.commit();
        }
        assertThat(found(FieldSearch.equalTo("passport", NUMBER))).containsExactly(ann);
        fields().set(ann, FieldPatch.none().clear("passport"), key());
        fields().set(bob, hers, key());
        refused(CoreError.FIELD_VALUE_TAKEN, () -> fields().set(ann, hers, key()));
        privacy().erase(bob, key());
        assertThat(fields().set(ann, hers, key()).get("passport")).contains(NUMBER);
    }

    @Test
    public final void of_twelve_who_want_one_value_one_gets_it() {
        fields().define(PASSPORT, key());
        for (int round = 0; round < 10; round++) {
            FieldValue value = FieldValue.text("E0000000" + round);
            FieldPatch patch = FieldPatch.none().set("passport", value);
            List<CustomerId> wanting = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                wanting.add(crm().newCustomer(ACME));
            }

            var attempts = Race.of(12, i -> fields().set(wanting.get(i), patch, RequestKey.of("want")));

            assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(1);
            assertThat(attempts)
                    .filteredOn(it -> !it.succeeded())
                    .extracting(Race.Attempt::refusal)
                    .allMatch(it -> it != null && it.code() == CoreError.FIELD_VALUE_TAKEN);
            assertThat(found(FieldSearch.equalTo("passport", value))).hasSize(1);
        }
    }

    @Test
    public final void an_erased_customer_leaves_no_value_in_any_row() {
        FieldDefinition note = FieldDefinition.of("note", "Note", FieldType.TEXT);
        fields().define(note, key());
        fields().define(PASSPORT, key());
        FieldPatch patch =
                FieldPatch.none().set("note", FieldValue.text("Canary note")).set("passport", NUMBER);
        fields().set(ann, patch, key());
        fields().set(ann, FieldPatch.none().set("note", FieldValue.text("Canary second")), key());

        privacy().erase(ann, key());

        for (String row : crm().dump()) {
            for (String value : List.of("Canary note", "Canary second", "E12345678")) {
                String hex = HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
                assertThat(row.toLowerCase(Locale.ROOT)).doesNotContain(value.toLowerCase(Locale.ROOT), hex);
            }
        }
        assertThat(fields().values(ann).values()).isEmpty();
        refusedValue(CoreError.CUSTOMER_ERASED, patch);
        assertThat(history()).filteredOn(it -> it.field().startsWith("custom.")).hasSize(3);
    }

    @Test
    public final void a_tenant_has_a_hundred_fields() {
        for (int i = 0; i < CustomFields.MAX_FIELDS; i++) {
            fields().define(FieldDefinition.of("f" + i, "F", FieldType.LONG).required(true), key());
        }
        refused(CoreError.TOO_MANY_FIELDS, () -> fields().define(SIZE, key()));
        FieldPatch all = FieldPatch.none();
        for (int i = 0; i < CustomFields.MAX_FIELDS; i++) {
            all = all.set("f" + i, FieldValue.number(i));
        }
        assertThat(fields().set(ann, all, key()).values()).hasSize(CustomFields.MAX_FIELDS);
    }

    @Test
    public final void the_catalog_lists_fixed_fields_and_those_in_use() {
        fields().define(SPORTS.access(Set.of("clerk"), Set.of()), key());
        fields().define(PASSPORT, key());
        fields().define(SIZE, key());
        fields().retire("shoe_size", key());

        assertThat(fields().catalog().find("custom.shoe_size")).isEmpty();
        CatalogField sports = fields().catalog().find("custom.sports").orElseThrow();
        assertThat(sports.type()).isEqualTo(FieldType.MULTI_CHOICE);
        assertThat(sports.options()).containsExactly("golf", "run");
        assertThat(sports.access().allowsToSee("guest")).isFalse();
        assertThat(fields().catalog().find("custom.passport").orElseThrow().personal())
                .isTrue();
        assertThat(fields().catalog().find("status").orElseThrow().options()).hasSize(CustomerStatus.values().length);
        refused(CoreError.INVALID_VALUE, () -> found(FieldSearch.between("passport", null, FieldValue.text("F"))));
    }

    // --- given

    private CustomFields fields() {
        return new CustomFields(ACME, crm().fieldPorts());
    }

    private RequestKey key() {
        return RequestKey.of("key " + keys.incrementAndGet());
    }

    private List<CustomerId> found(FieldSearch search) {
        return Pages.all(1, page -> fields().search(search, page));
    }

    private Map<String, Object> refusedValue(ErrorCode code, FieldPatch patch) {
        return refused(code, () -> fields().set(ann, patch, key()));
    }

    private List<FieldChange> history() {
        return customers().history(HistoryQuery.of(ann), PageRequest.first(100)).items().stream()
                .filter(it -> it.version() > 1)
                .toList();
    }

    private List<String> events() {
        return committed(() -> crm().outbox().claim(ACME, new Claim(null, 1000, T0, T0.plusSeconds(1)))).stream()
                .map(Claimed::event)
                .filter(it ->
                        it.source().equals(EventEnvelope.CUSTOMER) && it.type().equals("customer.fields-changed"))
                .map(it -> it.seq() + " " + it.data())
                .toList();
    }
}
