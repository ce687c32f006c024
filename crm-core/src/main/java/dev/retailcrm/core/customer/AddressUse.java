package dev.retailcrm.core.customer;

/** What a postal address is for. */
public enum AddressUse {
    /** Where she lives. */
    HOME,
    /** Where she works. */
    WORK,
    /** Where goods go. */
    DELIVERY,
    /** Where invoices go. */
    BILLING,
    /** Something else. */
    OTHER
}
