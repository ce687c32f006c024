package dev.retailcrm.tck;

class InMemoryOutboxStoreTest extends OutboxStoreContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
