package dev.retailcrm.tck;

class InMemoryLedgerLawsTest extends LedgerLawsContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
