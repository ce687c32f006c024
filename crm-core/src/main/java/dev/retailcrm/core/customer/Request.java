package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;

/**
 * Under which key and when a command is booked.
 *
 * @param at the clock's instant
 */
record Request(RequestKey key, long fingerprint, Instant at) {
    static Request of(RequestKey key, Fingerprint fingerprint, Instant at) {
        return new Request(Check.present(key, "request key"), fingerprint.value(), at);
    }

    Booked booked(long version) {
        return new Booked(fingerprint, "customer#" + version);
    }
}
