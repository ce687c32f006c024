package dev.retailcrm.core.merge;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Map;

/**
 * A customer who had been merged into another is one of her own again; told of both. Data: {@code survivor}, {@code merged}. Immutable.
 *
 * @param customer of whom it is told
 */
public record CustomersUnmerged(CustomerId customer, CustomerId survivor, CustomerId merged, Instant at)
        implements DomainEvent {
    @Override
    public String type() {
        return "customer.unmerged";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("survivor", survivor.toString(), "merged", merged.toString());
    }
}
