package dev.retailcrm.core.merge;

/**
 * One line of the explanation of a score: what was compared and how it counts. Holds no value of the fields. Immutable.
 *
 * @param first the field of the first record
 * @param second the field of the second record; another one if names or address lines look swapped
 * @param agreement how well the values agree; of several values the best pair counts
 * @param similarity from 0 to 1: Jaro-Winkler for names, the share of characters not edited for all else; 0 if unknown
 * @param weight bits for one person, below 0 for two, as far as it counts: what says where she lives counts together within bounds
 */
public record FieldComparison(
        PersonField first, PersonField second, Agreement agreement, double similarity, double weight) {}
