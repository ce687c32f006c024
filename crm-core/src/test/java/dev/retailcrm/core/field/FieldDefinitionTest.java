package dev.retailcrm.core.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class FieldDefinitionTest {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final FieldDefinition SIZE = FieldDefinition.of("size", "Size", FieldType.LONG);
    private static final FieldDefinition SPORTS = FieldDefinition.choice(
            "sports", "Sports", List.of(FieldOption.of("golf", "Golf"), FieldOption.of("run", "Running")));

    @Test
    void comes_back_from_its_json() {
        List<FieldOption> most = IntStream.range(0, FieldRules.MAX_OPTIONS)
                .mapToObj(i -> FieldOption.of("o".repeat(29) + i % 1000, "\uD842\uDFB7".repeat(80)))
                .toList();
        List<FieldDefinition> definitions = List.of(
                SIZE.between(FieldValue.number(-1), null)
                        .initial(FieldValue.number(7))
                        .required(true),
                FieldDefinition.of("text", "\u4e2d \"x\" \\", FieldType.TEXT)
                        .pattern(FieldPattern.of("[\"\\\\a-z]{1,9}"))
                        .length(2, 9)
                        .asUnique()
                        .asPersonal(),
                FieldDefinition.money("money", "Money", CNY).between(null, FieldValue.money(Money.of(CNY, 9))),
                SPORTS.access(Set.of("clerk", "boss"), Set.of("boss")).at(FieldStatus.RETIRED, 9),
                FieldDefinition.multiChoice("most", "Most", most));

        assertThat(definitions).allSatisfy(it -> {
            String json = FieldDefinitionJson.of(it);
            assertThat(json.length()).isLessThan(100_000);
            assertThat(FieldDefinitionJson.parse(json)).isEqualTo(it);
        });
        for (String broken : List.of("", "[]", "{}", "null", "{\"type\":\"LONG\"}", "{\"type\":\"NONE\"}")) {
            refused(CoreError.INVALID_VALUE, () -> FieldDefinitionJson.parse(broken));
        }
    }

    @Test
    void changes_to_all_but_what_stored_values_depend_on() {
        FieldDefinition changed = SIZE.label("Shoes").required(true).between(FieldValue.number(1), null);

        assertThat(SIZE.changedTo(changed)).isEqualTo(changed.at(FieldStatus.ACTIVE, 2));
        refused(CoreError.FIELD_FIXED, () -> SIZE.changedTo(FieldDefinition.of("size", "Size", FieldType.TEXT)));
        refused(CoreError.FIELD_FIXED, () -> SIZE.changedTo(SIZE.asUnique()));
        refused(CoreError.FIELD_FIXED, () -> SIZE.changedTo(SIZE.asPersonal()));
        var yuan = FieldDefinition.money("m", "M", CNY);
        refused(CoreError.FIELD_FIXED, () -> yuan.changedTo(FieldDefinition.money("m", "M", CurrencyUnit.EUR)));
        refused(CoreError.VERSION_CONFLICT, () -> SIZE.changedTo(SIZE.at(FieldStatus.ACTIVE, 2)));
    }

    @Test
    void keeps_its_options() {
        FieldOption golf = FieldOption.of("golf", "Golf");
        FieldDefinition wanted = SPORTS.options(
                List.of(FieldOption.of("swim", "Swimming"), golf.retire(), FieldOption.of("run", "Run")));

        FieldRules rules = SPORTS.changedTo(wanted).rules();

        assertThat(rules.brokenBy(FieldValue.choice("golf"), null)).contains("option");
        assertThat(rules.brokenBy(FieldValue.choice("golf"), FieldValue.choice("golf")))
                .isEmpty();
        assertThat(rules.brokenBy(FieldValue.choice("swim"), null)).isEmpty();
        refused(CoreError.FIELD_FIXED, () -> SPORTS.changedTo(SPORTS.options(List.of(golf))));
    }

    @Test
    void says_who_may_see_and_edit() {
        FieldAccess access =
                SIZE.access(Set.of("clerk", "boss"), Set.of("boss", "robot")).access();

        assertThat(access.allowsToSee("clerk")).isTrue();
        assertThat(access.allowsToEdit("clerk")).isFalse();
        assertThat(access.allowsToEdit("boss")).isTrue();
        assertThat(access.allowsToEdit("robot"))
                .as("who may not see may not edit")
                .isFalse();
        assertThat(FieldAccess.ALL.allowsToEdit("anybody")).isTrue();
    }

    private static void refused(CoreError code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CrmException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
