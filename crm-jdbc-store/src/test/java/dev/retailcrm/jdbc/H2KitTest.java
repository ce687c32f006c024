package dev.retailcrm.jdbc;

class H2KitTest extends KitTest {
    H2KitTest() {
        super(JdbcFixture.Kind.H2);
    }
}
