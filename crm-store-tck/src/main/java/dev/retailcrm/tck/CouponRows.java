package dev.retailcrm.tck;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponEntry;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.spi.CouponChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The coupons of one customer, in memory, and what became of them. Immutable. */
record CouponRows(Map<CouponId, Coupon> coupons, List<CouponEntry> entries) {
    static final CouponRows NONE = new CouponRows(Map.of(), List.of());

    CouponRows {
        coupons = Collections.unmodifiableMap(new TreeMap<>(coupons));
        entries = List.copyOf(entries);
    }

    CouponRows and(CouponChange change) {
        Map<CouponId, Coupon> now = new TreeMap<>(coupons);
        change.removed().forEach(now::remove);
        change.added().forEach(it -> now.put(it.id(), it));
        change.changed().forEach(it -> now.put(it.id(), it));
        List<CouponEntry> all = new ArrayList<>(entries);
        all.addAll(change.entries());
        return new CouponRows(now, all);
    }

    /** The same without so many of its rows, coupons first. */
    CouponRows without(int rows) {
        int gone = Math.min(rows, coupons.size());
        Map<CouponId, Coupon> left = new TreeMap<>(coupons);
        coupons.keySet().stream().limit(gone).forEach(left::remove);
        return new CouponRows(left, entries.subList(Math.min(rows - gone, entries.size()), entries.size()));
    }

    int size() {
        return coupons.size() + entries.size();
    }

    long lastSeq() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).seq();
    }
}
