package dev.retailcrm.core.customer;

/** What a customer is. */
public enum PartyKind {
    /** A human being; who is not said to be anything else. */
    PERSON,
    /** A company, a school, a household: whoever buys under one name. */
    ORGANISATION
}
