package dev.retailcrm.tck;

import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.earn.Earned;
import dev.retailcrm.assets.spi.EarnChange;
import dev.retailcrm.assets.spi.EarnStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What customers earned, in memory. Thread-safe. */
final class InMemoryEarnStore implements EarnStore {
    private final InMemoryDatabase database;

    InMemoryEarnStore(InMemoryDatabase database) {
        this.database = database;
    }

    private EarnRows rows(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? EarnRows.NONE
                : rows.other(database.unitOfWork().joined(), EarnRows.class).orElse(EarnRows.NONE);
    }

    @Override
    public List<CapUse> uses(TenantId tenant, CustomerId customer, Collection<String> periods) {
        return rows(tenant, customer).uses().values().stream()
                .flatMap(it -> it.values().stream())
                .filter(it -> periods.contains(it.period()))
                .toList();
    }

    @Override
    public long last(TenantId tenant, CustomerId customer) {
        EarnRows rows = rows(tenant, customer);
        return rows.earned().isEmpty() ? 0 : rows.earned().lastKey();
    }

    @Override
    public boolean apply(EarnChange change) {
        TenantId tenant = change.tenant();
        CustomerId customer = change.customer();
        CustomerRows hers = database.locked(tenant, customer);
        if (!hers.book(change.key(), change.booked())) {
            return false;
        }
        hers.put(rows(tenant, customer).and(customer, change.uses()));
        CustomerId home = change.earned().customer();
        if (!home.equals(customer)) {
            database.unitOfWork().required().lock(database.tenant(tenant).get(home));
        }
        database.locked(tenant, home).put(rows(tenant, home).and(change.earned()));
        return true;
    }

    @Override
    public Optional<Earned> find(TenantId tenant, CustomerId customer, long no) {
        return Optional.ofNullable(rows(tenant, customer).earned().get(no));
    }

    @Override
    public List<Earned> list(TenantId tenant, CustomerId customer, long after, int limit) {
        return rows(tenant, customer).earned().tailMap(after + 1).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public void adopt(TenantId tenant, CustomerId from, CustomerId to) {
        EarnRows all = rows(tenant, to);
        for (Map.Entry<CustomerId, Map<CapUse.Key, CapUse>> hers :
                rows(tenant, from).uses().entrySet()) {
            all = all.of(hers.getKey(), hers.getValue());
        }
        database.locked(tenant, to).put(all);
    }

    @Override
    public void disown(TenantId tenant, CustomerId from, CustomerId to) {
        EarnRows all = rows(tenant, to);
        for (CustomerId home : rows(tenant, from).uses().keySet()) {
            all = all.of(home, Map.of());
        }
        database.locked(tenant, to).put(all);
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        EarnRows before = rows(tenant, customer);
        EarnRows after = before.without(limit);
        if (before.size() > after.size()) {
            database.locked(tenant, customer).put(after);
        }
        return before.size() - after.size();
    }
}
