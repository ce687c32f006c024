package dev.retailcrm.tck;

class InMemoryStormTest extends StormContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
