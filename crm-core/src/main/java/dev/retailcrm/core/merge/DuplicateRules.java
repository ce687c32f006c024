package dev.retailcrm.core.merge;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How duplicates are found: keys that make candidates, odds that score them, thresholds that judge them. The standard odds are round
 * numbers for customers whose data was typed at a till or into a form; they were not fitted to a data set. Immutable.
 *
 * <p>The score of a pair is the sum of the weights of its fields ({@link FieldOdds}) and of the prior odds. An exact agreement counts
 * more on a rare value than on a common one: its u-probability is the share of other records that have the value, mixed with the
 * standard one as if that had been seen in 1,000 records (W. E. Winkler, "Frequency-based matching in Fellegi-Sunter model of record
 * linkage", 1989).
 *
 * <p>Fields of the address depend on one another; so together they count at least -6 and at most 18 bits. A pair may also be two
 * persons of one household: that is weighed by what is a person's own, with as many such pairs as the records show. So twins, and
 * namesakes of two generations, are a {@link Verdict#REVIEW} where people live in families.
 */
public final class DuplicateRules {
    /** The least that all fields of the address count together, in bits: people move house. */
    static final int LEAST_FOR_PLACE = -6;

    /** The most that all fields of the address count together, in bits: a door is one of some 260,000. */
    static final int MOST_FOR_PLACE = 18;

    /** A shared mail address or id number is shown to somebody if it weighs more than this, in bits. */
    static final int IDENTITY_BITS = 8;

    private static final DuplicateRules STANDARD = new DuplicateRules(
            Maps.immutableEnumMap(ImmutableMap.<PersonField, FieldOdds>builder()
                    .put(PersonField.GIVEN_NAME, FieldOdds.ifSame(.80, .08, .05).ifDifferent(.005, .004, .015))
                    .put(
                            PersonField.FAMILY_NAME,
                            FieldOdds.ifSame(.82, .08, .03).ifDifferent(.002, .004, .012))
                    .put(PersonField.BIRTH_DATE, FieldOdds.ifSame(.90, .04, .02).ifDifferent(.0001, .002, .005))
                    .put(
                            PersonField.STREET_NUMBER,
                            FieldOdds.ifSame(.85, .05, .001).ifDifferent(.015, .1, .001))
                    .put(
                            PersonField.ADDRESS_LINE_1,
                            FieldOdds.ifSame(.70, .12, .05).ifDifferent(.001, .002, .02))
                    .put(
                            PersonField.ADDRESS_LINE_2,
                            FieldOdds.ifSame(.65, .12, .05).ifDifferent(.002, .002, .02))
                    .put(PersonField.LOCALITY, FieldOdds.ifSame(.80, .08, .03).ifDifferent(.005, .002, .02))
                    .put(PersonField.POSTCODE, FieldOdds.ifSame(.86, .06, .001).ifDifferent(.002, .02, .001))
                    .put(PersonField.REGION, FieldOdds.ifSame(.94, .001, .001).ifDifferent(.2, .001, .001))
                    .put(PersonField.PHONE, FieldOdds.ifSame(.70, .03, .001).ifDifferent(.00002, .0001, .001))
                    .put(PersonField.EMAIL, FieldOdds.ifSame(.65, .03, .001).ifDifferent(.00001, .0001, .001))
                    .put(PersonField.ID_NUMBER, FieldOdds.ifSame(.90, .05, .001).ifDifferent(.000001, .0001, .001))
                    .buildOrThrow()),
            StandardKeys.all(),
            0.1,
            0.95,
            0.5,
            100);

    private final ImmutableMap<PersonField, FieldOdds> odds;
    private final ImmutableList<BlockingKey> keys;
    private final double expectedShare;
    private final double same;
    private final double review;
    private final int blockLimit;

    private DuplicateRules(
            ImmutableMap<PersonField, FieldOdds> odds,
            ImmutableList<BlockingKey> keys,
            double expectedShare,
            double same,
            double review,
            int blockLimit) {
        this.odds = odds;
        this.keys = keys;
        this.expectedShare = expectedShare;
        this.same = same;
        this.review = review;
        this.blockLimit = blockLimit;
    }

    /** The rules for customers of a shop. */
    public static DuplicateRules standard() {
        return STANDARD;
    }

    /** The same with other odds of a field. */
    public DuplicateRules odds(PersonField field, FieldOdds fieldOdds) {
        Map<PersonField, FieldOdds> changed = new EnumMap<>(odds);
        changed.put(Check.present(field, "field"), Check.present(fieldOdds, "odds"));
        return new DuplicateRules(Maps.immutableEnumMap(changed), keys, expectedShare, same, review, blockLimit);
    }

    /** The same with other keys; pairs that share none are never looked at. Default: nine, see {@code docs/merge.md}. */
    public DuplicateRules keys(List<BlockingKey> blockingKeys) {
        ImmutableList<BlockingKey> other = ImmutableList.copyOf(Check.present(blockingKeys, "keys"));
        Check.range(other.size(), 1, 100, "number of keys");
        return new DuplicateRules(odds, other, expectedShare, same, review, blockLimit);
    }

    /**
     * The same with another share of records that are expected to have a duplicate. Default: 0.1.
     *
     * @param share above 0, at most 1
     */
    public DuplicateRules expecting(double share) {
        return new DuplicateRules(odds, keys, probability(share), same, review, blockLimit);
    }

    /**
     * The same with other thresholds. Defaults: 0.95 and 0.5.
     *
     * @param sameFrom the least probability of {@link Verdict#SAME}, above 0, at most 1
     * @param reviewFrom the least probability of {@link Verdict#REVIEW}, above 0, at most {@code sameFrom}
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise
     */
    public DuplicateRules thresholds(double sameFrom, double reviewFrom) {
        if (probability(reviewFrom) > probability(sameFrom)) {
            throw CoreError.INVALID_VALUE.because("review must not start above same");
        }
        return new DuplicateRules(odds, keys, expectedShare, sameFrom, reviewFrom, blockLimit);
    }

    /**
     * The same with another size up to which all records that share a key are compared; in larger blocks each is compared with this
     * many neighbours in the order of names. Default: 100.
     *
     * @param records 2 to 10,000
     */
    public DuplicateRules blockLimit(int records) {
        return new DuplicateRules(
                odds, keys, expectedShare, same, review, Check.range(records, 2, 10_000, "block limit"));
    }

    FieldOdds odds(PersonField field) {
        return Check.present(odds.get(field), "odds");
    }

    ImmutableList<BlockingKey> keys() {
        return keys;
    }

    double expectedShare() {
        return expectedShare;
    }

    double same() {
        return same;
    }

    double review() {
        return review;
    }

    int blockLimit() {
        return blockLimit;
    }

    private static double probability(double value) {
        if (!(value > 0 && value <= 1)) {
            throw CoreError.INVALID_VALUE.because("a probability must be above 0 and at most 1");
        }
        return value;
    }
}
