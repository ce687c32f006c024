package dev.retailcrm.core.merge;

import static dev.retailcrm.core.merge.PersonField.ADDRESS_LINE_1;
import static dev.retailcrm.core.merge.PersonField.BIRTH_DATE;
import static dev.retailcrm.core.merge.PersonField.EMAIL;
import static dev.retailcrm.core.merge.PersonField.FAMILY_NAME;
import static dev.retailcrm.core.merge.PersonField.GIVEN_NAME;
import static dev.retailcrm.core.merge.PersonField.ID_NUMBER;
import static dev.retailcrm.core.merge.PersonField.LOCALITY;
import static dev.retailcrm.core.merge.PersonField.PHONE;
import static dev.retailcrm.core.merge.PersonField.POSTCODE;
import static dev.retailcrm.core.merge.PersonField.STREET_NUMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CrmException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DuplicateFinderTest {
    private final DuplicateFinder finder = DuplicateFinder.standard();
    private final PersonRecord ann =
            atHome("ann").name("Ann Merriweather").with(BIRTH_DATE, "19800304").with(PHONE, "138 0013 8000");

    @Test
    void a_copy_is_the_same_person() {
        var copy = atHome("copy").name("MERRIWEATHER, Ann").with(BIRTH_DATE, "1980-03-04");

        assertThat(verdict(ann, copy)).isEqualTo(Verdict.SAME);
    }

    @Test
    void slips_swaps_and_blanks_are_forgiven() {
        assertThat(verdict(ann, atHome("x").name("Merriwether Ann").with(BIRTH_DATE, "19800403")))
                .isEqualTo(Verdict.SAME);
        assertThat(verdict(ann, atHome("x").with(FAMILY_NAME, "Ann").with(GIVEN_NAME, "Merriweather")))
                .isEqualTo(Verdict.SAME);
    }

    @Test
    void somebody_who_moved_is_the_same_person() {
        var moved = PersonRecord.of("moved")
                .name("Ann Merriweather")
                .with(BIRTH_DATE, "19800304")
                .with(STREET_NUMBER, "99")
                .with(ADDRESS_LINE_1, "Harbour Parade")
                .with(LOCALITY, "Elsewhere")
                .with(POSTCODE, "9999");

        assertThat(verdict(ann, moved)).isEqualTo(Verdict.SAME);
    }

    @Test
    void others_of_the_household_are_other_persons() {
        var husband = atHome("bob")
                .name("Bob Merriweather")
                .with(BIRTH_DATE, "19770921")
                .with(PHONE, "138 0013 8000");
        var child = atHome("eve").name("Eve Merriweather").with(PHONE, "138 0013 8000");

        assertThat(verdict(ann, husband)).isEqualTo(Verdict.DIFFERENT);
        assertThat(verdict(ann, child)).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void a_twin_is_shown_to_somebody() {
        var twin = atHome("liz").name("Liz Merriweather").with(BIRTH_DATE, "19800304");

        var found = finder.find(List.of(ann, twin)).pairs();

        assertThat(found).singleElement().satisfies(pair -> {
            assertThat(pair.verdict()).isEqualTo(Verdict.REVIEW);
            assertThat(pair.household()).isGreaterThan(0.1);
        });
    }

    @Test
    void where_nobody_lives_together_a_new_name_is_a_slip() {
        var people = IntStream.range(0, 400)
                .boxed()
                .flatMap(i -> lonelyPair(i).stream())
                .toList();
        var renamed = atHome("liz").name("Liz Merriweather").with(BIRTH_DATE, "19800304");

        var found = finder.find(
                Stream.concat(people.stream(), List.of(ann, renamed).stream()).toList());

        assertThat(found.of(Verdict.SAME)).extracting(Duplicate::second).contains("liz");
    }

    @Test
    void a_shared_identity_is_at_least_looked_at() {
        var other = PersonRecord.of("other").name("Wilhelmina Stone").with(BIRTH_DATE, "19511117");
        var one = ann.with(EMAIL, "family@merriweather.example");

        assertThat(verdict(one, other.with(EMAIL, "family@merriweather.example")))
                .isEqualTo(Verdict.REVIEW);
        assertThat(verdict(ann.with(ID_NUMBER, "A-77"), other.with(ID_NUMBER, "a77")))
                .isEqualTo(Verdict.REVIEW);
    }

    @Test
    void chinese_names_are_compared_whole() {
        var one = PersonRecord.of("1").name("欧阳娜娜").with(PHONE, "+86 138 0013 8000");

        assertThat(verdict(one, PersonRecord.of("2").name("欧阳娜娜").with(PHONE, "13800138000")))
                .isEqualTo(Verdict.SAME);
        assertThat(verdict(one, PersonRecord.of("2").name("欧阳建国").with(PHONE, "13800138000")))
                .isNotEqualTo(Verdict.SAME);
    }

    @Test
    void any_of_several_values_will_do() {
        var married = PersonRecord.of("2")
                .name("Ann Stone")
                .with(FAMILY_NAME, "Merriweather")
                .with(BIRTH_DATE, "19800304");

        assertThat(verdict(ann, married)).isEqualTo(Verdict.SAME);
    }

    @Test
    void other_keys_and_odds_find_other_pairs() {
        BlockingKey byPostcode = (person, keys) -> person.values(POSTCODE).forEach(keys);
        var rules = DuplicateRules.standard()
                .keys(List.of(byPostcode))
                .odds(GIVEN_NAME, FieldOdds.ifSame(.9, .05, .03).ifDifferent(.0000001, .001, .01));
        var neighbour = PersonRecord.of("x").with(GIVEN_NAME, "Ann").with(POSTCODE, "2833");
        var namesake = PersonRecord.of("y").name("Ann Merriweather").with(BIRTH_DATE, "19800304");

        var found = DuplicateFinder.by(rules).find(List.of(ann, neighbour, namesake));

        assertThat(found.coverage().candidatePairs()).isOne();
        assertThat(found.pairs()).extracting(Duplicate::second).containsExactly("x");
    }

    @Test
    void links_across_sets_only() {
        var copy = atHome("copy").name("Ann Merriweather").with(BIRTH_DATE, "19800304");
        var again = atHome("again").name("Ann Merriweather").with(BIRTH_DATE, "19800304");

        var found = finder.link(List.of(ann), List.of(copy, again));

        assertThat(found.pairs()).extracting(Duplicate::first).containsExactly("ann", "ann");
        assertThat(found.pairs()).extracting(Duplicate::second).containsExactly("copy", "again");
        assertThat(found.coverage().allPairs()).isEqualTo(2);
    }

    @Test
    void large_blocks_are_compared_by_neighbours_and_counted() {
        var people = IntStream.range(0, 300)
                .mapToObj(i -> PersonRecord.of("c" + i)
                        .with(GIVEN_NAME, "given" + (char) ('a' + i % 150 % 26) + i % 150)
                        .with(PHONE, "000 000 000"))
                .toList();
        var found = DuplicateFinder.by(DuplicateRules.standard().blockLimit(10).thresholds(1, 1e-9))
                .find(people);

        assertThat(found.coverage().largeBlocks()).isEqualTo(1);
        assertThat(found.coverage().largestBlock()).isEqualTo(300);
        assertThat(found.coverage().candidatePairs()).isEqualTo(299 + 298 + 297 + 296 + 295);
        assertThat(found.coverage().skippedPairs())
                .isEqualTo(found.coverage().allPairs() - found.coverage().candidatePairs());
        assertThat(found.pairs())
                .as("neighbours by name")
                .extracting(it -> it.first() + it.second())
                .contains("c0c150", "c149c299");
    }

    @Test
    void nothing_is_found_among_nobody() {
        assertThat(finder.find(List.of()).pairs()).isEmpty();
        assertThat(finder.find(List.of(PersonRecord.of("1"), PersonRecord.of("2")))
                        .pairs())
                .isEmpty();
        assertThat(finder.link(List.of(ann), List.of()).coverage().candidateShare())
                .isZero();
    }

    @Test
    void refuses_rules_that_mean_nothing() {
        var rules = DuplicateRules.standard();

        assertThatThrownBy(() -> rules.thresholds(0.5, 0.9)).isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> rules.thresholds(1.1, 0.9)).isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> rules.expecting(0)).isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> rules.blockLimit(1)).isInstanceOf(CrmException.class);
        assertThatThrownBy(() -> rules.keys(List.of())).isInstanceOf(CrmException.class);
    }

    private Verdict verdict(PersonRecord one, PersonRecord other) {
        return finder.find(List.of(one, other)).pairs().stream()
                .map(Duplicate::verdict)
                .findFirst()
                .orElse(Verdict.DIFFERENT);
    }

    private static PersonRecord atHome(String reference) {
        return PersonRecord.of(reference)
                .with(STREET_NUMBER, "12")
                .with(ADDRESS_LINE_1, "Kitchener Street")
                .with(LOCALITY, "Rowan")
                .with(POSTCODE, "2833");
    }

    private static List<PersonRecord> lonelyPair(int number) {
        String family = "Hermit" + (char) ('a' + number % 26) + (char) ('a' + number / 26);
        var first = PersonRecord.of("h" + number)
                .name("Given " + family)
                .with(BIRTH_DATE, String.valueOf(19500101 + number * 101))
                .with(STREET_NUMBER, String.valueOf(number))
                .with(ADDRESS_LINE_1, "Road " + number * 7919)
                .with(POSTCODE, String.valueOf(10_000 + number * 13));
        var again = PersonRecord.of("h" + number + "-again")
                .name("Given " + family)
                .with(BIRTH_DATE, String.valueOf(19500101 + number * 101));
        return List.of(first, again);
    }
}
