package dev.retailcrm.core.lifecycle;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Map;

/**
 * A customer came to another stage: {@code lifecycle.changed}, at the instant it happened, whenever that was noticed. Data: {@code from} and
 * {@code to}. Immutable.
 */
public record StageChanged(CustomerId customer, LifecycleStage from, LifecycleStage to, Instant at)
        implements DomainEvent {
    @Override
    public String type() {
        return "lifecycle.changed";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("from", from, "to", to);
    }
}
