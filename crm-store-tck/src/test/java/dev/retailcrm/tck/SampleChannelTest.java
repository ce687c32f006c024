package dev.retailcrm.tck;

import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.spi.TagChannel;

class SampleChannelTest extends TagChannelContract {
    private final SampleChannel sample = new SampleChannel();
    private int customers;

    final SampleChannel sample() {
        return sample;
    }

    @Override
    protected TagChannel channel() {
        return sample;
    }

    @Override
    protected String newCustomer() {
        String ref = "c" + ++customers;
        sample.put(ref);
        return ref;
    }

    @Override
    protected void beBusyOnce() {
        fail(TagError.CHANNEL_BUSY);
    }

    @Override
    protected void breakOnce() {
        fail(TagError.CHANNEL_UNAVAILABLE);
    }

    private void fail(TagError how) {
        sample.beforeCall(() -> {
            sample.beforeCall(() -> {});
            throw how.because("as asked");
        });
    }
}
