package dev.retailcrm.core.customer;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;

/**
 * Under which key, when and by whom a command is booked.
 *
 * @param at the clock's instant
 */
record Request(RequestKey key, long fingerprint, Instant at, Actor actor) {
    static Request of(RequestKey key, Fingerprint fingerprint, Instant at, Actor actor) {
        return new Request(Check.present(key, "request key"), fingerprint.value(), at, actor);
    }

    Booked booked(long version) {
        return new Booked(fingerprint, "customer#" + version);
    }
}
