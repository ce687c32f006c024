package dev.retailcrm.tck;

class InMemoryBatchTest extends BatchContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
