package dev.retailcrm.core.merge;

import com.google.common.collect.ImmutableList;

/**
 * The comparison of two records, field by field, made again for each pair. Keeps working space: not thread-safe. Allocates nothing
 * unless it is explained.
 */
final class PairComparison {
    /** Bits that names or lines in each other's place cost: about 1 in 16 duplicates have them so. */
    private static final double SWAP_COST = 4;

    private static final int FIELDS = PersonField.values().length;

    private final PersonField[] fields = PersonField.values();
    private final FieldOdds[] odds = new FieldOdds[FIELDS];
    private final Frequencies frequencies;
    private final Likeness likeness = new Likeness();
    private final Slot[] slots = new Slot[FIELDS];
    private final Slot[] crossed = {new Slot(), new Slot()};

    PairComparison(DuplicateRules rules, Frequencies frequencies) {
        this.frequencies = frequencies;
        for (PersonField field : fields) {
            odds[field.ordinal()] = rules.odds(field);
            slots[field.ordinal()] = new Slot();
        }
    }

    /** Compares, and returns the sum of the weights in bits. */
    double weigh(PersonRecord a, PersonRecord b) {
        for (PersonField field : fields) {
            slots[field.ordinal()].compare(field, field, a, b);
        }
        uncross(PersonField.GIVEN_NAME, PersonField.FAMILY_NAME, a, b);
        uncross(PersonField.ADDRESS_LINE_1, PersonField.ADDRESS_LINE_2, a, b);
        boundPlace();
        double sum = 0;
        for (Slot slot : slots) {
            sum += slot.weight;
        }
        return sum;
    }

    /** Whether something speaks for this person, not only for her household. */
    boolean isPersonal() {
        for (Slot slot : slots) {
            if (slot.field.isPersonal() && slot.weight > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether both have the same mail address or id number, and few others have it. */
    boolean sharesIdentity() {
        return isRare(PersonField.EMAIL) || isRare(PersonField.ID_NUMBER);
    }

    private boolean isRare(PersonField field) {
        Slot slot = slots[field.ordinal()];
        return slot.agreement == Agreement.EXACT && slot.weight > DuplicateRules.IDENTITY_BITS;
    }

    ImmutableList<FieldComparison> explain() {
        ImmutableList.Builder<FieldComparison> lines = ImmutableList.builder();
        for (Slot slot : slots) {
            if (slot.agreement != Agreement.UNKNOWN) {
                lines.add(new FieldComparison(
                        slot.field,
                        slot.other,
                        slot.agreement,
                        likeness.similarity(slot.field, slot.left, slot.right),
                        slot.weight));
            }
        }
        return lines.build();
    }

    /** Takes the fields crosswise if that explains more. */
    private void uncross(PersonField one, PersonField two, PersonRecord a, PersonRecord b) {
        Slot first = slots[one.ordinal()];
        Slot second = slots[two.ordinal()];
        double straight = first.weight + second.weight;
        if (straight > 0) {
            return;
        }
        crossed[0].compare(one, two, a, b);
        crossed[1].compare(two, one, a, b);
        if (crossed[0].weight + crossed[1].weight - SWAP_COST > straight) {
            crossed[0].weight -= SWAP_COST / 2;
            crossed[1].weight -= SWAP_COST / 2;
            slots[one.ordinal()] = crossed[0];
            slots[two.ordinal()] = crossed[1];
            crossed[0] = first;
            crossed[1] = second;
        }
    }

    private void boundPlace() {
        double sum = 0;
        for (Slot slot : slots) {
            sum += slot.field.isPlace() ? slot.weight : 0;
        }
        double bounded = Math.max(DuplicateRules.LEAST_FOR_PLACE, Math.min(DuplicateRules.MOST_FOR_PLACE, sum));
        if (bounded != sum) {
            for (Slot slot : slots) {
                slot.weight *= slot.field.isPlace() ? bounded / sum : 1;
            }
        }
    }

    /** What came out for one field. */
    private final class Slot {
        private PersonField field = PersonField.GIVEN_NAME;
        private PersonField other = field;
        private Agreement agreement = Agreement.UNKNOWN;
        private double weight;
        private String left = "";
        private String right = "";

        /** The best pair of values counts. */
        void compare(PersonField of, PersonField with, PersonRecord a, PersonRecord b) {
            field = of;
            other = with;
            agreement = Agreement.UNKNOWN;
            weight = 0;
            for (String mine : a.raw(of)) {
                for (String hers : b.raw(with)) {
                    var found = likeness.of(of, mine, hers);
                    double bits = bits(found, mine);
                    if (agreement == Agreement.UNKNOWN || bits > weight) {
                        agreement = found;
                        weight = bits;
                        left = mine;
                        right = hers;
                    }
                }
            }
        }

        private double bits(Agreement found, String value) {
            FieldOdds fieldOdds = odds[field.ordinal()];
            if (found != Agreement.EXACT) {
                return fieldOdds.weight(found);
            }
            double standard = fieldOdds.ifDifferent().exact();
            return fieldOdds.weightOfExact(frequencies.shareOfOthers(field, value, standard));
        }
    }
}
