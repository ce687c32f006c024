package dev.retailcrm.core.consent;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Something about a customer's consent was recorded: {@code consent.given}, {@code .denied}, {@code .withdrawn}, {@code .requested},
 * {@code .confirmed}, {@code .bounced}, {@code .bounce-lifted}, {@code .complained}. Data: {@code proof} (its number), {@code channel},
 * {@code oneAddress} (whether it is about one only, which is not shown), {@code occurredAt}, and {@code purpose} unless it is about the
 * address as such. What holds now is to be asked: what happened earlier may be recorded later. Immutable.
 */
public record ConsentChanged(CustomerId customer, ConsentProof proof) implements DomainEvent {
    @Override
    public String type() {
        return proof.act().eventType();
    }

    @Override
    public Instant at() {
        return proof.recordedAt();
    }

    @Override
    public Map<String, Object> data() {
        ConsentScope scope = proof.scope();
        Map<String, Object> data = new HashMap<>();
        data.put("proof", proof.seq());
        data.put("channel", scope.channel());
        data.put("oneAddress", scope.address() != null);
        data.put("occurredAt", proof.occurredAt());
        if (scope.purpose() != null) {
            data.put("purpose", scope.purpose().code());
        }
        return data;
    }
}
