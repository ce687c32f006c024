package dev.retailcrm.tck;

class InMemoryLedgerStoreTest extends LedgerStoreContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
