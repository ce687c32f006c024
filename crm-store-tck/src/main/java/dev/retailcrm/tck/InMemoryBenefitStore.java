package dev.retailcrm.tck;

import dev.retailcrm.assets.benefit.BenefitEntry;
import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.benefit.UsePeriod.Span;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.redeem.Redemption;
import dev.retailcrm.assets.spi.BenefitChange;
import dev.retailcrm.assets.spi.BenefitHolder;
import dev.retailcrm.assets.spi.BenefitRow;
import dev.retailcrm.assets.spi.BenefitStore;
import dev.retailcrm.assets.spi.BenefitTake;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Benefits, cards and redemptions in memory. Thread-safe. */
final class InMemoryBenefitStore implements BenefitStore {
    private final InMemoryDatabase database;

    InMemoryBenefitStore(InMemoryDatabase database) {
        this.database = database;
    }

    private BenefitRows hers(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? BenefitRows.NONE
                : rows.other(database.unitOfWork().joined(), BenefitRows.class).orElse(BenefitRows.NONE);
    }

    @Override
    public Map<CustomerId, BenefitHolder> lock(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, BenefitHolder> found = new HashMap<>();
        for (CustomerId customer : new TreeSet<>(customers)) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null) {
                database.unitOfWork().required().lock(rows);
                List<BenefitEntry> entries = hers(tenant, customer).entries();
                long last =
                        entries.isEmpty() ? 0 : entries.get(entries.size() - 1).seq();
                rows.record(database.unitOfWork().joined())
                        .ifPresent(it ->
                                found.put(customer, new BenefitHolder(customer, it.status(), it.mergedInto(), last)));
            }
        }
        return found;
    }

    private <T extends BenefitRow> Stream<T> all(TenantId tenant, CustomerId customer, Class<T> type) {
        return hers(tenant, customer).rows().values().stream()
                .filter(type::isInstance)
                .map(type::cast);
    }

    @Override
    public <T extends BenefitRow> List<T> list(
            TenantId tenant, CustomerId customer, Class<T> type, @Nullable BenefitId after, int limit) {
        return all(tenant, customer, type)
                .filter(it -> after == null || it.id().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public <T extends BenefitRow> Optional<T> find(TenantId tenant, CustomerId customer, Class<T> type, BenefitId id) {
        return all(tenant, customer, type).filter(it -> it.id().equals(id)).findFirst();
    }

    @Override
    public long used(TenantId tenant, CustomerId customer, RedeemItem item, Span span) {
        return all(tenant, customer, Redemption.class)
                .filter(it -> it.item().equals(item))
                .filter(it -> !it.at().isBefore(span.from()) && it.at().isBefore(span.to()))
                .mapToLong(Redemption::left)
                .sum();
    }

    @Override
    public boolean isPassUsed(TenantId tenant, CustomerId customer, RedeemItem item, String pass) {
        return all(tenant, customer, Redemption.class).anyMatch(it -> it.item().equals(item) && pass.equals(it.pass()));
    }

    @Override
    public Outcome apply(BenefitChange change) {
        CustomerRows rows = database.locked(change.tenant(), change.customer());
        if (rows.booked(database.unitOfWork().required(), change.key()).isPresent()) {
            return Outcome.REPEATED;
        }
        BenefitTake take = change.take();
        if (take != null && !take(change.tenant(), take)) {
            return Outcome.TOO_FEW;
        }
        rows.book(change.key(), change.booked());
        BenefitRows after = hers(change.tenant(), change.customer()).and(List.of(change.row()));
        List<BenefitEntry> entries = new ArrayList<>(after.entries());
        entries.add(change.entry());
        rows.put(new BenefitRows(after.rows(), entries));
        change.events().forEach(rows::tell);
        return Outcome.WRITTEN;
    }

    private boolean take(TenantId tenant, BenefitTake take) {
        ValueRow<Long> row =
                database.tenant(tenant).exchangesTaken.computeIfAbsent(take.offer(), first -> new ValueRow<>());
        database.unitOfWork().required().lock(row);
        long after = row.value(database.unitOfWork().joined()).orElse(0L) + take.count();
        if (after < 0 || (take.count() > 0 && after > take.most())) {
            return false;
        }
        row.put(after);
        return true;
    }

    @Override
    public List<BenefitEntry> entries(TenantId tenant, CustomerId customer, long after, int limit) {
        return hers(tenant, customer).entries().stream()
                .filter(it -> it.seq() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public long taken(TenantId tenant, String offer) {
        ValueRow<Long> row = database.tenant(tenant).exchangesTaken.get(offer);
        return row == null ? 0 : row.value(database.unitOfWork().joined()).orElse(0L);
    }

    @Override
    public void adopt(TenantId tenant, CustomerId from, CustomerId to) {
        move(tenant, from, to, List.copyOf(hers(tenant, from).rows().values()));
    }

    @Override
    public void disown(TenantId tenant, CustomerId from, CustomerId to, Collection<CustomerId> homes) {
        List<BenefitRow> theirs = hers(tenant, to).rows().values().stream()
                .filter(it -> homes.contains(it.home()))
                .toList();
        move(tenant, to, from, theirs);
    }

    private void move(TenantId tenant, CustomerId from, CustomerId to, List<BenefitRow> these) {
        if (these.isEmpty()) {
            return;
        }
        database.locked(tenant, from).put(hers(tenant, from).without(these));
        database.locked(tenant, to)
                .put(hers(tenant, to).and(these.stream().map(it -> it.of(to)).toList()));
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        BenefitRows before = hers(tenant, customer);
        List<BenefitRow> gone = before.rows().values().stream().limit(limit).toList();
        int entries = Math.min(limit - gone.size(), before.entries().size());
        if (!gone.isEmpty() || entries > 0) {
            database.locked(tenant, customer)
                    .put(new BenefitRows(
                            before.without(gone).rows(),
                            before.entries().subList(entries, before.entries().size())));
        }
        return gone.size() + entries;
    }

    @Override
    public Map<CustomerId, Instant> lastAt(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Instant> found = new HashMap<>();
        for (CustomerId customer : customers) {
            all(tenant, customer, Redemption.class)
                    .map(Redemption::at)
                    .max(Instant::compareTo)
                    .ifPresent(it -> found.put(customer, it));
        }
        return found;
    }
}
