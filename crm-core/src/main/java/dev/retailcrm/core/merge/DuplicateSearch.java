package dev.retailcrm.core.merge;

import java.util.List;
import java.util.function.Consumer;

/** One search through some records. Not thread-safe. */
final class DuplicateSearch {
    private final DuplicateRules rules;
    private final List<PersonRecord> people;
    private final long allPairs;
    private final Blocks blocks;
    private final Candidates candidates;
    private final PairComparison comparison;
    private long compared;

    DuplicateSearch(DuplicateRules rules, List<PersonRecord> people, long allPairs) {
        this.rules = rules;
        this.people = people;
        this.allPairs = allPairs;
        blocks = new Blocks(people, rules);
        candidates = new Candidates(people.size());
        comparison = new PairComparison(rules, new Frequencies(people, people.size()));
    }

    Coverage within(Consumer<? super Duplicate> pairs) {
        double prior = prior(people.size());
        for (int first = 0; first < people.size(); first++) {
            compare(first, first + 1, prior, pairs);
        }
        return coverage();
    }

    Coverage across(int left, Consumer<? super Duplicate> pairs) {
        double prior = prior(Math.min(left, people.size() - left));
        for (int first = 0; first < left; first++) {
            compare(first, left, prior, pairs);
        }
        return coverage();
    }

    private void compare(int first, int from, double prior, Consumer<? super Duplicate> pairs) {
        candidates.clear();
        blocks.partners(first, from, candidates);
        candidates.sort();
        compared += candidates.size();
        for (int i = 0; i < candidates.size(); i++) {
            PersonRecord one = people.get(first);
            PersonRecord other = people.get(candidates.get(i));
            double odds = Math.pow(2, prior + comparison.weigh(one, other));
            double probability = odds == Double.POSITIVE_INFINITY ? 1 : odds / (1 + odds);
            Verdict verdict = verdict(probability);
            if (verdict != Verdict.DIFFERENT) {
                pairs.accept(
                        new Duplicate(one.reference(), other.reference(), probability, verdict, comparison.explain()));
            }
        }
    }

    private Verdict verdict(double probability) {
        if (probability >= rules.same() && comparison.isPersonal()) {
            return Verdict.SAME;
        }
        return probability >= rules.review() || comparison.sharesIdentity() ? Verdict.REVIEW : Verdict.DIFFERENT;
    }

    /** The odds, as log2, that two records taken blindly are of one person, if the expected share of records has a duplicate. */
    private double prior(int records) {
        double share = Math.min(0.5, rules.expectedShare() * records / Math.max(1, allPairs));
        return Math.log(share / (1 - share)) / Math.log(2);
    }

    private Coverage coverage() {
        return new Coverage(people.size(), allPairs, compared, blocks.largeBlocks(), blocks.largestBlock());
    }
}
