package dev.retailcrm.tck;

/** Synchronisation of tags over stores in memory. */
class InMemorySyncTest extends TagSyncContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
