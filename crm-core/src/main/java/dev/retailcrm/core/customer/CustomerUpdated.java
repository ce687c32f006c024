package dev.retailcrm.core.customer;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Fields of a profile were changed. Data: {@code fields} (names, without values), {@code version}. Immutable.
 *
 * @param version the version of the record after the change
 */
public record CustomerUpdated(CustomerId customer, List<ProfileField> fields, long version, Instant at)
        implements DomainEvent {
    /** Copies the list. */
    public CustomerUpdated {
        fields = List.copyOf(fields);
    }

    @Override
    public String type() {
        return "customer.updated";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("fields", fields, "version", version);
    }
}
