package dev.retailcrm.core.merge;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * Two customers who become one, or two again. Immutable.
 *
 * @param survivor the one who stays
 * @param merged the one who is merged into her
 * @param strategy which value each field gets; the standard one when they are taken apart
 * @param key of the command
 * @param at the clock's instant, in milliseconds
 * @param actor who does it
 */
public record MergePair(
        TenantId tenant,
        CustomerId survivor,
        CustomerId merged,
        MergeStrategy strategy,
        RequestKey key,
        Instant at,
        Actor actor) {
    /** Both in the order in which they are locked. */
    public List<CustomerId> both() {
        return survivor.compareTo(merged) < 0 ? List.of(survivor, merged) : List.of(merged, survivor);
    }
}
