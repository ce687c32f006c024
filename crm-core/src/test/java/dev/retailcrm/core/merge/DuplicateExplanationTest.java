package dev.retailcrm.core.merge;

import static dev.retailcrm.core.merge.PersonField.BIRTH_DATE;
import static dev.retailcrm.core.merge.PersonField.FAMILY_NAME;
import static dev.retailcrm.core.merge.PersonField.GIVEN_NAME;
import static dev.retailcrm.core.merge.PersonField.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A score is explained by its fields. */
class DuplicateExplanationTest {
    private final DuplicateFinder finder = DuplicateFinder.standard();
    private final PersonRecord ann =
            PersonRecord.of("ann").name("Ann Merriweather").with(BIRTH_DATE, "19800304");

    @Test
    void an_agreement_counts_more_the_rarer_the_value() {
        var people = IntStream.range(0, 500)
                .mapToObj(i -> PersonRecord.of("c" + i)
                        .with(FAMILY_NAME, i < 400 ? "Smith" : "Rare" + (char) ('a' + i % 20) + i / 40)
                        .with(BIRTH_DATE, "19800304"))
                .toList();
        var found = DuplicateFinder.by(DuplicateRules.standard().thresholds(1, 1e-12))
                .find(people);

        assertThat(nameWeight(found, "c0", "c1")).isLessThan(2);
        assertThat(nameWeight(found, "c400", "c420")).isGreaterThan(7);
    }

    @Test
    void explains_what_was_compared() {
        var swapped = PersonRecord.of("2")
                .with(GIVEN_NAME, "Merriweather")
                .with(FAMILY_NAME, "Ann")
                .with(BIRTH_DATE, "19800305");

        var lines = finder.find(List.of(ann, swapped)).pairs().get(0).comparisons();

        assertThat(lines)
                .extracting(FieldComparison::first, FieldComparison::second, FieldComparison::agreement)
                .containsExactly(
                        tuple(GIVEN_NAME, FAMILY_NAME, Agreement.EXACT),
                        tuple(FAMILY_NAME, GIVEN_NAME, Agreement.EXACT),
                        tuple(BIRTH_DATE, BIRTH_DATE, Agreement.CLOSE));
        assertThat(lines.toString()).doesNotContainIgnoringCase("merriweather").doesNotContain("1980");
    }

    @Test
    void the_weights_explain_the_probability() {
        var copy = PersonRecord.of("2").name("Ann Stone").with(BIRTH_DATE, "19800304");
        var found = DuplicateFinder.by(
                        DuplicateRules.standard().thresholds(1, 1e-9).expecting(0.25))
                .find(List.of(ann, copy, PersonRecord.of("3"), PersonRecord.of("4"), PersonRecord.of("5")))
                .pairs()
                .get(0);

        double prior = 0.25 * 5 / 10;
        double bits = found.comparisons().stream()
                .mapToDouble(FieldComparison::weight)
                .sum();
        double odds = prior / (1 - prior) * Math.pow(2, bits);
        assertThat(found.probability()).isCloseTo(odds / (1 + odds), within(1e-9));
    }

    @Test
    void the_example_of_the_guide_holds() {
        var one = PersonRecord.of("c-1")
                .name("Ann Merriweather")
                .bornOn(LocalDate.of(1980, 3, 4))
                .with(PHONE, "138 0013 8000");
        var again = PersonRecord.of("c-2")
                .name("Merriwether, Ann")
                .with(BIRTH_DATE, "19800403")
                .with(PHONE, "+86 138 0013 8000");

        var pair = finder.find(List.of(one, again)).pairs().get(0);

        assertThat(pair.verdict()).isEqualTo(Verdict.SAME);
        assertThat(pair.comparisons())
                .extracting(FieldComparison::first, FieldComparison::agreement, it -> Math.round(it.weight() * 10))
                .containsExactly(
                        tuple(GIVEN_NAME, Agreement.EXACT, 71L),
                        tuple(FAMILY_NAME, Agreement.CLOSE, 43L),
                        tuple(BIRTH_DATE, Agreement.CLOSE, 43L),
                        tuple(PHONE, Agreement.EXACT, 94L));
    }

    private static double nameWeight(Duplicates found, String first, String second) {
        return found.pairs().stream()
                .filter(it -> it.first().equals(first) && it.second().equals(second))
                .flatMap(it -> it.comparisons().stream())
                .filter(it -> it.first() == FAMILY_NAME)
                .mapToDouble(FieldComparison::weight)
                .sum();
    }
}
