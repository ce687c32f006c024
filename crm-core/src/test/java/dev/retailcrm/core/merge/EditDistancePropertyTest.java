package dev.retailcrm.core.merge;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class EditDistancePropertyTest {
    private final EditDistance edits = new EditDistance();

    @Property
    void a_band_gives_what_the_whole_table_gives(
            @ForAll("words") String one, @ForAll("words") String other, @ForAll @IntRange(max = 12) int limit) {
        assertThat(edits.within(one, other, limit)).isEqualTo(Math.min(limit + 1, wholeTable(one, other)));
    }

    @Property
    void there_and_back_is_as_far(@ForAll("words") String one, @ForAll("words") String other) {
        assertThat(edits.within(one, other, 12)).isEqualTo(edits.within(other, one, 12));
    }

    /** The recurrence as Damerau's rule is written down, without band or rows. */
    private static int wholeTable(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distance[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : least(distance, a, b, i, j);
            }
        }
        return distance[a.length()][b.length()];
    }

    private static int least(int[][] distance, String a, String b, int i, int j) {
        int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars("abc").ofMaxLength(9);
    }
}
