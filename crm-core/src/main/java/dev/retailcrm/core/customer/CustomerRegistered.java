package dev.retailcrm.core.customer;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody became a customer. Data: {@code joined} (instant), {@code store} and {@code staff} if known, {@code identities} (kinds).
 * Immutable.
 */
public record CustomerRegistered(CustomerId customer, Joining joining, List<IdentityKind> identities, Instant at)
        implements DomainEvent {
    /** Copies the list. */
    public CustomerRegistered {
        identities = List.copyOf(identities);
    }

    @Override
    public String type() {
        return "customer.registered";
    }

    @Override
    public Map<String, Object> data() {
        Map<String, Object> data = new HashMap<>();
        data.put("joined", joining.at());
        data.put("identities", identities);
        joining.joinedAt().ifPresent(store -> data.put("store", store.value()));
        joining.registeredBy().ifPresent(staff -> data.put("staff", staff.value()));
        return data;
    }
}
