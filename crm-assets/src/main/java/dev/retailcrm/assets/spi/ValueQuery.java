package dev.retailcrm.assets.spi;

import com.google.common.collect.Sets;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A question for sums of what entries did to lots. Immutable.
 *
 * @param from only entries booked then or later
 * @param to only entries booked before
 * @param at when lots are looked at for {@link ValueDimension#LAPSED}
 * @param by what sums are told apart by
 * @param months the beginnings of months, ascending: an instant is in the month whose number is that of the beginnings not after it
 */
public record ValueQuery(
        TenantId tenant,
        Asset asset,
        Instant from,
        Instant to,
        Instant at,
        Set<ValueDimension> by,
        List<Instant> months) {
    /** Copies set and list. */
    public ValueQuery {
        by = Sets.immutableEnumSet(by);
        months = List.copyOf(months);
    }

    /** Whether sums are told apart by this. */
    public boolean asks(ValueDimension dimension) {
        return by.contains(dimension);
    }

    /** The number of the month of an instant. */
    public int month(Instant instant) {
        int found = Collections.binarySearch(months, instant);
        return found < 0 ? -found - 1 : found + 1;
    }
}
