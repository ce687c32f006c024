package dev.retailcrm.core.merge;

import java.util.List;
import java.util.function.Consumer;

/** One search through some records. Not thread-safe. */
final class DuplicateSearch {
    /** Records by which it is learnt how many live together. */
    private static final int SAMPLE = 20_000;

    private final DuplicateRules rules;
    private final List<PersonRecord> people;
    /** How many records at the start are compared with others; those of {@link #from} on are what they are compared with. */
    private final int firsts;

    private final int from;
    private final long allPairs;
    private final double prior;
    private final Blocks blocks;
    private final Candidates candidates;
    private final PairComparison pair;
    private final Housemates housemates;
    private long compared;

    private DuplicateSearch(DuplicateRules rules, List<PersonRecord> people, int firsts, int from, long allPairs) {
        this.rules = rules;
        this.people = people;
        this.firsts = firsts;
        this.from = from;
        this.allPairs = allPairs;
        prior = log2Odds(rules.expectedShare() * Math.min(firsts, people.size() - from) / Math.max(1, allPairs));
        blocks = new Blocks(people, rules);
        candidates = new Candidates(people.size());
        pair = new PairComparison(rules, new Frequencies(people, people.size()));
        housemates = new Housemates(rules, pair);
    }

    static DuplicateSearch within(DuplicateRules rules, List<PersonRecord> people) {
        long count = people.size();
        return new DuplicateSearch(rules, people, people.size(), 0, count * (count - 1) / 2);
    }

    static DuplicateSearch across(DuplicateRules rules, List<PersonRecord> people, int left) {
        return new DuplicateSearch(rules, people, left, left, (long) left * (people.size() - left));
    }

    Coverage run(Consumer<? super Duplicate> found) {
        learn();
        for (int first = 0; first < firsts; first++) {
            look(first);
            compared += candidates.size();
            for (int i = 0; i < candidates.size(); i++) {
                judge(people.get(first), people.get(candidates.get(i)), found);
            }
        }
        return new Coverage(
                people.size(), allPairs, compared, blocks.largeBlocks(), blocks.largestBlock(), blocks.skippedPairs());
    }

    private void learn() {
        for (int first = 0; first < firsts; first += 1 + firsts / SAMPLE) {
            look(first);
            for (int i = 0; i < candidates.size(); i++) {
                double odds = odds(people.get(first), people.get(candidates.get(i)));
                housemates.learn(1 / (1 + 1 / odds));
            }
        }
    }

    private void look(int first) {
        candidates.clear();
        blocks.partners(first, Math.max(from, first + 1), candidates);
        candidates.sort();
    }

    private void judge(PersonRecord one, PersonRecord other, Consumer<? super Duplicate> found) {
        double strangers = 1 / odds(one, other);
        double together = housemates.odds();
        double probability = 1 / (1 + strangers + together);
        Verdict verdict = verdict(probability);
        if (verdict != Verdict.DIFFERENT) {
            found.accept(new Duplicate(
                    one.reference(), other.reference(), probability, together * probability, verdict, pair.explain()));
        }
    }

    /** The odds that they are one person and not strangers. */
    private double odds(PersonRecord one, PersonRecord other) {
        return Math.pow(2, prior + pair.weigh(one, other));
    }

    private Verdict verdict(double probability) {
        if (probability >= rules.same()) {
            return Verdict.SAME;
        }
        return probability >= rules.review() || pair.sharesIdentity() ? Verdict.REVIEW : Verdict.DIFFERENT;
    }

    private static double log2Odds(double share) {
        double below = Math.min(0.5, share);
        return Math.log(below / (1 - below)) / Math.log(2);
    }
}
