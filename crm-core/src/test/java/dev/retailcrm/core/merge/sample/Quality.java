package dev.retailcrm.core.merge.sample;

import dev.retailcrm.core.merge.Duplicate;
import dev.retailcrm.core.merge.Duplicates;
import dev.retailcrm.core.merge.Verdict;
import java.util.List;
import java.util.Set;

/**
 * How well a search did against known pairs.
 *
 * @param precision the share of pairs found SAME that are true
 * @param recall the share of true pairs found SAME
 * @param recallWithReview the share of true pairs found SAME or REVIEW
 * @param falseReviews pairs found REVIEW that are not true
 * @param candidateShare the share of all pairs that were compared
 */
public record Quality(
        double precision, double recall, double recallWithReview, long falseReviews, double candidateShare) {

    public static Quality of(Duplicates found, Set<Link> truth) {
        List<Duplicate> same = found.of(Verdict.SAME);
        List<Duplicate> review = found.of(Verdict.REVIEW);
        double trueSame = count(same, truth);
        double trueReview = count(review, truth);
        return new Quality(
                trueSame / Math.max(1, same.size()),
                trueSame / truth.size(),
                (trueSame + trueReview) / truth.size(),
                review.size() - (long) trueReview,
                found.coverage().candidateShare());
    }

    private static long count(List<Duplicate> pairs, Set<Link> truth) {
        return pairs.stream()
                .filter(it -> truth.contains(Link.of(it.first(), it.second())))
                .count();
    }
}
