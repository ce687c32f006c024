package dev.retailcrm.tck;

class InMemoryLedgerHistoryStoreTest extends LedgerHistoryStoreContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
