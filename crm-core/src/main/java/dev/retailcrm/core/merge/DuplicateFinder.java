package dev.retailcrm.core.merge;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.retailcrm.core.kernel.Check;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds records that are of one person. Candidates share a blocking key; each is scored by the model of Fellegi and Sunter, and
 * explained. What is found depends on the records and rules alone: no clock, no chance, no order of hashing. Stateless, thread-safe.
 *
 * <p>Memory grows with the records (about 20 bytes a blocking key), not with the pairs; time with the candidates.
 */
public final class DuplicateFinder {
    private final DuplicateRules rules;

    private DuplicateFinder(DuplicateRules rules) {
        this.rules = rules;
    }

    /** A finder with the standard rules. */
    public static DuplicateFinder standard() {
        return by(DuplicateRules.standard());
    }

    /** A finder with these rules. */
    public static DuplicateFinder by(DuplicateRules rules) {
        return new DuplicateFinder(Check.present(rules, "rules"));
    }

    /** Pairs within one set, each once, the one that comes first in the set first. */
    public Duplicates find(List<PersonRecord> people) {
        var pairs = ImmutableList.<Duplicate>builder();
        var coverage = find(people, pairs::add);
        return new Duplicates(pairs.build(), coverage);
    }

    /** The same, giving each pair as it is found. */
    public Coverage find(List<PersonRecord> people, Consumer<? super Duplicate> pairs) {
        List<PersonRecord> all = ImmutableList.copyOf(Check.present(people, "people"));
        return DuplicateSearch.within(rules, all).run(Check.present(pairs, "pairs"));
    }

    /** Pairs of a record of the left set with one of the right; duplicates within a set are not sought. */
    public Duplicates link(List<PersonRecord> left, List<PersonRecord> right) {
        var pairs = ImmutableList.<Duplicate>builder();
        var coverage = link(left, right, pairs::add);
        return new Duplicates(pairs.build(), coverage);
    }

    /** The same, giving each pair as it is found. */
    public Coverage link(List<PersonRecord> left, List<PersonRecord> right, Consumer<? super Duplicate> pairs) {
        Check.present(left, "left");
        Check.present(right, "right");
        List<PersonRecord> all = ImmutableList.copyOf(Iterables.concat(left, right));
        return DuplicateSearch.across(rules, all, left.size()).run(Check.present(pairs, "pairs"));
    }
}
