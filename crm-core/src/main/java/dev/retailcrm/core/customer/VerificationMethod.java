package dev.retailcrm.core.customer;

/** How an identity was seen to be a customer's own. */
public enum VerificationMethod {
    /** She entered a code that was sent to it. */
    CODE,
    /** She followed a link that was sent to it. */
    LINK,
    /** She signed in with it elsewhere, such as at a messenger. */
    SIGN_IN,
    /** She showed it to an operator, such as her card. */
    SHOWN,
    /** She showed a document, such as a passport. */
    DOCUMENT
}
