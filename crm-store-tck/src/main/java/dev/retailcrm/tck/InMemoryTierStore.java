package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.spi.TierChange;
import dev.retailcrm.assets.spi.TierSnapshot;
import dev.retailcrm.assets.spi.TierStore;
import dev.retailcrm.assets.tier.TierEntry;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierPoint;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.Refund;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tiers in memory. Thread-safe. */
final class InMemoryTierStore implements TierStore {
    private static final Set<EntryType> EARNED =
            Set.of(EntryType.EARN, EntryType.ADJUST, EntryType.TAKE_BACK, EntryType.MERGE_IN, EntryType.MERGE_OUT);

    private final InMemoryDatabase database;

    InMemoryTierStore(InMemoryDatabase database) {
        this.database = database;
    }

    private TierRows rows(CustomerRows rows) {
        return rows.other(database.unitOfWork().joined(), TierRows.class).orElse(TierRows.NONE);
    }

    @Override
    public Map<CustomerId, TierSnapshot> lock(TenantId tenant, Collection<CustomerId> customers) {
        for (CustomerId customer : new TreeSet<>(customers)) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null) {
                database.unitOfWork().required().lock(rows);
            }
        }
        return find(tenant, customers);
    }

    @Override
    public Map<CustomerId, TierSnapshot> find(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, TierSnapshot> found = new HashMap<>();
        for (CustomerId customer : customers) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null) {
                rows.record(database.unitOfWork().joined()).ifPresent(record -> {
                    TierRows hers = rows(rows);
                    found.put(
                            customer,
                            new TierSnapshot(
                                    customer, record.status(), record.mergedInto(), hers.lastSeq(), hers.standings()));
                });
            }
        }
        return found;
    }

    @Override
    public boolean apply(List<TierChange> changes) {
        for (TierChange change : changes) {
            TierSnapshot after = change.after();
            CustomerRows rows = database.locked(change.tenant(), after.customer());
            TierChange.Booking booking = change.booking();
            if (booking != null && !rows.book(booking.key(), booking.booked())) {
                return false;
            }
            List<TierEntry> entries = new ArrayList<>(rows(rows).entries());
            entries.addAll(change.entries());
            rows.put(new TierRows(after.lastSeq(), after.standings(), List.copyOf(entries)));
            change.events().forEach(rows::tell);
        }
        return true;
    }

    @Override
    public List<TierEntry> entries(TenantId tenant, CustomerId customer, long after, int limit) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? List.of()
                : rows(rows).entries().stream()
                        .filter(it -> it.seq() > after)
                        .limit(limit)
                        .toList();
    }

    @Override
    public Map<CustomerId, List<TierPoint>> points(
            TenantId tenant, TierMeasure measure, Collection<CustomerId> customers, Instant from) {
        Map<CustomerId, List<TierPoint>> found = new HashMap<>();
        for (CustomerId customer : customers) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            List<TierPoint> points = rows == null ? List.of() : points(rows, measure);
            points = points.stream().filter(it -> !it.at().isBefore(from)).toList();
            if (!points.isEmpty()) {
                found.put(customer, points);
            }
        }
        return found;
    }

    private List<TierPoint> points(CustomerRows rows, TierMeasure measure) {
        if (measure.kind() == TierMeasure.Kind.EARNED) {
            List<Entry> entries = rows.look(
                    database.unitOfWork().joined(),
                    Asset.parse(measure.unit()),
                    List.of(),
                    account -> List.copyOf(account.entries()));
            return entries.stream()
                    .filter(it -> EARNED.contains(it.type()))
                    .map(it -> new TierPoint(it.at(), it.amount()))
                    .toList();
        }
        TradeRows trade =
                rows.other(database.unitOfWork().joined(), TradeRows.class).orElse(TradeRows.OPENED);
        List<TierPoint> points = new ArrayList<>();
        for (Order order : trade.orders().values()) {
            if (!order.cancelled() && order.currency().getCode().equals(measure.unit())) {
                boolean visits = measure.kind() == TierMeasure.Kind.VISITS;
                points.add(new TierPoint(
                        order.occurredAt(), visits ? 1 : order.amount().getAmountMinorLong()));
                for (Refund refund :
                        visits ? List.<Refund>of() : trade.file(order.number()).refunds()) {
                    if (refund.amount().getCurrencyUnit().equals(order.currency())) {
                        points.add(new TierPoint(
                                refund.occurredAt(), -refund.amount().getAmountMinorLong()));
                    }
                }
            }
        }
        return points;
    }

    @Override
    public List<CustomerId> customers(TenantId tenant, @Nullable CustomerId after, int limit) {
        List<CustomerId> all = new ArrayList<>();
        for (CustomerRows rows : database.tenant(tenant).after(after)) {
            boolean active = rows.record(database.unitOfWork().joined())
                    .filter(it -> it.status() == CustomerStatus.ACTIVE && it.mergedInto() == null)
                    .isPresent();
            if (active && all.size() < limit) {
                all.add(rows.id);
            }
        }
        return all;
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        CustomerRows rows = database.locked(tenant, customer);
        TierRows hers = rows(rows);
        int entries = Math.min(limit, hers.entries().size());
        boolean all = entries < limit && !hers.standings().isEmpty();
        if (entries > 0 || all) {
            rows.put(
                    all
                            ? TierRows.NONE
                            : new TierRows(
                                    hers.lastSeq(),
                                    hers.standings(),
                                    hers.entries()
                                            .subList(entries, hers.entries().size())));
        }
        return entries + (all ? 1 : 0);
    }
}
