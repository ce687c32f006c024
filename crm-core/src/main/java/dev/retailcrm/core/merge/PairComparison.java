package dev.retailcrm.core.merge;

import com.google.common.collect.ImmutableList;
import dev.retailcrm.core.kernel.Check;
import java.util.EnumMap;
import java.util.List;

/**
 * The comparison of two records, field by field, made again for each pair. Keeps working space: not thread-safe. Allocates nothing
 * unless it is explained.
 */
final class PairComparison {
    /** Bits that names or lines in each other's place cost: about 1 in 16 duplicates have them so. */
    private static final double SWAP_COST = 4;

    private final DuplicateRules rules;
    private final Frequencies frequencies;
    private final Likeness likeness = new Likeness();
    private final EnumMap<PersonField, Slot> slots = new EnumMap<>(PersonField.class);
    private Slot crossedFirst = new Slot();
    private Slot crossedSecond = new Slot();
    private double placeWeight;

    PairComparison(DuplicateRules rules, Frequencies frequencies) {
        this.rules = rules;
        this.frequencies = frequencies;
        for (PersonField field : PersonField.values()) {
            slots.put(field, new Slot());
        }
    }

    /** Compares, and returns the sum of the weights in bits. */
    double weigh(PersonRecord a, PersonRecord b) {
        slots.forEach((field, slot) -> slot.compare(field, field, a, b));
        uncross(PersonField.GIVEN_NAME, PersonField.FAMILY_NAME, a, b);
        uncross(PersonField.ADDRESS_LINE_1, PersonField.ADDRESS_LINE_2, a, b);
        boundPlace();
        double sum = 0;
        for (Slot slot : slots.values()) {
            sum += slot.weight;
        }
        return sum;
    }

    Agreement agreement(PersonField field) {
        return slot(field).agreement;
    }

    double weight(PersonField field) {
        return slot(field).weight;
    }

    /** How well given names agree; if they are swapped with family names, both must agree. */
    Agreement givenName() {
        Slot given = slot(PersonField.GIVEN_NAME);
        Agreement family = slot(PersonField.FAMILY_NAME).agreement;
        boolean swapped = given.other != given.field;
        return swapped && family.compareTo(given.agreement) > 0 ? family : given.agreement;
    }

    double placeWeight() {
        return placeWeight;
    }

    /** Whether both have the same mail address or id number, and few others have it. */
    boolean sharesIdentity() {
        return isRare(PersonField.EMAIL) || isRare(PersonField.ID_NUMBER);
    }

    private boolean isRare(PersonField field) {
        Slot slot = slot(field);
        return slot.agreement == Agreement.EXACT && slot.weight > DuplicateRules.IDENTITY_BITS;
    }

    ImmutableList<FieldComparison> explain() {
        ImmutableList.Builder<FieldComparison> lines = ImmutableList.builder();
        for (Slot slot : slots.values()) {
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
        Slot first = slot(one);
        Slot second = slot(two);
        double straight = first.weight + second.weight;
        if (straight > 0) {
            return;
        }
        crossedFirst.compare(one, two, a, b);
        crossedSecond.compare(two, one, a, b);
        if (crossedFirst.weight + crossedSecond.weight - SWAP_COST > straight) {
            crossedFirst.weight -= SWAP_COST / 2;
            crossedSecond.weight -= SWAP_COST / 2;
            slots.put(one, crossedFirst);
            slots.put(two, crossedSecond);
            crossedFirst = first;
            crossedSecond = second;
        }
    }

    private Slot slot(PersonField field) {
        return Check.present(slots.get(field), "slot");
    }

    private void boundPlace() {
        double sum = 0;
        for (Slot slot : slots.values()) {
            sum += slot.field.isPlace() ? slot.weight : 0;
        }
        placeWeight = Math.max(DuplicateRules.LEAST_FOR_PLACE, Math.min(DuplicateRules.MOST_FOR_PLACE, sum));
        if (placeWeight != sum) {
            for (Slot slot : slots.values()) {
                slot.weight *= slot.field.isPlace() ? placeWeight / sum : 1;
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
            List<String> mine = a.values(of);
            List<String> hers = b.values(with);
            for (int i = 0; i < mine.size(); i++) {
                for (int j = 0; j < hers.size(); j++) {
                    consider(mine.get(i), hers.get(j));
                }
            }
        }

        private void consider(String mine, String hers) {
            Agreement found = likeness.of(field, mine, hers);
            double bits = bits(found, mine);
            if (agreement == Agreement.UNKNOWN || bits > weight) {
                agreement = found;
                weight = bits;
                left = mine;
                right = hers;
            }
        }

        private double bits(Agreement found, String value) {
            FieldOdds fieldOdds = rules.odds(field);
            if (found != Agreement.EXACT) {
                return fieldOdds.weight(found);
            }
            double standard = fieldOdds.ifDifferent().exact();
            return fieldOdds.weightOfExact(frequencies.shareOfOthers(field, value, standard));
        }
    }
}
