package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;

/**
 * A declaration that was read and checked: under which key, from where and when a proof is recorded.
 *
 * @param recordedAt the clock's instant
 */
record ConsentRequest(RequestKey key, long fingerprint, Provenance provenance, Instant occurredAt, Instant recordedAt) {
    private static final String ANSWER = "consent#";

    static ConsentRequest of(Declaration declaration, Fingerprint content, Instants instants) {
        Declaration given = Check.present(declaration, "declaration");
        return new ConsentRequest(
                given.key(),
                given.provenance().addTo(content).value(),
                given.provenance(),
                instants.orNow(given.at()),
                instants.now());
    }

    Booked booked(long seq) {
        return new Booked(fingerprint, ANSWER + seq);
    }

    /** The number of the proof that was booked under this key; refuses other content. */
    long answer(Booked booked) {
        if (booked.fingerprint() != fingerprint || !booked.answer().startsWith(ANSWER)) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was used for other content");
        }
        return Long.parseLong(booked.answer().substring(ANSWER.length()));
    }
}
