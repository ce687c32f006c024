/** Customers, identities, trade and events, and the ports a host can implement. */
module dev.retailcrm.core {
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires com.github.f4b6a3.tsid;
    requires com.google.common;
    requires static transitive com.google.errorprone.annotations;
    requires com.google.i18n.phonenumbers.libphonenumber;
    requires transitive org.joda.money;
    requires static transitive org.jspecify;
    requires de.siegmar.fastcsv;
    requires org.slf4j;
    requires re2j;

    exports dev.retailcrm.core.kernel;
    exports dev.retailcrm.core.access;
    exports dev.retailcrm.core.behavior;
    exports dev.retailcrm.core.consent;
    exports dev.retailcrm.core.customer;
    exports dev.retailcrm.core.event;
    exports dev.retailcrm.core.field;
    exports dev.retailcrm.core.history;
    exports dev.retailcrm.core.imports;
    exports dev.retailcrm.core.privacy;
    exports dev.retailcrm.core.rule;
    exports dev.retailcrm.core.lifecycle;
    exports dev.retailcrm.core.membership;
    exports dev.retailcrm.core.merge;
    exports dev.retailcrm.core.ownership;
    exports dev.retailcrm.core.trade;
    exports dev.retailcrm.core.spi;
}
