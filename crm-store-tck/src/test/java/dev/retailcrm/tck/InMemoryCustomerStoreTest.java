package dev.retailcrm.tck;

class InMemoryCustomerStoreTest extends CustomerStoreContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
