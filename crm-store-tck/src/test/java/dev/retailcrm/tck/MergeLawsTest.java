package dev.retailcrm.tck;

/** The laws of merges over more sequences than a database has time for. */
class MergeLawsTest extends MergeLawsContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }

    @Override
    protected int sequences() {
        return 500;
    }
}
