package dev.retailcrm.jdbc;

class PostgresKitTest extends KitTest {
    PostgresKitTest() {
        super(JdbcFixture.Kind.POSTGRESQL);
    }
}
