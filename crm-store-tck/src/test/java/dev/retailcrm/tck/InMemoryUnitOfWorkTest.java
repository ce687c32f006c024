package dev.retailcrm.tck;

class InMemoryUnitOfWorkTest extends UnitOfWorkContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
