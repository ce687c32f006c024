package dev.retailcrm.jdbc;

/** With smaller storms and fewer sequences: what they ask of the engine was asked on its plain tables. */
class PartitionedPostgresKitTest extends KitTest {
    PartitionedPostgresKitTest() {
        super(JdbcFixture.Kind.POSTGRESQL_PARTITIONED);
    }

    @Override
    protected int sequences() {
        return 10;
    }

    @Override
    protected int fights() {
        return 20;
    }

    @Override
    protected int transfers() {
        return 4_000;
    }
}
