package dev.retailcrm.core.trade;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Map;

/**
 * A refund arrived. Data: {@code source} and {@code number} of its order, {@code refund}, {@code occurredAt}, {@code currency},
 * {@code amountMinor}, {@code units}, {@code pending}. That a pending one begins to count is told by the {@link OrderRecorded} of its
 * order. Immutable.
 *
 * @param refund the refund
 * @param pending whether it waits for its order
 */
public record OrderRefunded(Refund refund, boolean pending, Instant at) implements DomainEvent {
    @Override
    public CustomerId customer() {
        return refund.customer();
    }

    @Override
    public String type() {
        return "order.refunded";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of(
                "source", refund.order().source(),
                "number", refund.order().value(),
                "refund", refund.number(),
                "occurredAt", refund.occurredAt(),
                "currency", refund.amount().getCurrencyUnit().getCode(),
                "amountMinor", refund.amount().getAmountMinorLong(),
                "units", refund.units(),
                "pending", pending);
    }
}
