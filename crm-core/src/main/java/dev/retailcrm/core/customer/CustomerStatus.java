package dev.retailcrm.core.customer;

/** Where a customer stands. More states will come: a host must bear one it does not know. */
public enum CustomerStatus {
    /** She is served and may be addressed. */
    ACTIVE,
    /** Her data is kept and not processed: no audience, campaign, analysis or export passes her. */
    RESTRICTED,
    /** She turned out to be another customer, who has everything she had; her id answers with that one. */
    MERGED,
    /** Nothing personal of her is left, for ever; her ledgers and totals are. */
    ERASED
}
