package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.DueStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When customers are to be asked about again, because time alone will have changed an answer: one instant for each, which may be early and is never
 * late. Not thread-safe.
 */
public final class DueDates {
    private final Map<CustomerId, Optional<Instant>> next = new HashMap<>();

    /** Nobody was asked about. */
    public DueDates() {}

    /** Somebody was asked about, whose answers may change at an instant; {@code null} if by nothing that time does. */
    public void add(CustomerId customer, @Nullable Instant changesAt) {
        next.merge(customer, Optional.ofNullable(changesAt), DueDates::earlier);
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isBefore(one.get())) ? other : one;
    }

    /**
     * Keeps them of customers who are held. Of some rules the earliest instant counts, of all the only one; who was not asked about, as she is no
     * active customer, is due no more.
     *
     * @param whole whether all rules were asked
     */
    public void keep(DueStore store, TenantId tenant, Collection<CustomerId> customers, boolean whole) {
        Map<CustomerId, Instant> known = store.due(tenant, customers);
        Map<CustomerId, Instant> due = new HashMap<>();
        Set<CustomerId> over = new HashSet<>();
        for (CustomerId customer : customers) {
            boolean asked = next.containsKey(customer);
            Instant at = next.getOrDefault(customer, Optional.empty()).orElse(null);
            Instant before = known.get(customer);
            if (at != null && (before == null || at.isBefore(before) || (whole && !at.equals(before)))) {
                due.put(customer, at);
            } else if (at == null && before != null && (whole || !asked)) {
                over.add(customer);
            }
        }
        if (!due.isEmpty()) {
            store.schedule(tenant, due);
        }
        if (!over.isEmpty()) {
            store.unschedule(tenant, over);
        }
    }
}
