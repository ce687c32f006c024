package dev.retailcrm.tck;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Live audiences in memory, along 500 sequences of events. */
class LiveAudienceLawsTest extends LiveAudienceContract {
    private static final int EACH = 10;

    @Override
    protected CrmFixture fixture() {
        return new InMemoryFixture();
    }

    @RepeatedTest(50)
    void members_are_those_that_computing_would_give(RepetitionInfo run) {
        sequences(1_000L * run.getCurrentRepetition(), EACH);
    }
}
