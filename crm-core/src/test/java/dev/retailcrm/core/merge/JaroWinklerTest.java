package dev.retailcrm.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JaroWinklerTest {
    private final JaroWinkler measure = new JaroWinkler();

    /** Winkler 1990 and 1994, Table 2.1 of "Overview of Record Linkage and Current Research Directions" (2006). */
    @ParameterizedTest
    @CsvSource({
        "MARTHA, MARHTA, 0.961",
        "DIXON, DICKSONX, 0.813",
        "JELLYFISH, SMELLYFISH, 0.896",
        "SHACKLEFORD, SHACKELFORD, 0.982",
        "DUNNINGHAM, CUNNIGHAM, 0.896",
        "NICHLESON, NICHULSON, 0.956",
        "JONES, JOHNSON, 0.832",
        "MASSEY, MASSIE, 0.933",
        "ABROMS, ABRAMS, 0.922",
        "JERALDINE, GERALDINE, 0.926",
        "MARHTA, MARTHA, 0.961",
        "MICHELLE, MICHAEL, 0.921",
        "DWAYNE, DUANE, 0.840",
        "CRATE, TRACE, 0.733"
    })
    void gives_the_published_values(String one, String other, double published) {
        assertThat(measure.similarity(one, other)).isCloseTo(published, within(0.0005));
    }

    @ParameterizedTest
    @CsvSource({"'', '', 1", "'', A, 0", "A, A, 1", "A, B, 0", "AB, BA, 0", "ABC, XYZ, 0"})
    void has_no_gap_at_short_texts(String one, String other, double expected) {
        assertThat(measure.similarity(one, other)).isEqualTo(expected);
    }

    @Test
    void forgets_the_pair_before_and_grows_with_longer_texts() {
        double fresh = measure.similarity("MARTHA", "MARHTA");
        measure.similarity("x".repeat(500), "x".repeat(499) + "y");

        assertThat(measure.similarity("MARTHA", "MARHTA")).isEqualTo(fresh);
    }
}
