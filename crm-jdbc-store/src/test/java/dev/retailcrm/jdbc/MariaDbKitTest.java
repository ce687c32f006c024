package dev.retailcrm.jdbc;

class MariaDbKitTest extends KitTest {
    MariaDbKitTest() {
        super(JdbcFixture.Kind.MARIADB);
    }
}
