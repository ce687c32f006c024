package dev.retailcrm.core.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.merge.sample.Link;
import dev.retailcrm.core.merge.sample.MadeUpPeople;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DuplicateFinderPropertyTest {
    private final DuplicateFinder finder = DuplicateFinder.standard();

    @Property(tries = 20)
    void the_same_records_give_the_same_answer(@ForAll long seed) {
        var people = MadeUpPeople.of(seed, 300).people();

        assertThat(finder.find(people)).isEqualTo(finder.find(people));
    }

    @Property(tries = 20)
    void linking_halves_finds_among_what_was_blocked_in_the_whole(@ForAll long seed) {
        var people = MadeUpPeople.of(seed, 300).people();
        var all = DuplicateFinder.by(DuplicateRules.standard().thresholds(1, 1e-300));

        var whole = all.find(people);
        var across = all.link(people.subList(0, 150), people.subList(150, people.size()));

        assertThat(links(whole.pairs())).containsAll(links(across.pairs()));
        assertThat(across.coverage().candidatePairs())
                .isEqualTo(whole.pairs().stream()
                        .filter(it -> isAcross(people.subList(0, 150), it))
                        .count());
    }

    @Property(tries = 20)
    void pairs_come_once_in_the_order_of_the_records(@ForAll long seed) {
        var people = new ArrayList<>(MadeUpPeople.of(seed, 300).people());
        Collections.shuffle(people, new Random(seed));
        List<String> order = people.stream().map(PersonRecord::reference).toList();

        var places = finder.find(people).pairs().stream()
                .map(it -> List.of(order.indexOf(it.first()), order.indexOf(it.second())))
                .toList();

        assertThat(places).allMatch(it -> it.get(0) < it.get(1));
        assertThat(places)
                .isSortedAccordingTo((one, other) -> one.get(0).equals(other.get(0))
                        ? one.get(1).compareTo(other.get(1))
                        : one.get(0).compareTo(other.get(0)));
        assertThat(places).doesNotHaveDuplicates();
    }

    @Property(tries = 20)
    void what_is_looked_at_does_not_depend_on_the_order(@ForAll long seed) {
        var people = MadeUpPeople.of(seed, 300).people();
        var shuffled = new ArrayList<>(people);
        Collections.shuffle(shuffled, new Random(seed));
        var all = DuplicateFinder.by(DuplicateRules.standard().thresholds(1, 1e-300));

        assertThat(links(all.find(shuffled).pairs()))
                .isEqualTo(links(all.find(people).pairs()));
    }

    private static boolean isAcross(List<PersonRecord> left, Duplicate pair) {
        var references = left.stream().map(PersonRecord::reference).collect(Collectors.toSet());
        return references.contains(pair.first()) != references.contains(pair.second());
    }

    private static Set<Link> links(List<Duplicate> pairs) {
        return pairs.stream().map(it -> Link.of(it.first(), it.second())).collect(Collectors.toSet());
    }
}
