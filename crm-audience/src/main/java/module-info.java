/** Audiences, the operation plans that use them, and the channels that reach them. */
module dev.retailcrm.audience {
    requires transitive dev.retailcrm.assets;
    requires transitive dev.retailcrm.core;
    requires transitive dev.retailcrm.tags;
}
