package dev.retailcrm.core.membership;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;

/**
 * A notice that was read and checked.
 *
 * @param now the clock's instant
 */
record MembershipRequest(Notice notice, long fingerprint, Instant now) {
    private static final String ANSWER = "membership#";

    Booked booked(long seq) {
        return new Booked(fingerprint, ANSWER + seq);
    }

    /** The number of the entry that was booked under this key; refuses other content. */
    long answer(Booked booked) {
        if (booked.fingerprint() != fingerprint || !booked.answer().startsWith(ANSWER)) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was used for other content");
        }
        return Long.parseLong(booked.answer().substring(ANSWER.length()));
    }
}
