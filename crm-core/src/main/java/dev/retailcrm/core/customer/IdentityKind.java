package dev.retailcrm.core.customer;

/** What kind of thing a customer is known by. */
public enum IdentityKind {
    /** A phone number. */
    PHONE,
    /** An e-mail address. */
    EMAIL,
    /** The number of a member card. */
    MEMBER_CARD,
    /** Her number in another system, such as an ERP or a messenger. */
    EXTERNAL
}
