package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.tags.spi.TagChange;

/** A request key and what was asked under it. */
record TagRequest(RequestKey key, long fingerprint) {
    private static final String ANSWER = "tags#";

    static TagRequest of(RequestKey key, Fingerprint content) {
        return new TagRequest(Check.present(key, "request key"), content.value());
    }

    /** The booking of an answer of so many entries behind the last. */
    TagChange.Booking booking(long lastSeq, int entries) {
        return new TagChange.Booking(key, new Booked(fingerprint, ANSWER + lastSeq + "+" + entries));
    }

    /** The entries that were answered. */
    record Answer(long after, int entries) {}

    /** What was answered under this key; refuses other content. */
    Answer answer(Booked booked) {
        String answer = booked.answer();
        if (booked.fingerprint() != fingerprint || !answer.startsWith(ANSWER)) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was used for other content");
        }
        int plus = answer.indexOf('+');
        return new Answer(
                Long.parseLong(answer.substring(ANSWER.length(), plus)), Integer.parseInt(answer.substring(plus + 1)));
    }
}
