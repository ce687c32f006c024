package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.checkout.SettledOrder;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;

/**
 * The decision of one command about an order, and what is to be written with it. Immutable.
 *
 * @param customer whose record is locked; the keys are hers
 * @param order as it is to be; without refunds it is new, else one refund was added. Of a customer who was merged into this one it may be in the books
 *     of that one
 * @param keys to be booked, one or more, distinct
 * @param booked what is remembered under each
 * @param bookings what is booked with it
 */
public record CheckoutChange(
        TenantId tenant,
        CustomerId customer,
        SettledOrder order,
        List<RequestKey> keys,
        Booked booked,
        CheckoutBookings bookings) {
    /** Copies the list. */
    public CheckoutChange {
        keys = List.copyOf(keys);
    }

    /** A decision about an order alone. */
    public CheckoutChange(
            TenantId tenant, CustomerId customer, SettledOrder order, List<RequestKey> keys, Booked booked) {
        this(tenant, customer, order, keys, booked, CheckoutBookings.NONE);
    }

    /** Whether the order is new. */
    public boolean isNew() {
        return order.refunds().isEmpty();
    }
}
