package dev.retailcrm.tck;

class InMemoryLedgerTest extends LedgerContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
