package dev.retailcrm.tck;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponBatch;
import dev.retailcrm.assets.coupon.CouponEntry;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponState;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.spi.CouponChange;
import dev.retailcrm.assets.spi.CouponHolder;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.CouponTake;
import dev.retailcrm.assets.spi.CouponTaken;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Coupons in memory. Thread-safe. */
final class InMemoryCouponStore implements CouponStore {
    private static final long IN_ALL = 0;

    private final InMemoryDatabase database;

    InMemoryCouponStore(InMemoryDatabase database) {
        this.database = database;
    }

    private CouponTemplateRows template(TenantId tenant, String key) {
        ValueRow<CouponTemplateRows> row =
                database.tenant(tenant).couponTemplates.get(key);
        return row == null ? CouponTemplateRows.NONE : value(row).orElse(CouponTemplateRows.NONE);
    }

    private <T> Optional<T> value(ValueRow<T> row) {
        return row.value(database.unitOfWork().joined());
    }

    private ValueRow<CouponTemplateRows> lockedTemplate(TenantId tenant, String key) {
        ValueRow<CouponTemplateRows> row =
                database.tenant(tenant).couponTemplates.computeIfAbsent(key, first -> new ValueRow<>());
        database.unitOfWork().required().lock(row);
        return row;
    }

    @Override
    public Optional<CouponTemplate> newest(TenantId tenant, String template) {
        return template(tenant, template).newest();
    }

    @Override
    public Map<CouponTemplate.Version, CouponTemplate> versions(
            TenantId tenant, Collection<CouponTemplate.Version> versions) {
        Map<CouponTemplate.Version, CouponTemplate> found = new HashMap<>();
        for (CouponTemplate.Version version : versions) {
            template(tenant, version.template()).versions().stream()
                    .filter(it -> it.id().equals(version))
                    .forEach(it -> found.put(version, it));
        }
        return found;
    }

