/** Contracts of the ports, for integrators to run against their own stores, and in-memory stores. */
module dev.retailcrm.tck {
    requires transitive dev.retailcrm.assets;
    requires transitive dev.retailcrm.audience;
    requires transitive dev.retailcrm.core;
    requires transitive dev.retailcrm.tags;
    requires transitive net.jqwik.api;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;

    exports dev.retailcrm.tck;
}
