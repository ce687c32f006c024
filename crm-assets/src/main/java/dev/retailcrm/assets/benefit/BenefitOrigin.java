package dev.retailcrm.assets.benefit;

/** Who decided on a grant. Names are kept. */
public enum BenefitOrigin {
    /** A campaign; its reference names it. */
    CAMPAIGN,
    /** Somebody, by hand. */
    HAND
}
