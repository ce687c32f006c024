package dev.retailcrm.tck;

class InMemoryGiftCardUseTest extends GiftCardUseContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
