package dev.retailcrm.jdbc;

class PartitionedPostgresKitTest extends KitTest {
    PartitionedPostgresKitTest() {
        super(JdbcFixture.Kind.POSTGRESQL_PARTITIONED);
    }
}
