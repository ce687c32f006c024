package dev.retailcrm.audience;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Map;

/**
 * A customer entered an audience ({@code audience.entered}) or left it ({@code audience.left}). Data: {@code audience}, {@code reason},
 * {@code version} of the definition. Each audience is a stream of its own, {@code aud-} and its number, in which a customer's first stay begins
 * with event 1 and ends with event 2. Immutable.
 */
public record AudienceChanged(
        CustomerId customer, String audience, boolean entered, StayReason reason, long version, Instant at)
        implements DomainEvent {
    /** The type of events of those who enter. */
    public static final String ENTERED = "audience.entered";

    /** The type of events of those who leave. */
    public static final String LEFT = "audience.left";

    @Override
    public String type() {
        return entered ? ENTERED : LEFT;
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("audience", audience, "reason", reason, "version", version);
    }

    /** The number of an event in its stream: of the beginning or the end of a stay. */
    public static long seq(long stay, boolean entered) {
        return entered ? 2 * stay - 1 : 2 * stay;
    }

    /** The event of a stay's beginning or, once it is over, of its end. */
    static EventEnvelope of(TenantId tenant, CustomerId customer, AudienceRule audience, AudienceStay stay) {
        AudienceStay.End end = stay.end();
        return end == null
                ? envelope(tenant, customer, audience, stay.number(), true, stay.reason(), stay.from())
                : envelope(tenant, customer, audience, stay.number(), false, end.reason(), end.at());
    }

    /** The event of the beginning or the end of a stay, for stores. */
    public static EventEnvelope envelope(
            TenantId tenant,
            CustomerId customer,
            AudienceRule audience,
            long stay,
            boolean entered,
            StayReason reason,
            Instant at) {
        return EventEnvelope.of(
                tenant,
                audience.stream(),
                seq(stay, entered),
                new AudienceChanged(customer, audience.key(), entered, reason, audience.version(), at));
    }
}
