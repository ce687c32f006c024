package dev.retailcrm.core.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
    private final EditDistance edits = new EditDistance();

    /** Levenshtein's and Damerau's own kinds of error, and that no part is edited twice: CA to ABC is 3, not 2. */
    @ParameterizedTest
    @CsvSource({
        "kitten, sitting, 3",
        "saturday, sunday, 3",
        "martha, marhta, 1",
        "CA, ABC, 3",
        "a, '', 1",
        "'', '', 0",
        "smith, smtih, 1",
        "smith, smyth, 1",
        "smith, smiths, 1",
        "smith, smth, 1"
    })
    void counts_the_least_edits(String one, String other, int distance) {
        assertThat(edits.within(one, other, 10)).isEqualTo(distance);
        assertThat(edits.within(other, one, 10)).isEqualTo(distance);
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 2, 3", "kitten, sitting, 3, 3", "abcdef, a, 1, 2", "abc, xyz, 0, 1", "abc, abc, 0, 0"
    })
    void stops_at_the_limit(String one, String other, int limit, int answer) {
        assertThat(edits.within(one, other, limit)).isEqualTo(answer);
    }

    @Test
    void grows_with_longer_texts() {
        assertThat(edits.within("x".repeat(300), "x".repeat(298) + "yz", 5)).isEqualTo(2);
    }
}
