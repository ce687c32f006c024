package dev.retailcrm.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retailcrm.core.merge.sample.Febrl;
import dev.retailcrm.core.merge.sample.MadeUpPeople;
import dev.retailcrm.core.merge.sample.Quality;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How well the standard rules find duplicates that are known. The rules are the same everywhere. */
class DuplicateQualityTest {
    private final DuplicateFinder finder = DuplicateFinder.standard();

    @Nested
    class FebrlData {
        private static final Set<PersonField> ALL_FIELDS = Set.of();
        private static final Set<PersonField> NO_IDS = Set.of(PersonField.ID_NUMBER);

        private final Febrl febrl = Febrl.besideTheProject();

        @BeforeEach
        void the_data_is_there() {
            assumeTrue(febrl.isThere(), "the FEBRL data sets are not in ../shared/data/febrl");
        }

        @Test
        void dataset1_is_found_within_one_set() {
            assertThat(dataset1(ALL_FIELDS)).satisfies(it -> isAtLeast(it, 0.99, 0.99, 0.995));
        }

        @Test
        void dataset1_is_found_without_the_social_security_number() {
            assertThat(dataset1(NO_IDS)).satisfies(it -> isAtLeast(it, 0.99, 0.98, 0.99));
        }

        @Test
        void dataset4_is_linked() {
            assertThat(dataset4(ALL_FIELDS)).satisfies(it -> isAtLeast(it, 0.99, 0.99, 0.995));
        }

        @Test
        void dataset4_is_linked_without_the_social_security_number() {
            assertThat(dataset4(NO_IDS)).satisfies(it -> isAtLeast(it, 0.99, 0.98, 0.99));
        }

        private Quality dataset1(Set<PersonField> without) {
            var people = febrl.people("dataset1.csv", without);
            return Quality.of(finder.find(people), febrl.links("dataset1_true_links.csv"));
        }

        private Quality dataset4(Set<PersonField> without) {
            var left = febrl.people("dataset4a.csv", without);
            var right = febrl.people("dataset4b.csv", without);
            return Quality.of(finder.link(left, right), febrl.links("dataset4_true_links.csv"));
        }
    }

    /** Families, twins and namesakes, which FEBRL has not, and other errors; no id numbers. */
    @Test
    void duplicates_of_people_in_families_are_told_from_their_families() {
        for (long seed = 1; seed <= 3; seed++) {
            var made = MadeUpPeople.of(seed, 10_000);
            assertThat(Quality.of(finder.find(made.people()), made.links()))
                    .satisfies(it -> isAtLeast(it, 0.99, 0.87, 0.97))
                    .satisfies(it -> assertThat(it.falseReviews())
                            .isLessThan(made.links().size() / 20));
        }
    }

    private static void isAtLeast(Quality seen, double precision, double recall, double recallWithReview) {
        assertThat(seen.precision()).as("precision").isGreaterThanOrEqualTo(precision);
        assertThat(seen.recall()).as("recall").isGreaterThanOrEqualTo(recall);
        assertThat(seen.recallWithReview()).as("recall with review").isGreaterThanOrEqualTo(recallWithReview);
        assertThat(seen.candidateShare()).as("candidate share").isLessThan(0.005);
    }
}
