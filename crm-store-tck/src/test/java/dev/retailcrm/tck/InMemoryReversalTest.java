package dev.retailcrm.tck;

class InMemoryReversalTest extends ReversalContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
