package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.spi.CouponPorts;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Answers questions about coupons and what became of them. Thread-safe. */
final class CouponReads {
    /** The most customers over whom a coupon's history is followed. */
    private static final int MOST_CUSTOMERS = 100;

    private final TenantId tenant;
    private final CouponPorts ports;
    private final CouponBooks books;

    CouponReads(TenantId tenant, CouponPorts ports, CouponBooks books) {
        this.tenant = tenant;
        this.ports = ports;
        this.books = books;
    }

    Page<Coupon> of(CustomerId customer, PageRequest page) {
        long after = page.afterNumber(0);
        return ports.unitOfWork()
                .read(() -> Page.of(
                        ports.store()
                                .coupons(
                                        tenant,
                                        books.survivor(customer),
                                        false,
                                        after <= 0 ? null : CouponId.of(after),
                                        page.size() + 1),
                        page.size(),
                        last -> Long.toString(last.id().value())));
    }

    Optional<Coupon> find(CustomerId customer, CouponId coupon) {
        return ports.unitOfWork()
                .read(() -> Optional.ofNullable(ports.store()
                        .find(tenant, books.survivor(customer), List.of(coupon))
                        .get(coupon)));
    }

    Page<CouponEntry> history(CustomerId customer, PageRequest page) {
        long after = page.afterNumber(0);
        return ports.unitOfWork()
                .read(() -> Page.of(
                        ports.store().entries(tenant, customer, after, page.size() + 1),
                        page.size(),
                        last -> Long.toString(last.seq())));
    }

    List<CouponEntry> history(CustomerId customer, CouponId coupon) {
        List<CouponEntry> all = ports.unitOfWork().read(() -> entries(customer, coupon));
        if (all.isEmpty()) {
            throw AssetError.UNKNOWN_COUPON.with(
                    Map.of("coupon", coupon.toString()), "the customer has no coupon %s", coupon);
        }
        return all;
    }

    /** Of all who had it: whoever is named by what became of it under another, whoever she was merged into, and whose it was before. */
    private List<CouponEntry> entries(CustomerId customer, CouponId coupon) {
        Set<CustomerId> seen = new LinkedHashSet<>();
        Deque<CustomerId> open = new ArrayDeque<>(List.of(customer));
        List<CouponEntry> all = new ArrayList<>();
        while (!open.isEmpty() && seen.size() < MOST_CUSTOMERS) {
            CustomerId next = open.removeFirst();
            if (seen.add(next)) {
                List<CouponEntry> hers = ports.store().entriesOf(tenant, next, coupon);
                all.addAll(hers);
                hers.stream().flatMap(it -> Stream.ofNullable(it.other())).forEach(open::add);
                CustomerId survivor = books.survivor(next);
                open.add(survivor);
                Coupon row =
                        ports.store().find(tenant, survivor, List.of(coupon)).get(coupon);
                if (row != null) {
                    open.add(row.home());
                }
            }
        }
        all.sort(Comparator.comparingLong(CouponEntry::version)
                .thenComparing(CouponEntry::at)
                .thenComparing(it -> it.act() == CouponAct.RECEIVED || it.act() == CouponAct.INHERITED)
                .thenComparing(CouponEntry::act));
        return all;
    }
}
