package dev.retailcrm.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {
    private final Likeness likeness = new Likeness();

    @ParameterizedTest
    @CsvSource({
        "GIVEN_NAME, lachlan, lachlan, EXACT",
        "GIVEN_NAME, lachlan, lahclan, CLOSE",
        "GIVEN_NAME, michelle, michele, CLOSE",
        "GIVEN_NAME, ann, anne, SIMILAR",
        "GIVEN_NAME, j, john, SIMILAR",
        "GIVEN_NAME, anna, annamaria, SIMILAR",
        "GIVEN_NAME, ann, eve, DIFFERENT",
        "GIVEN_NAME, james, charlotte, DIFFERENT",
        "FAMILY_NAME, neumann, neuman, CLOSE",
        "FAMILY_NAME, li, lu, DIFFERENT",
        "FAMILY_NAME, 王, 汪, DIFFERENT",
        "GIVEN_NAME, 伟, 伟, EXACT",
        "GIVEN_NAME, 小明, 小红, DIFFERENT",
        "GIVEN_NAME, 阿卜杜, 阿布杜, SIMILAR",
        "BIRTH_DATE, 19800304, 19800403, CLOSE",
        "BIRTH_DATE, 19800304, 19800305, CLOSE",
        "BIRTH_DATE, 19800304, 19803004, CLOSE",
        "BIRTH_DATE, 19800304, 19800317, SIMILAR",
        "BIRTH_DATE, 19800304, 19750304, SIMILAR",
        "BIRTH_DATE, 19800304, 19751117, DIFFERENT",
        "BIRTH_DATE, 19800304, 1980304, CLOSE",
        "ADDRESS_LINE_1, giblinstreet, giblinstreeet, CLOSE",
        "ADDRESS_LINE_1, kitchenerstreet, kitchenarstrete, CLOSE",
        "ADDRESS_LINE_1, giblinstreet, goblincourt, DIFFERENT",
        "ADDRESS_LINE_1, badimarastreet, badimarastrand, SIMILAR",
        "LOCALITY, wyong, wyogn, CLOSE",
        "STREET_NUMBER, 12, 21, CLOSE",
        "STREET_NUMBER, 1, 2, DIFFERENT",
        "POSTCODE, 2063, 2073, CLOSE",
        "POSTCODE, 2063, 9073, DIFFERENT",
        "REGION, nsw, nsx, DIFFERENT",
        "PHONE, 138001380, 138001381, CLOSE",
        "EMAIL, ann@shop.example, ann@shpo.example, CLOSE",
        "ID_NUMBER, 5304218, 5304281, CLOSE",
        "ID_NUMBER, 5304218, 4066625, DIFFERENT"
    })
    void says_how_well_values_agree(PersonField field, String one, String other, Agreement agreement) {
        assertThat(likeness.of(field, one, other)).isEqualTo(agreement);
        assertThat(likeness.of(field, other, one)).isEqualTo(agreement);
    }

    @ParameterizedTest
    @CsvSource({"FAMILY_NAME, martha, marhta, 0.961", "POSTCODE, 2063, 2073, 0.75", "REGION, vic, vik, 0.667"})
    void gives_a_similarity(PersonField field, String one, String other, double similarity) {
        assertThat(likeness.similarity(field, one, other)).isCloseTo(similarity, within(0.0005));
    }
}
