package dev.retailcrm.core.customer;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Map;

/** A customer's status was changed. Data: {@code from}, {@code to}. Immutable. */
public record CustomerStatusChanged(CustomerId customer, CustomerStatus from, CustomerStatus to, Instant at)
        implements DomainEvent {
    @Override
    public String type() {
        return "customer.status-changed";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("from", from, "to", to);
    }
}
