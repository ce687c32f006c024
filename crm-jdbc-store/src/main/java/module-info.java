/**
 * Stores on H2, PostgreSQL and MariaDB/MySQL. The scripts under {@code META-INF/crm/schema} need no {@code opens}: that is
 * no package name, so a module does not hide them.
 */
module dev.retailcrm.jdbc {
    requires transitive dev.retailcrm.assets;
    requires transitive dev.retailcrm.audience;
    requires transitive dev.retailcrm.core;
    requires transitive dev.retailcrm.tags;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires com.google.common;
    requires flyway.core;
    requires static jakarta.xml.bind;
    requires transitive java.sql;
    requires org.jooq;
    requires org.slf4j;

    exports dev.retailcrm.jdbc;
}
