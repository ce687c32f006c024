package dev.retailcrm.tck;

class InMemoryExpiryTest extends ExpiryContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
