package dev.retailcrm.tck;

import dev.retailcrm.assets.coupon.CouponBatch;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.DefinitionKind;
import dev.retailcrm.audience.AudienceSnapshot;
import dev.retailcrm.core.access.AccessEntry;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.VisitorFile;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.core.spi.RuleRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The rows of one tenant. Thread-safe. */
final class TenantRows {
    final TenantId id;
    final DefinitionRows fields = new DefinitionRows();
    final ConcurrentMap<LookupKey, LookupRow> lookups = new ConcurrentHashMap<>();

    /** The versions of each event type by its name, the first first. */
    final ConcurrentSkipListMap<String, ValueRow<List<BehaviorType>>> types = new ConcurrentSkipListMap<>();

    /** Visitors by their hashes. */
    final ConcurrentMap<String, ValueRow<VisitorFile>> visitors = new ConcurrentHashMap<>();

    /** Who was shown personal data, by number. */
    final ConcurrentSkipListMap<Long, ValueRow<AccessEntry>> accesses = new ConcurrentSkipListMap<>();

    /** Pairs of customers who may be one, by their ids. */
    final ConcurrentSkipListMap<String, ValueRow<ReviewRows>> reviews = new ConcurrentSkipListMap<>();

    /** What is defined of tags. */
    final ValueRow<TagDefinitionRows> tags = new ValueRow<>();

    /** Tags with a limit, by key: whoever fills one locks it. */
    final ConcurrentMap<String, ValueRow<Boolean>> tagLocks = new ConcurrentHashMap<>();

    /** Batches of tags by their ids. */
    final ConcurrentSkipListMap<String, ValueRow<TagBatchRows>> tagBatches = new ConcurrentSkipListMap<>();

    /** Which rules are to be asked about everybody, by what they are of and key. */
    final ConcurrentMap<InMemoryDueStore.Kind, ConcurrentMap<String, ValueRow<Optional<RuleRun>>>> ruleRuns =
            new ConcurrentHashMap<>();

    /** What is defined of audiences. */
    final ValueRow<AudienceDefinitionRows> audiences = new ValueRow<>();

    /** How far the members of audiences are computed, by key. */
    final ConcurrentSkipListMap<String, ValueRow<AudienceStateRows>> audienceStates = new ConcurrentSkipListMap<>();

    /** Snapshots of audiences by their keys. */
    final ValueRow<Map<String, AudienceSnapshot>> audienceSnapshots = new ValueRow<>();

    /** How far tags are synchronised, by channel. */
    final ConcurrentMap<String, ValueRow<SyncRows>> syncs = new ConcurrentHashMap<>();

    /** Templates of coupons, and what is counted of them, by key. */
    final ConcurrentSkipListMap<String, ValueRow<CouponTemplateRows>> couponTemplates = new ConcurrentSkipListMap<>();

    /** Request keys of templates and batches of codes. */
    final ConcurrentMap<RequestKey, ValueRow<Booked>> couponRequests = new ConcurrentHashMap<>();

    /** Batches of codes by their ids. */
    final ConcurrentMap<CouponId, ValueRow<CouponBatch>> couponBatches = new ConcurrentHashMap<>();

    /** Codes by their hashes. */
    final ConcurrentMap<String, ValueRow<CouponStore.CodeRow>> couponCodes = new ConcurrentHashMap<>();

    /** How many pieces of the stock of offers are taken, by key. */
    final ConcurrentMap<String, ValueRow<Long>> exchangesTaken = new ConcurrentHashMap<>();

    /** What is defined of assets, by kind. */
    final ConcurrentMap<DefinitionKind, ValueRow<AssetDefinitionRows>> definitions = new ConcurrentHashMap<>();

    /** Customers who may have events to be delivered. */
    final ConcurrentSkipListMap<CustomerId, CustomerRows> withEvents = new ConcurrentSkipListMap<>();

    private final ConcurrentMap<CustomerId, CustomerRows> customers = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<CustomerId, CustomerRows> sorted = new ConcurrentSkipListMap<>();

    TenantRows(TenantId id) {
        this.id = id;
    }

    /** The customer's rows, or {@code null} if nothing was ever written for her. */
    @Nullable
    CustomerRows find(CustomerId customer) {
        return customers.get(customer);
    }

    /** The customer's rows, empty ones if nothing was ever written for her. */
    CustomerRows get(CustomerId customer) {
        CustomerRows rows = customers.get(customer);
        return rows != null
                ? rows
                : customers.computeIfAbsent(customer, absent -> {
                    var made = new CustomerRows(this, absent);
                    sorted.put(absent, made);
                    return made;
                });
    }

    LookupRow lookup(LookupKey key) {
        LookupRow row = lookups.get(key);
        return row != null ? row : lookups.computeIfAbsent(key, absent -> new LookupRow());
    }

    /** All customers above the given one, ascending. */
    Iterable<CustomerRows> after(@Nullable CustomerId customer) {
        return (customer == null ? sorted : sorted.tailMap(customer, false)).values();
    }
}
