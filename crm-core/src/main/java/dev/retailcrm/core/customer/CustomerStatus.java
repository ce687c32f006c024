package dev.retailcrm.core.customer;

/** Where a customer stands in her life cycle. More states will come: a host must bear one it does not know. */
public enum CustomerStatus {
    /** She is served and may be addressed. */
    ACTIVE
}
