package dev.retailcrm.tck;

import dev.retailcrm.assets.checkout.SettledOrder;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The orders in a customer's books, by number. Immutable. */
record CheckoutRows(SortedMap<String, SettledOrder> orders) {
    static final CheckoutRows NONE = new CheckoutRows(new TreeMap<>());

    CheckoutRows {
        orders = Collections.unmodifiableSortedMap(new TreeMap<>(orders));
    }

    CheckoutRows and(SettledOrder order) {
        SortedMap<String, SettledOrder> all = new TreeMap<>(orders);
        all.put(order.number(), order);
        return new CheckoutRows(all);
    }

    /** Without the first. */
    CheckoutRows without(int limit) {
        SortedMap<String, SettledOrder> rest = new TreeMap<>();
        orders.values().stream().skip(limit).forEach(it -> rest.put(it.number(), it));
        return new CheckoutRows(rest);
    }
}
