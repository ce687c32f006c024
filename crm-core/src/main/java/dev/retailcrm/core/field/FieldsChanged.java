package dev.retailcrm.core.field;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Custom fields of a customer were changed. Data: {@code fields} (keys, without values), {@code version}. Immutable.
 *
 * @param version the version of the record after the change
 */
public record FieldsChanged(CustomerId customer, List<String> fields, long version, Instant at) implements DomainEvent {
    /** Copies the list. */
    public FieldsChanged {
        fields = List.copyOf(fields);
    }

    @Override
    public String type() {
        return "customer.fields-changed";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("fields", fields, "version", version);
    }
}
