/** Points, stored value and every other countable asset of a customer, on one ledger. */
module dev.retailcrm.assets {
    requires com.fasterxml.jackson.databind;
    requires com.google.common;
    requires transitive dev.retailcrm.core;

    exports dev.retailcrm.assets.benefit;
    exports dev.retailcrm.assets.card;
    exports dev.retailcrm.assets.checkout;
    exports dev.retailcrm.assets.code;
    exports dev.retailcrm.assets.coupon;
    exports dev.retailcrm.assets.earn;
    exports dev.retailcrm.assets.ledger;
    exports dev.retailcrm.assets.points;
    exports dev.retailcrm.assets.redeem;
    exports dev.retailcrm.assets.report;
    exports dev.retailcrm.assets.rule;
    exports dev.retailcrm.assets.spi;
    exports dev.retailcrm.assets.stored;
    exports dev.retailcrm.assets.tier;
}
