package dev.retailcrm.core.trade;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * An order arrived, or a later revision of one. Data: {@code source}, {@code number}, {@code revision}, {@code occurredAt},
 * {@code currency}, {@code amountMinor}, {@code units}, {@code lines}, {@code cancelled}, {@code refundedMinor},
 * {@code overRefunded}; {@code channel} and {@code store} if known. Immutable.
 *
 * @param order the order as it is kept, and what was refunded of it by then
 */
public record OrderRecorded(CustomerId customer, OrderSummary order, Instant at) implements DomainEvent {
    @Override
    public String type() {
        return "order.recorded";
    }

    @Override
    public Map<String, Object> data() {
        OrderHead head = order.order();
        Map<String, Object> data = new TreeMap<>();
        data.put("source", head.number().source());
        data.put("number", head.number().value());
        data.put("revision", head.revision());
        data.put("occurredAt", head.occurredAt());
        data.put("currency", head.currency().getCode());
        data.put("amountMinor", head.amount().getAmountMinorLong());
        data.put("units", head.units());
        data.put("lines", head.lines());
        data.put("cancelled", head.cancelled());
        data.put("refundedMinor", order.refunded().getAmountMinorLong());
        data.put("overRefunded", order.isOverRefunded());
        String channel = head.channel();
        if (channel != null) {
            data.put("channel", channel);
        }
        StoreId store = head.store();
        if (store != null) {
            data.put("store", store.value());
        }
        return data;
    }
}
