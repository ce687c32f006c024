package dev.retailcrm.tck;

class InMemoryHoldTest extends HoldContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
