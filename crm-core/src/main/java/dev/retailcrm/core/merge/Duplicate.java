package dev.retailcrm.core.merge;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Two records that are, or may be, of one person, and why. Holds no personal data but the references. Immutable.
 *
 * @param first reference of the record that came first, or of the left set
 * @param second reference of the other
 * @param probability from 0 to 1 that they are of one person, by the odds of {@link DuplicateRules}
 * @param household from 0 to 1 that they are two persons who live together; what is left to 1 is that they are strangers
 * @param verdict {@link Verdict#SAME} or {@link Verdict#REVIEW}
 * @param comparisons every field known on both sides, in the order of {@link PersonField}
 */
public record Duplicate(
        String first,
        String second,
        double probability,
        double household,
        Verdict verdict,
        List<FieldComparison> comparisons) {
    /** Copies the comparisons. */
    public Duplicate {
        comparisons = ImmutableList.copyOf(comparisons);
    }
}
