package dev.retailcrm.core.field;

/** Whether a field is in use. */
public enum FieldStatus {
    /** Its values are shown, set and searched. */
    ACTIVE,
    /** Its values are kept, and neither shown nor set nor searched until it is restored. */
    RETIRED
}
