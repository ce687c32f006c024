package dev.retailcrm.tck;

class InMemoryRequestStoreTest extends RequestStoreContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
