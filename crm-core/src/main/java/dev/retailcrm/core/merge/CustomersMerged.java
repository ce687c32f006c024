package dev.retailcrm.core.merge;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Map;

/**
 * A customer was merged into another; told of both. Data: {@code survivor}, {@code merged}. Immutable.
 *
 * @param customer of whom it is told
 */
public record CustomersMerged(CustomerId customer, CustomerId survivor, CustomerId merged, Instant at)
        implements DomainEvent {
    @Override
    public String type() {
        return "customer.merged";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("survivor", survivor.toString(), "merged", merged.toString());
    }
}
