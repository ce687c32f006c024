package dev.retailcrm.assets.benefit;

/** What keeps a customer from using a benefit that she has. */
public enum BenefitBlock {
    /** Its first day is to come. */
    NOT_YET,
    /** Its last day is over. */
    OVER,
    /** It is not good on this day. */
    BLOCKED_DAY,
    /** It is not good in this store, or none was named. */
    OTHER_STORE,
    /** Her date of birth is not known. */
    NO_BIRTH_DATE,
    /** Her birthday is not near. */
    NO_BIRTHDAY,
    /** She has used it as often as she may. */
    USED_UP
}
