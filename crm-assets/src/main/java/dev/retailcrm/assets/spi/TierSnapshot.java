package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.tier.TierStanding;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer stands in all programs, as it was booked last. Immutable.
 *
 * @param mergedInto the customer she was merged into; {@code null} if she was not
 * @param lastSeq the number of the last entry of her history; 0 if there is none
 * @param standings by program
 */
public record TierSnapshot(
        CustomerId customer,
        CustomerStatus status,
        @Nullable CustomerId mergedInto,
        long lastSeq,
        SortedMap<String, TierStanding> standings) {
    /** Copies the map. */
    public TierSnapshot {
        Check.present(customer, "customer");
        Check.present(status, "status");
        standings = Collections.unmodifiableSortedMap(new TreeMap<>(standings));
    }

    /** Of whom nothing was booked. */
    public static TierSnapshot none(CustomerId customer, CustomerStatus status, @Nullable CustomerId mergedInto) {
        return new TierSnapshot(customer, status, mergedInto, 0, new TreeMap<>());
    }
}
