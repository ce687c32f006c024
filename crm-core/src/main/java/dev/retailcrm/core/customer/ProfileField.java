package dev.retailcrm.core.customer;

/** The fields of a profile. */
public enum ProfileField {
    /** Her {@link PersonName}. */
    NAME,
    /** Her {@link Gender}. */
    GENDER,
    /** Her date of birth. */
    BIRTH_DATE,
    /** The language she is addressed in. */
    LANGUAGE,
    /** Free text about her. */
    REMARK
}
