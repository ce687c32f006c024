package dev.retailcrm.tck;

import dev.retailcrm.assets.checkout.SettledOrder;
import dev.retailcrm.assets.spi.CheckoutChange;
import dev.retailcrm.assets.spi.CheckoutNeeds;
import dev.retailcrm.assets.spi.CheckoutStanding;
import dev.retailcrm.assets.spi.CheckoutStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settled orders, in memory. Thread-safe. */
final class InMemoryCheckoutStore implements CheckoutStore {
    private final InMemoryDatabase database;

    InMemoryCheckoutStore(InMemoryDatabase database) {
        this.database = database;
    }

    private CheckoutRows rows(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? CheckoutRows.NONE
                : rows.other(database.unitOfWork().joined(), CheckoutRows.class).orElse(CheckoutRows.NONE);
    }

    @Override
    public Optional<SettledOrder> find(TenantId tenant, CustomerId customer, String number) {
        return Optional.ofNullable(rows(tenant, customer).orders().get(number));
    }

    @Override
    public boolean apply(CheckoutChange change) {
        TenantId tenant = change.tenant();
        CustomerRows hers = database.locked(tenant, change.customer());
        for (RequestKey key : change.keys()) {
            if (hers.isBooked(key)) {
                return false;
            }
        }
        change.keys().forEach(key -> hers.book(key, change.booked()));
        CustomerId home = change.order().customer();
        if (!home.equals(change.customer())) {
            database.unitOfWork().required().lock(database.tenant(tenant).get(home));
        }
        database.locked(tenant, home).put(rows(tenant, home).and(change.order()));
        change.bookings().to(database.coupons(), database.ledger(), database.earnings());
        return true;
    }

    @Override
    public CheckoutStanding lock(CheckoutNeeds needs) {
        return needs.of(database.coupons(), database.ledger(), database.earnings());
    }

    @Override
    public List<SettledOrder> list(TenantId tenant, CustomerId customer, @Nullable String after, int limit) {
        return rows(tenant, customer).orders().values().stream()
                .filter(it -> after == null || it.number().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        CheckoutRows before = rows(tenant, customer);
        CheckoutRows after = before.without(limit);
        int removed = before.orders().size() - after.orders().size();
        if (removed > 0) {
            database.locked(tenant, customer).put(after);
        }
        return removed;
    }
}
