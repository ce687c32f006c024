package dev.retailcrm.core.customer;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Map;

/** An identity was verified to be the customer's. Data: {@code kind}, {@code system} and {@code method}, never the value. Immutable. */
public record IdentityVerified(
        CustomerId customer, IdentityKind kind, String system, VerificationMethod method, Instant at)
        implements DomainEvent {
    @Override
    public String type() {
        return "customer.identity-verified";
    }

    @Override
    public Map<String, Object> data() {
        return system.isEmpty()
                ? Map.of("kind", kind, "method", method)
                : Map.of("kind", kind, "system", system, "method", method);
    }
}
