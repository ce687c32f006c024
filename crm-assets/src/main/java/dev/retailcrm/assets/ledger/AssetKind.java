package dev.retailcrm.assets.ledger;

/** What an account counts. */
public enum AssetKind {
    /** Loyalty points; the unit is the program's name. */
    POINTS("points"),
    /** Prepaid value; the unit is the currency's code, amounts are in its smallest unit. */
    STORED_VALUE("stored"),
    /** The value on one gift card; the unit is the currency's code, amounts are in its smallest unit. */
    GIFT_CARD("gift");

    private final String code;

    AssetKind(String code) {
        this.code = code;
    }

    /** The short code stored and shown, such as {@code points}. */
    public String code() {
        return code;
    }
}
