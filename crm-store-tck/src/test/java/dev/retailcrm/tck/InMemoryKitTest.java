package dev.retailcrm.tck;

class InMemoryKitTest extends CrmContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
