/** Audiences, the operation plans that use them, and the channels that reach them. */
module dev.retailcrm.audience {
    requires com.fasterxml.jackson.databind;
    requires com.google.common;
    requires transitive dev.retailcrm.assets;
    requires transitive dev.retailcrm.core;
    requires transitive dev.retailcrm.tags;
    requires roaringbitmap;

    exports dev.retailcrm.audience;
    exports dev.retailcrm.audience.index;
    exports dev.retailcrm.audience.portrait;
    exports dev.retailcrm.audience.spi;
}
