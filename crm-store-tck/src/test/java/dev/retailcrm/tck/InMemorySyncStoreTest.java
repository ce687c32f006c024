package dev.retailcrm.tck;

class InMemorySyncStoreTest extends SyncStoreContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
