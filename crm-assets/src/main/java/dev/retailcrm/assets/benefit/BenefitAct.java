package dev.retailcrm.assets.benefit;

/** What became of a grant, a card or a redemption. Names are kept. */
public enum BenefitAct {
    /** A benefit was granted. */
    GRANTED("benefit.granted"),
    /** A grant was taken away. */
    REVOKED("benefit.revoked"),
    /** A card was issued. */
    ISSUED("card.issued"),
    /** A card was issued that goes on where another ends. */
    RENEWED("card.renewed"),
    /** A card was given back. */
    REFUNDED("card.refunded"),
    /** Something was used. */
    REDEEMED("redemption.redeemed"),
    /** A use was taken back, in whole or part. */
    REVERSED("redemption.reversed");

    private final String eventType;

    BenefitAct(String eventType) {
        this.eventType = eventType;
    }

    String eventType() {
        return eventType;
    }
}
