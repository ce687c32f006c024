package dev.retailcrm.tck;

class InMemoryAccountOwnersTest extends AccountOwnersContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
