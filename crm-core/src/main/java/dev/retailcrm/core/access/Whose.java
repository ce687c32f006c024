package dev.retailcrm.core.access;

/** Whose customers a right is given for. */
public enum Whose {
    /** Those the principal looks after herself. */
    OWN,
    /** Those of a store the principal works for. */
    OWN_STORE,
    /** All of the tenant. */
    ALL
}
