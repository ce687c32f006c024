package dev.retailcrm.core.merge;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pair of customers who may be one person, and what was decided about them. Holds no personal data but ids. Immutable.
 *
 * @param first the lower of the ids they were proposed by, which name the review for ever
 * @param second the other
 * @param one who the first is by now, if she was merged; else the first
 * @param two who the second is by now
 * @param millionths the probability that they are one person, 0 to {@value #CERTAIN}, as of the proposal
 * @param verdict as of the proposal
 * @param evidence how each field agreed then; see {@link Duplicate#comparisons()}
 * @param decision what somebody said
 * @param status what follows from that, and from merges and erasures
 * @param assignee who looks into it; {@code null} if nobody
 * @param proposedAt when it was proposed, in milliseconds
 * @param lastSeq the number of its last {@link ReviewEntry}
 */
public record Review(
        CustomerId first,
        CustomerId second,
        CustomerId one,
        CustomerId two,
        int millionths,
        Verdict verdict,
        List<FieldComparison> evidence,
        ReviewDecision decision,
        ReviewStatus status,
        @Nullable StaffId assignee,
        Instant proposedAt,
        long lastSeq) {
    /** The millionths of what is certain. */
    public static final int CERTAIN = 1_000_000;

    /** Copies the evidence; refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public Review {
        if (Check.present(first, "customer").compareTo(Check.present(second, "customer")) >= 0) {
            throw CoreError.INVALID_VALUE.because("a review is of two customers, the lower id first");
        }
        Check.present(one, "customer");
        Check.present(two, "customer");
        Check.range(millionths, 0, CERTAIN, "probability in millionths");
        Check.present(verdict, "verdict");
        evidence = List.copyOf(Check.present(evidence, "evidence"));
        Check.present(decision, "decision");
        Check.present(status, "status");
        proposedAt = Check.present(proposedAt, "instant").truncatedTo(ChronoUnit.MILLIS);
        Check.positive(lastSeq, "entry");
    }

    static Review of(Duplicate pair, CustomerId lower, CustomerId higher, Instant at) {
        return new Review(
                lower,
                higher,
                lower,
                higher,
                (int) Math.round(pair.probability() * CERTAIN),
                pair.verdict(),
                pair.comparisons(),
                ReviewDecision.NONE,
                ReviewStatus.OPEN,
                null,
                at,
                1);
    }

    /** The probability that they are one person, 0 to 1, as of the proposal. */
    public double probability() {
        return (double) millionths / CERTAIN;
    }

    /** Who they are by now: two, or one if they were merged. */
    public Set<CustomerId> customers() {
        return one.equals(two) ? Set.of(one) : Set.of(one, two);
    }

    boolean isOf(CustomerId a, CustomerId b) {
        return customers().equals(a.equals(b) ? Set.of(a) : Set.of(a, b));
    }

    Review decided(ReviewDecision said, @Nullable StaffId by) {
        return with(one, two, said, status, by, lastSeq + 1);
    }

    Review settled(ReviewStatus now) {
        return with(one, two, decision, now, assignee, lastSeq);
    }

    Review nowOf(CustomerId newOne, CustomerId newTwo) {
        return with(newOne, newTwo, decision, status, assignee, lastSeq);
    }

    private Review with(
            CustomerId newOne,
            CustomerId newTwo,
            ReviewDecision said,
            ReviewStatus now,
            @Nullable StaffId who,
            long seq) {
        return new Review(
                first, second, newOne, newTwo, millionths, verdict, evidence, said, now, who, proposedAt, seq);
    }
}
