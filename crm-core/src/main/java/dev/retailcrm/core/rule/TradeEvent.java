package dev.retailcrm.core.rule;

import com.google.common.collect.ImmutableMap;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderHead;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.Refund;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What customers buy and give back, as events of rules, in the place of types of behaviour that are called the same. */
public enum TradeEvent {
    /** An order that is not cancelled: {@code amount units lines store channel}. */
    ORDER(ImmutableMap.of(
            "amount", FieldType.MONEY,
            "units", FieldType.DECIMAL,
            "lines", FieldType.LONG,
            "store", FieldType.TEXT,
            "channel", FieldType.TEXT)),
    /** A line of such an order: {@code sku category brand quantity amount store channel}. */
    PURCHASE(ImmutableMap.of(
            "sku", FieldType.TEXT,
            "category", FieldType.TEXT,
            "brand", FieldType.TEXT,
            "quantity", FieldType.DECIMAL,
            "amount", FieldType.MONEY,
            "store", FieldType.TEXT,
            "channel", FieldType.TEXT)),
    /** A refund, whether or not its order is known: {@code amount units}. */
    REFUND(ImmutableMap.of("amount", FieldType.MONEY, "units", FieldType.DECIMAL));

    private final ImmutableMap<String, FieldType> properties;

    TradeEvent(ImmutableMap<String, FieldType> properties) {
        this.properties = properties;
    }

    /** How rules call it: {@code order}, {@code purchase}, {@code refund}. */
    public String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The types of its properties, by name. */
    Map<String, FieldType> properties() {
        return properties;
    }

    /** The event that rules call so; empty if there is none. */
    public static Optional<TradeEvent> of(String type) {
        return Arrays.stream(values())
                .filter(event -> event.type().equals(type))
                .findFirst();
    }

    /** An order as an event. */
    public static EventFact of(OrderHead order) {
        Map<String, FieldValue> values = where(order.channel(), order.store());
        values.put("amount", FieldValue.money(order.amount()));
        values.put("units", FieldValue.decimal(order.units()));
        values.put("lines", FieldValue.number(order.lines()));
        return new EventFact(order.occurredAt(), values);
    }

    /** The lines of an order as events. */
    public static List<EventFact> lines(Order order) {
        return order.lines().stream().map(line -> of(order, line)).toList();
    }

    private static EventFact of(Order order, OrderLine line) {
        Map<String, FieldValue> values = where(order.channel(), order.store());
        values.put("sku", FieldValue.text(line.sku()));
        line.inCategory().ifPresent(category -> values.put("category", FieldValue.text(category)));
        line.ofBrand().ifPresent(brand -> values.put("brand", FieldValue.text(brand)));
        values.put("quantity", FieldValue.decimal(line.quantity()));
        values.put("amount", FieldValue.money(line.amount()));
        return new EventFact(order.occurredAt(), values);
    }

    /** A refund as an event. */
    public static EventFact of(Refund refund) {
        return new EventFact(
                refund.occurredAt(),
                Map.of("amount", FieldValue.money(refund.amount()), "units", FieldValue.decimal(refund.units())));
    }

    private static Map<String, FieldValue> where(@Nullable String channel, @Nullable StoreId store) {
        Map<String, FieldValue> values = new HashMap<>();
        if (channel != null) {
            values.put("channel", FieldValue.text(channel));
        }
        if (store != null) {
            values.put("store", FieldValue.text(store.value()));
        }
        return values;
    }
}
