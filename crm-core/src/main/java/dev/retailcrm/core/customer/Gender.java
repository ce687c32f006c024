package dev.retailcrm.core.customer;

/** A person's gender, where she told it; not known is no value at all. */
public enum Gender {
    /** Female. */
    FEMALE,
    /** Male. */
    MALE,
    /** Another one. */
    OTHER
}
