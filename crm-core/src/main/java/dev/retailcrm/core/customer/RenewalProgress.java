package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.CustomerId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a renewal of personal data got. Immutable.
 *
 * @param customers customers looked at, 0 or more
 * @param renewed those of them whose data was stored anew, 0 or more
 * @param cursor where to go on; {@code null} if all are done
 */
public record RenewalProgress(
        int customers, int renewed, @Nullable CustomerId cursor) {
    /** Where to go on; empty if all are done. */
    public Optional<CustomerId> next() {
        return Optional.ofNullable(cursor);
    }
}
