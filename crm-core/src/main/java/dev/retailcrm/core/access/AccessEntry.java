package dev.retailcrm.core.access;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That somebody was shown personal data in clear. Immutable.
 *
 * @param no above zero, unique in the tenant; later ones are greater, but for those of one millisecond and of clocks that differ
 * @param customer whose data, by the id she had then
 * @param at cut to milliseconds
 * @param staff who was shown it
 * @param right by which right
 * @param purpose of the {@link Principal}; {@code null} if not said
 */
public record AccessEntry(
        long no,
        CustomerId customer,
        Instant at,
        StaffId staff,
        Right right,
        @Nullable String purpose) {
    /** Refuses missing parts. */
    public AccessEntry {
        Check.positive(no, "number");
        Check.present(customer, "customer");
        at = Check.present(at, "instant").truncatedTo(ChronoUnit.MILLIS);
        Check.present(staff, "staff");
        Check.present(right, "right");
    }

    /** The purpose; empty if not said. */
    public Optional<String> statedPurpose() {
        return Optional.ofNullable(purpose);
    }
}
