package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How somebody became a customer. Immutable.
 *
 * @param at when she joined, in milliseconds; may lie before the registration was booked
 * @param store where; {@code null} if not known
 * @param staff who registered her; {@code null} if nobody did
 */
public record Joining(
        Instant at, @Nullable StoreId store, @Nullable StaffId staff) {
    /** Refuses a missing instant. */
    public Joining {
        Check.present(at, "instant of joining");
    }

    /** Where she joined; empty if not known. */
    public Optional<StoreId> joinedAt() {
        return Optional.ofNullable(store);
    }

    /** Who registered her; empty if nobody did. */
    public Optional<StaffId> registeredBy() {
        return Optional.ofNullable(staff);
    }
}
