package dev.retailcrm.core.merge;

import static dev.retailcrm.core.merge.PersonField.FAMILY_NAME;
import static dev.retailcrm.core.merge.PersonField.GIVEN_NAME;
import static dev.retailcrm.core.merge.PersonField.ID_NUMBER;
import static dev.retailcrm.core.merge.PersonField.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CrmException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonRecordTest {
    private final PersonRecord nobody = PersonRecord.of("c-1");

    @ParameterizedTest
    @CsvSource({
        "GIVEN_NAME, ' Zoë ', zoe",
        "GIVEN_NAME, Zoe\u0308, zoe",
        "FAMILY_NAME, D’Angelo-Smith, dangelosmith",
        "FAMILY_NAME, STRASSE, strasse",
        "FAMILY_NAME, Straße, strasse",
        "FAMILY_NAME, ＷＡＮＧ, wang",
        "FAMILY_NAME, İnan, inan",
        "FAMILY_NAME, 歐陽, 歐陽",
        "GIVEN_NAME, नेहा, नेहा",
        "GIVEN_NAME, Ёлка, елка",
        "ADDRESS_LINE_1, '12, Paul-Coe  Cres.', 12paulcoecres",
        "BIRTH_DATE, 1980-03-04, 19800304",
        "PHONE, +86 138 0013 8000, 800138000",
        "PHONE, 13800138000, 800138000",
        "PHONE, ١٢٣٤, 1234",
        "EMAIL, ' Ann@Shop.Example ', ann@shop.example"
    })
    void keeps_values_in_normal_form(PersonField field, String written, String normal) {
        assertThat(nobody.with(field, written).values(field)).containsExactly(normal);
    }

    @ParameterizedTest
    @CsvSource({
        "Ann Lee, ann, lee",
        "'Lee, Ann', ann, lee",
        "Anna Maria Lee, annamaria, lee",
        "张伟, 伟, 张",
        "欧阳娜娜, 娜娜, 欧阳",
        "欧阳, 阳, 欧",
        "김 민준, 민준, 김",
        "남궁민, 민, 남궁"
    })
    void cuts_names_in_parts(String display, String given, String family) {
        var person = nobody.name(display);

        assertThat(person.values(GIVEN_NAME)).containsExactly(given);
        assertThat(person.values(FAMILY_NAME)).containsExactly(family);
    }

    @Test
    void a_single_word_is_the_given_name() {
        assertThat(nobody.name("Ann").values(GIVEN_NAME)).containsExactly("ann");
        assertThat(nobody.name("Ann").values(FAMILY_NAME)).isEmpty();
    }

    @Test
    void what_says_nothing_changes_nothing() {
        var ann = nobody.name("Ann Lee").bornOn(LocalDate.of(1980, 3, 4));

        assertThat(ann.with(FAMILY_NAME, " -- ").with(FAMILY_NAME, "LEE")).isEqualTo(ann);
        assertThat(ann.values(PHONE)).isEmpty();
    }

    @Test
    void has_at_most_eight_values_of_a_field() {
        var full = nobody;
        for (int i = 0; i < PersonRecord.MAX_VALUES; i++) {
            full = full.with(ID_NUMBER, "id" + i);
        }
        var eight = full;

        assertThat(eight.with(ID_NUMBER, "id0")).isEqualTo(eight);
        assertThatThrownBy(() -> eight.with(ID_NUMBER, "id8"))
                .isInstanceOf(CrmException.class)
                .hasMessageNotContaining("id8");
    }

    @Test
    void refuses_oversize_values_and_references_without_showing_them() {
        assertThatThrownBy(() -> nobody.with(FAMILY_NAME, "lee".repeat(100)))
                .isInstanceOf(CrmException.class)
                .hasMessageNotContaining("leelee");
        assertThatThrownBy(() -> PersonRecord.of("")).isInstanceOf(CrmException.class);
    }

    @Test
    void equals_by_reference_and_values() {
        var ann = nobody.name("Ann Lee");

        assertThat(ann).isEqualTo(nobody.name("LEE, ann")).hasSameHashCodeAs(nobody.name("LEE, ann"));
        assertThat(ann)
                .isNotEqualTo(nobody.name("Ann Li"))
                .isNotEqualTo(PersonRecord.of("c-2").name("Ann Lee"));
        assertThat(ann).hasToString("PersonRecord[c-1]");
    }
}
