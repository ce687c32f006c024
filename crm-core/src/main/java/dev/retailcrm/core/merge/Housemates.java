package dev.retailcrm.core.merge;

import static dev.retailcrm.core.merge.Agreement.CLOSE;
import static dev.retailcrm.core.merge.Agreement.DIFFERENT;
import static dev.retailcrm.core.merge.Agreement.EXACT;

import dev.retailcrm.core.merge.FieldOdds.Shares;

/**
 * The third thing a pair may be: two persons who live together. They share address, family name and perhaps a phone like one person
 * does, so only what is her own tells: given name, date of birth, mail address, phone, id number. How many such pairs there are is
 * learnt from the records: a shop whose customers live alone has none. Not thread-safe.
 */
final class Housemates {
    /** Pairs counted before any was seen: two of a household for one duplicate. */
    private static final int PRIOR_HOUSEMATES = 10;

    private static final int PRIOR_DUPLICATES = 5;
    private static final Shares GIVEN_NAMES = new Shares(.005, .005, .02);
    private static final Shares BIRTH_DATES = new Shares(.005, .001, .005);
    private static final Shares PHONES = new Shares(.35, .01, .001);
    private static final Shares EMAILS = new Shares(.1, .01, .001);

    /** Bits of agreement on where they live that say it is the same door: more than a town and its postcode. */
    private static final double SAME_DOOR = 8;

    private final DuplicateRules rules;
    private final PairComparison pair;
    private long housemates = PRIOR_HOUSEMATES;
    private long duplicates = PRIOR_DUPLICATES;

    Housemates(DuplicateRules rules, PairComparison pair) {
        this.rules = rules;
        this.pair = pair;
    }

    /** Counts the pair compared last if it is clear what it is. */
    void learn(double probability) {
        Agreement given = pair.givenName();
        Agreement born = pair.agreement(PersonField.BIRTH_DATE);
        boolean family = isGood(pair.agreement(PersonField.FAMILY_NAME));
        if (given == DIFFERENT && born == DIFFERENT && family && liveTogether()) {
            housemates++;
        } else if (isGood(given) && isGood(born) && probability >= rules.same()) {
            duplicates++;
        }
    }

    /** The odds that the pair compared last is two housemates and not one person; 0 if nothing says they live together. */
    double odds() {
        if (!liveTogether()) {
            return 0;
        }
        double ratio = (double) housemates / duplicates;
        ratio *= factor(PersonField.GIVEN_NAME, GIVEN_NAMES, pair.givenName());
        ratio *= factor(PersonField.BIRTH_DATE, BIRTH_DATES, pair.agreement(PersonField.BIRTH_DATE));
        ratio *= factor(PersonField.PHONE, PHONES, pair.agreement(PersonField.PHONE));
        ratio *= factor(PersonField.EMAIL, EMAILS, pair.agreement(PersonField.EMAIL));
        return ratio * Math.pow(2, -pair.weight(PersonField.ID_NUMBER));
    }

    private double factor(PersonField field, Shares shares, Agreement agreement) {
        return shares.of(agreement) / rules.odds(field).ifSame().of(agreement);
    }

    private boolean liveTogether() {
        return pair.placeWeight() >= SAME_DOOR || pair.agreement(PersonField.PHONE) == EXACT;
    }

    private static boolean isGood(Agreement agreement) {
        return agreement == EXACT || agreement == CLOSE;
    }
}
