package dev.retailcrm.core.field;

/** What values a field holds. */
public enum FieldType {
    /** A text of 1 to 500 characters. */
    TEXT,
    /** A whole number of 64 bits. */
    LONG,
    /** A decimal number of up to 20 digits before and 10 behind the point. */
    DECIMAL,
    /** An amount of money. */
    MONEY,
    /** A day, 0001-01-01 to 9999-12-31. */
    DATE,
    /** An instant in milliseconds, 1970 to 9999. */
    INSTANT,
    /** Yes or no. */
    BOOLEAN,
    /** One option of those defined. */
    CHOICE,
    /** One or more of the options defined. */
    MULTI_CHOICE;

    /** Whether values can be asked for by range. */
    public boolean isOrdered() {
        return this == LONG || this == DECIMAL || this == MONEY || this == DATE || this == INSTANT;
    }

    /** Whether values are options. */
    public boolean isChoice() {
        return this == CHOICE || this == MULTI_CHOICE;
    }
}
