package dev.retailcrm.core.customer;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Map;

/** A customer lost an identity. Data: {@code kind} and {@code system}, never the value. Immutable. */
public record IdentityRemoved(CustomerId customer, IdentityKind kind, String system, Instant at)
        implements DomainEvent {
    @Override
    public String type() {
        return "customer.identity-removed";
    }

    @Override
    public Map<String, Object> data() {
        return system.isEmpty() ? Map.of("kind", kind) : Map.of("kind", kind, "system", system);
    }
}
