package dev.retailcrm.tck;

import dev.retailcrm.assets.coupon.CouponTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The versions of a template, in memory, the first first, and how many were taken by day, in all by day 0. Immutable.
 */
record CouponTemplateRows(List<CouponTemplate> versions, Map<Long, Long> taken) {
    static final CouponTemplateRows NONE = new CouponTemplateRows(List.of(), Map.of());

    CouponTemplateRows {
        versions = List.copyOf(versions);
        taken = Map.copyOf(taken);
    }

    Optional<CouponTemplate> newest() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    long taken(long day) {
        return taken.getOrDefault(day, 0L);
    }

    CouponTemplateRows and(CouponTemplate version) {
        List<CouponTemplate> all = new ArrayList<>(versions);
        all.add(version);
        return new CouponTemplateRows(all, taken);
    }

    CouponTemplateRows taking(long day, long count) {
        Map<Long, Long> more = new TreeMap<>(taken);
        more.merge(day, count, Long::sum);
        return new CouponTemplateRows(versions, more);
    }
}
