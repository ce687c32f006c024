/** Tags that a retailer puts on customers. */
module dev.retailcrm.tags {
    requires com.fasterxml.jackson.databind;
    requires com.google.common;
    requires transitive dev.retailcrm.core;

    exports dev.retailcrm.tags;
    exports dev.retailcrm.tags.spi;
    exports dev.retailcrm.tags.sync;
}
