package dev.retailcrm.core.customer;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Map;

/** A customer got an identity. Data: {@code kind} and {@code system}, never the value. Immutable. */
public record IdentityAdded(CustomerId customer, IdentityKind kind, String system, Instant at) implements DomainEvent {
    @Override
    public String type() {
        return "customer.identity-added";
    }

    @Override
    public Map<String, Object> data() {
        return system.isEmpty() ? Map.of("kind", kind) : Map.of("kind", kind, "system", system);
    }
}
