package dev.retailcrm.assets.spi;

/** Of what tenants keep definitions. The names are kept. */
public enum DefinitionKind {
    /** Earning programs. */
    EARNING,
    /** Tier programs. */
    TIER,
    /** Benefits. */
    BENEFIT,
    /** Products of cards. */
    CARD,
    /** Offers of goods for points. */
    EXCHANGE
}
