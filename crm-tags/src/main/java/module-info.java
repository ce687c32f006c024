/** Tags that a retailer puts on customers. */
module dev.retailcrm.tags {
    requires transitive dev.retailcrm.core;
}
