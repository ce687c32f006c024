package dev.retailcrm.core.merge;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** How many records have a value: agreeing on a common one says little. Not written to after it was made: thread-safe. */
final class Frequencies {
    /** Records whose frequencies the standard odds stand for, so that a small set of records does not speak for all people. */
    static final int PRIOR_RECORDS = 1_000;

    private final EnumMap<PersonField, Map<String, Integer>> counts = new EnumMap<>(PersonField.class);
    private final int records;

    Frequencies(Iterable<PersonRecord> people, int records) {
        this.records = records;
        for (PersonField field : PersonField.values()) {
            counts.put(field, count(people, field));
        }
    }

    private static Map<String, Integer> count(Iterable<PersonRecord> people, PersonField field) {
        Map<String, Integer> found = new HashMap<>();
        for (PersonRecord person : people) {
            for (String value : person.values(field)) {
                found.merge(value, 1, Integer::sum);
            }
        }
        return found;
    }

    /** The share of other persons that have the value of somebody. */
    double shareOfOthers(PersonField field, String value, double standardShare) {
        int others = Math.max(0, counts.getOrDefault(field, Map.of()).getOrDefault(value, 0) - 1);
        return (others + standardShare * PRIOR_RECORDS) / (records + PRIOR_RECORDS);
    }
}
