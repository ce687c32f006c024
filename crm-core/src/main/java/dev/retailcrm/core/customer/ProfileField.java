package dev.retailcrm.core.customer;

/** The fields of a profile. */
public enum ProfileField {
    /** Whether she is a person or an organisation. */
    KIND,
    /** Her {@link PersonName}. */
    NAME,
    /** Her {@link Gender}. */
    GENDER,
    /** Her {@link BirthDate}. */
    BIRTH_DATE,
    /** The language she is addressed in. */
    LANGUAGE,
    /** The time zone she lives in. */
    TIME_ZONE,
    /** Her {@link PostalAddress postal addresses}. */
    ADDRESSES,
    /** Free text about her. */
    REMARK
}
