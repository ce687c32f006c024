package dev.retailcrm.tck;

class InMemoryGiftCardsTest extends GiftCardsContract {
    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }
}