    @Override
    public List<CouponTemplate> templates(TenantId tenant, @Nullable String after, int limit) {
        return database.tenant(tenant).couponTemplates.keySet().stream()
                .filter(key -> after == null || key.compareTo(after) > 0)
                .flatMap(key -> newest(tenant, key).stream())
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<CouponTemplate> lockTemplate(TenantId tenant, String template) {
        if (newest(tenant, template).isEmpty()) {
            return Optional.empty();
        }
        lockedTemplate(tenant, template);
        return newest(tenant, template);
    }

    @Override
    public Optional<Booked> booked(TenantId tenant, RequestKey key) {
        ValueRow<Booked> row = database.tenant(tenant).couponRequests.get(key);
        return row == null ? Optional.empty() : value(row);
    }

    private boolean book(TenantId tenant, RequestKey key, Booked booked) {
        ValueRow<Booked> row = database.tenant(tenant).couponRequests.computeIfAbsent(key, first -> new ValueRow<>());
        database.unitOfWork().required().lock(row);
        if (value(row).isPresent()) {
            return false;
        }
        row.put(booked);
        return true;
    }

    @Override
    public boolean define(TenantId tenant, CouponTemplate template, RequestKey key, Booked booked) {
        ValueRow<CouponTemplateRows> row = lockedTemplate(tenant, template.key());
        CouponTemplateRows before = template(tenant, template.key());
        if ((template.version() == 1 && before.newest().isPresent()) || !book(tenant, key, booked)) {
            return false;
        }
        row.put(before.and(template));
        return true;
    }

    @Override
    public CouponTaken taken(TenantId tenant, String template, @Nullable Long day) {
        CouponTemplateRows rows = template(tenant, template);
        return new CouponTaken(rows.taken(IN_ALL), day == null ? 0 : rows.taken(day));
    }

    /** How much is left if that is too little; empty if it was taken. */
    private Optional<Long> take(TenantId tenant, CouponTake take) {
        ValueRow<CouponTemplateRows> row = lockedTemplate(tenant, take.template());
        CouponTemplateRows before = template(tenant, take.template());
        Long day = take.day();
        long left = take.total() - before.taken(IN_ALL);
        if (day != null) {
            left = Math.min(left, take.perDay() - before.taken(day));
        }
        if (left < take.count()) {
            return Optional.of(Math.max(0, left));
        }
        CouponTemplateRows after = before.taking(IN_ALL, take.count());
        row.put(day == null ? after : after.taking(day, take.count()));
        return Optional.empty();
    }

    @Override
    public Applied open(TenantId tenant, CouponBatch batch, RequestKey key, Booked booked, CouponTake take) {
        if (booked(tenant, key).isPresent()) {
            return Applied.REPEATED;
        }
        Optional<Long> left = take(tenant, take);
        if (left.isPresent()) {
            return Applied.tooFew(left.get());
        }
        if (!book(tenant, key, booked)) {
            lockedTemplate(tenant, take.template())
                    .put(template(tenant, take.template()).taking(IN_ALL, -take.count()));
            return Applied.REPEATED;
        }
        ValueRow<CouponBatch> row =
                database.tenant(tenant).couponBatches.computeIfAbsent(batch.id(), first -> new ValueRow<>());
        database.unitOfWork().required().lock(row);
        row.put(batch);
        return Applied.WRITTEN;
    }

    @Override
    public Optional<CouponBatch> batch(TenantId tenant, CouponId batch) {
        ValueRow<CouponBatch> row = database.tenant(tenant).couponBatches.get(batch);
        return row == null ? Optional.empty() : value(row);
    }

    @Override
    public Optional<CouponBatch> lockBatch(TenantId tenant, CouponId batch) {
        ValueRow<CouponBatch> row = database.tenant(tenant).couponBatches.get(batch);
        if (row == null) {
            return Optional.empty();
        }
        database.unitOfWork().required().lock(row);
        return value(row);
    }

    @Override
    public void write(TenantId tenant, CouponBatch batch) {
        ValueRow<CouponBatch> row = database.tenant(tenant).couponBatches.get(batch.id());
        if (row == null || !row.isOwnedBy(database.unitOfWork().required())) {
            throw new IllegalStateException("the batch is not locked");
        }
        row.put(batch);
    }

    @Override
    public Set<String> known(TenantId tenant, Collection<String> hashes) {
        Set<String> known = new HashSet<>(hashes);
        known.removeIf(hash -> code(tenant, List.of(hash)).isEmpty());
        return known;
    }

    @Override
    public Set<String> addCodes(TenantId tenant, CouponId batch, Collection<String> hashes) {
        Set<String> there = new HashSet<>();
        for (String hash : new TreeSet<>(hashes)) {
            ValueRow<CodeRow> row =
                    database.tenant(tenant).couponCodes.computeIfAbsent(hash, first -> new ValueRow<>());
            if (value(row).isEmpty()) {
                database.unitOfWork().required().lock(row);
            }
            if (value(row).isPresent()) {
                there.add(hash);
            } else {
                row.put(new CodeRow(hash, batch, null, null));
            }
        }
        return there;
    }

    @Override
    public Optional<CodeRow> code(TenantId tenant, Collection<String> hashes) {
        return hashes.stream()
                .flatMap(hash ->
                        Optional.ofNullable(database.tenant(tenant).couponCodes.get(hash)).stream())
                .flatMap(row -> value(row).stream())
                .findFirst();
    }

    @Override
    public Optional<CodeRow> lockCode(TenantId tenant, String hash) {
        ValueRow<CodeRow> row = database.tenant(tenant).couponCodes.get(hash);
        if (row == null || value(row).isEmpty()) {
            return Optional.empty();
        }
        database.unitOfWork().required().lock(row);
        return value(row);
    }

    @Override
    public Map<CustomerId, CouponHolder> lockAll(TenantId tenant, Collection<CustomerId> customers) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        Map<CustomerId, CouponHolder> found = new TreeMap<>();
        for (CustomerId customer : new TreeSet<>(customers)) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null && rows.record(transaction).isPresent()) {
                transaction.lock(rows);
                rows.record(transaction)
                        .ifPresent(record -> found.put(
                                customer,
                                new CouponHolder(
                                        customer,
                                        record.status(),
                                        record.mergedInto(),
                                        hers(tenant, customer).lastSeq())));
            }
        }
        return found;
    }

    private CouponRows hers(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? CouponRows.NONE
                : rows.other(database.unitOfWork().joined(), CouponRows.class).orElse(CouponRows.NONE);
    }

    @Override
    public Map<CouponId, Coupon> find(TenantId tenant, CustomerId customer, Collection<CouponId> coupons) {
        Map<CouponId, Coupon> found = new TreeMap<>(hers(tenant, customer).coupons());
        found.keySet().retainAll(Set.copyOf(coupons));
        return found;
    }

    @Override
    public List<Coupon> coupons(
            TenantId tenant, CustomerId customer, boolean open, @Nullable CouponId after, int limit) {
        return hers(tenant, customer).coupons().values().stream()
                .filter(it -> after == null || it.id().compareTo(after) > 0)
                .filter(it -> !open || it.state() == CouponState.AVAILABLE || it.state() == CouponState.LOCKED)
                .limit(limit)
                .toList();
    }

    @Override
    public long obtained(TenantId tenant, CustomerId customer, String template) {
        return hers(tenant, customer).coupons().values().stream()
                .filter(it -> it.counts() && it.template().template().equals(template))
                .count();
    }

    @Override
    public Applied apply(CouponChange change) {
        CustomerRows rows = database.locked(change.tenant(), change.customer());
        CouponChange.Booking booking = change.booking();
        if (booking != null
                && rows.booked(database.unitOfWork().required(), booking.key()).isPresent()) {
            return Applied.REPEATED;
        }
        CouponTake take = change.take();
        Optional<Long> left = take == null ? Optional.empty() : take(change.tenant(), take);
        if (left.isPresent()) {
            return Applied.tooFew(left.get());
        }
        if (booking != null) {
            rows.book(booking.key(), booking.booked());
        }
        String hash = change.codeHash();
        if (hash != null) {
            ValueRow<CodeRow> row = database.tenant(change.tenant()).couponCodes.get(hash);
            if (row == null || !row.isOwnedBy(database.unitOfWork().required())) {
                throw new IllegalStateException("the code is not locked");
            }
            CouponId batch = value(row).orElseThrow().batch();
            row.put(new CodeRow(
                    hash, batch, change.customer(), change.added().get(0).id()));
        }
        rows.put(hers(change.tenant(), change.customer()).and(change));
        change.events().forEach(rows::tell);
        return Applied.WRITTEN;
    }

    @Override
    public List<CouponEntry> entries(TenantId tenant, CustomerId customer, long after, int limit) {
        return hers(tenant, customer).entries().stream()
                .filter(it -> it.seq() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public List<CouponEntry> entriesOf(TenantId tenant, CustomerId customer, CouponId coupon) {
        return hers(tenant, customer).entries().stream()
                .filter(it -> it.coupon().equals(coupon))
                .toList();
    }

    @Override
    public Map<CouponState, Long> counts(TenantId tenant, String template) {
        Map<CouponState, Long> counts = new EnumMap<>(CouponState.class);
        database.scan(() -> {
            for (CustomerRows rows : database.tenant(tenant).after(null)) {
                hers(tenant, rows.id).coupons().values().stream()
                        .filter(it -> it.template().template().equals(template))
                        .forEach(it -> counts.merge(it.state(), 1L, Long::sum));
            }
            return true;
        });
        return counts;
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        CustomerRows rows = database.locked(tenant, customer);
        CouponRows before = hers(tenant, customer);
        CouponRows after = before.without(limit);
        if (!after.equals(before)) {
            rows.put(after);
        }
        return before.size() - after.size();
    }

    @Override
    public Map<CustomerId, Instant> lastAt(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Instant> found = new HashMap<>();
        for (CustomerId customer : customers) {
            hers(tenant, customer).entries().stream()
                    .filter(it -> it.act().isHers())
                    .map(CouponEntry::at)
                    .max(Instant::compareTo)
                    .ifPresent(it -> found.put(customer, it));
        }
        return found;
    }
}
