package dev.retailcrm.core.merge;

import dev.retailcrm.core.kernel.CustomerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What follows for reviews from decisions and merges. Stateless. */
final class ReviewBoard {
    /** Which of several reviews of the same two speaks: one that says they are two, then the likeliest, then the lowest. */
    private static final Comparator<Review> SPEAKING = Comparator.<Review, Boolean>comparing(
                    it -> it.decision() != ReviewDecision.DIFFERENT)
            .thenComparing(Comparator.comparing(Review::millionths).reversed())
            .thenComparing(Review::first)
            .thenComparing(Review::second);

    private ReviewBoard() {}

    /** The same reviews with their statuses; all reviews of the same two must be given. Those of the erased stay as they are. */
    static List<Review> settle(List<Review> reviews) {
        Map<Set<CustomerId>, Review> speaking = new HashMap<>();
        reviews.forEach(it -> speaking.merge(it.customers(), it, (a, b) -> SPEAKING.compare(a, b) <= 0 ? a : b));
        List<Review> settled = new ArrayList<>();
        for (Review review : reviews) {
            settled.add(review.settled(status(review, review.equals(speaking.get(review.customers())))));
        }
        return settled;
    }

    private static ReviewStatus status(Review review, boolean speaks) {
        if (review.status() == ReviewStatus.ERASED) {
            return ReviewStatus.ERASED;
        }
        if (review.one().equals(review.two())) {
            return review.decision() == ReviewDecision.SAME ? ReviewStatus.SAME : ReviewStatus.MERGED;
        }
        if (!speaks) {
            return ReviewStatus.SHADOWED;
        }
        return switch (review.decision()) {
            case NONE, SAME -> ReviewStatus.OPEN;
            case LATER -> ReviewStatus.LATER;
            case DIFFERENT -> ReviewStatus.DIFFERENT;
        };
    }
}
