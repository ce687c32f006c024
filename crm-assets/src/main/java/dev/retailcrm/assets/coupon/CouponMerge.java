package dev.retailcrm.assets.coupon;

import com.google.common.base.Splitter;
import dev.retailcrm.assets.spi.CouponChange;
import dev.retailcrm.assets.spi.CouponHolder;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.MergeParticipant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Coupons of a merged customer become the survivor's, in whatever state, and count against what she may get. Taken apart, each has her own
 * again, with what became of them meanwhile. What one gave to the other before they were merged is one coupon then, and two again after.
 * Histories stay where they were written, and tell of the merge. Thread-safe.
 */
public final class CouponMerge implements MergeParticipant {
    private static final String NAME = "coupons";
    private static final int PAGE = 1_000;

    /** So many fit into a receipt. */
    private static final int MOST_GIVEN = 200;

    private final CouponStore store;
    private final CustomerStore customers;

    /**
     * On this store.
     *
     * @param customers tell who else is merged into a customer
     */
    public CouponMerge(CouponStore store, CustomerStore customers) {
        this.store = store;
        this.customers = customers;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lock(MergePair pair) {
        store.lockAll(pair.tenant(), pair.both());
    }

    @Override
    public MergePart preview(MergePair pair) {
        return part(kept(pair.tenant(), pair.merged()), List.of());
    }

    private static MergePart part(List<Coupon> moved, List<CouponId> given) {
        List<String> shown =
                given.stream().limit(MOST_GIVEN).map(CouponId::toString).toList();
        return new MergePart(NAME, Map.of("coupons", (long) moved.size()), List.of(), String.join(" ", shown));
    }

    @Override
    public MergePart merge(MergePair pair) {
        List<Coupon> theirs = kept(pair.tenant(), pair.merged());
        List<CouponId> ids = theirs.stream().map(Coupon::id).toList();
        Map<CouponId, Coupon> hers = ids.isEmpty() ? Map.of() : store.find(pair.tenant(), pair.survivor(), ids);
        List<Coupon> added = new ArrayList<>();
        List<Coupon> changed = new ArrayList<>();
        List<CouponId> given = new ArrayList<>();
        for (Coupon coupon : theirs) {
            Coupon before = hers.get(coupon.id());
            if (before == null) {
                added.add(coupon.of(pair.survivor()));
            } else {
                given.add(coupon.id());
                Coupon one = coupon.of(pair.survivor());
                changed.add(before.counts() ? one.got(before.origin()) : one);
            }
        }
        Map<CustomerId, CouponHolder> both = store.lockAll(pair.tenant(), pair.both());
        store.apply(CouponChange.moved(pair.tenant(), pair.merged(), List.of(), List.of(), ids)
                .telling(entries(pair, both.get(pair.merged()), theirs, CouponAct.MERGED)));
        store.apply(CouponChange.moved(pair.tenant(), pair.survivor(), added, changed, List.of())
                .telling(entries(pair, both.get(pair.survivor()), theirs, CouponAct.INHERITED)));
        return part(theirs, given);
    }

    private static List<CouponEntry> entries(
            MergePair pair, @Nullable CouponHolder holder, List<Coupon> coupons, CouponAct act) {
        if (holder == null) {
            throw CoreError.UNKNOWN_CUSTOMER.because("there is no such customer");
        }
        CustomerId other = act == CouponAct.MERGED ? pair.survivor() : pair.merged();
        List<CouponEntry> entries = new ArrayList<>();
        for (Coupon coupon : coupons) {
            entries.add(new CouponEntry(
                    holder.customer(),
                    holder.lastSeq() + entries.size() + 1,
                    coupon.id(),
                    coupon.version(),
                    coupon.template().template(),
                    act,
                    pair.at(),
                    pair.at(),
                    other,
                    null,
                    pair.actor().store(),
                    pair.actor().operator().orElse(null)));
        }
        return entries;
    }

    /** All that she has not given away. */
    private List<Coupon> kept(TenantId tenant, CustomerId customer) {
        List<Coupon> all = all(tenant, customer);
        all.removeIf(it -> it.state() == CouponState.TRANSFERRED);
        return all;
    }

    private List<Coupon> all(TenantId tenant, CustomerId customer) {
        List<Coupon> all = new ArrayList<>();
        List<Coupon> page = store.coupons(tenant, customer, false, null, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = store.coupons(
                    tenant, customer, false, page.get(page.size() - 1).id(), PAGE);
        }
        return all;
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged) {
        return List.of();
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart merged) {
        Set<CustomerId> homes = new HashSet<>();
        addAllOf(pair.tenant(), pair.merged(), homes);
        Set<CouponId> given = given(merged);
        List<Coupon> back = new ArrayList<>();
        List<Coupon> kept = new ArrayList<>();
        List<CouponId> gone = new ArrayList<>();
        for (Coupon coupon : all(pair.tenant(), pair.survivor())) {
            if (homes.contains(coupon.home())) {
                Coupon theirs = coupon.of(pair.merged());
                if (given.contains(coupon.id())) {
                    kept.add(givenAway(pair, coupon));
                    back.add(theirs.got(origin(pair.tenant(), coupon.home(), coupon)));
                } else {
                    gone.add(coupon.id());
                    back.add(theirs);
                }
            }
        }
        store.apply(CouponChange.moved(pair.tenant(), pair.survivor(), List.of(), kept, gone));
        store.apply(CouponChange.moved(pair.tenant(), pair.merged(), back, List.of(), List.of()));
        return List.of();
    }

    private static Set<CouponId> given(MergePart merged) {
        Set<CouponId> given = new HashSet<>();
        Splitter.on(' ').omitEmptyStrings().split(merged.receipt()).forEach(it -> given.add(CouponId.parse(it)));
        return given;
    }

    /** What the survivor had of a coupon that she had given to the other: what became of it under her tells. */
    private Coupon givenAway(MergePair pair, Coupon coupon) {
        CustomerId receiver = pair.merged();
        for (CouponEntry entry : store.entriesOf(pair.tenant(), pair.survivor(), coupon.id())) {
            if (entry.act() == CouponAct.TRANSFERRED && entry.other() != null) {
                receiver = entry.other();
            }
        }
        return coupon.of(pair.survivor()).keptBy(receiver, origin(pair.tenant(), pair.survivor(), coupon));
    }

    private CouponOrigin origin(TenantId tenant, CustomerId customer, Coupon coupon) {
        for (CouponEntry entry : store.entriesOf(tenant, customer, coupon.id())) {
            CouponOrigin got = entry.act().origin();
            if (got != null) {
                return got;
            }
        }
        return coupon.origin();
    }

    /** She, and all who are merged into her, over any number of merges. */
    private void addAllOf(TenantId tenant, CustomerId customer, Set<CustomerId> all) {
        if (all.add(customer)) {
            customers.mergedInto(tenant, customer).forEach(it -> addAllOf(tenant, it, all));
        }
    }
}
