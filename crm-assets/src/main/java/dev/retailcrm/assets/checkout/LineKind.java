package dev.retailcrm.assets.checkout;

/** What a line of a basket is for. */
public enum LineKind {
    /** Goods and services: promotions apply, and they earn. */
    GOODS,
    /** Freight, packaging and other charges: shipping promotions apply, and they never earn. */
    FREIGHT,
    /** What no promotion applies to and what never earns: deposits, vouchers and gift cards sold, donations. */
    EXCLUDED
}
