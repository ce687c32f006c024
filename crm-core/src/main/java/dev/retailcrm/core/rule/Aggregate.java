package dev.retailcrm.core.rule;

/** What events come to. Without any event the count, the distinct values and the sum are 0, and everything else is missing. */
public enum Aggregate {
    /** How many they are. */
    COUNT(false),
    /** How many values of a property they have. */
    DISTINCT(true),
    /** The sum of a property; of money that of the currency compared with. */
    SUM(true),
    /** The exact mean of a property; of money that of the currency compared with. */
    AVG(true),
    /** The least value of a property. */
    MIN(true),
    /** The greatest value of a property. */
    MAX(true),
    /** The value of a property of the earliest that has it. */
    FIRST(true),
    /** The value of a property of the latest that has it. */
    LAST(true),
    /** When the earliest of all occurred, whether in the window or before. */
    FIRST_EVER(false);

    private final boolean ofProperty;

    Aggregate(boolean ofProperty) {
        this.ofProperty = ofProperty;
    }

    /** Whether it is that of a property. */
    public boolean isOfProperty() {
        return ofProperty;
    }
}
