package dev.retailcrm.tck;

class InMemoryGiftCardStoreTest extends GiftCardStoreContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
