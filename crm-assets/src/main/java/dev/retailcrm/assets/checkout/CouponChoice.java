package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponStacking;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.CouponWorth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which coupons together, and in which order, take off most; among those that take off as much, the fewest. All orders of all combinations that
 * the stacking of their templates allows are looked at, so that nothing beats it, until {@value #MOST_LOOKS} were; then the best so far
 * stands, at least as good as always taking next what takes off most. Coupons of one version of a template are alike: those that expire soonest go first. Pure; for one basket.
 */
final class CouponChoice {
    /** How often a coupon is tried on a basket: more than six coupons in all orders need. */
    static final int MOST_LOOKS = 4_000;

    /** How many kinds of coupons are looked at, those that take off most by themselves. */
    static final int MOST_KINDS = 40;

    /** A coupon that could be used, and its template. */
    record Candidate(Coupon coupon, CouponTemplate template) {}

    /** A coupon that is used, and what it takes off after those before. */
    record Used(Candidate candidate, CouponWorth worth) {}

    private final Deque<Used> used = new ArrayDeque<>();
    private List<Used> best = List.of();
    private long bestOff;
    private int looks;

    /** Coupons of one version of a template, and how many of them are used. */
    private static final class Kind {
        private final List<Candidate> coupons;
        private final long alone;
        private int taken;

        Kind(List<Candidate> alike, Basket basket) {
            coupons = alike.stream()
                    .sorted(Comparator.comparing((Candidate it) -> it.coupon().expiresAt())
                            .thenComparing(it -> it.coupon().id()))
                    .toList();
            alone = template().worth(basket).total().getAmountMinorLong();
        }

        CouponTemplate template() {
            return coupons.get(0).template();
        }
    }

    private CouponChoice() {}

    /** What was chosen. */
    record Chosen(List<Used> used, Basket basket, boolean exhaustive) {}

    static Chosen of(Basket basket, Collection<Candidate> candidates) {
        Map<CouponTemplate.Version, List<Candidate>> alike = new LinkedHashMap<>();
        candidates.forEach(it -> alike.computeIfAbsent(it.template().id(), first -> new ArrayList<>())
                .add(it));
        List<Kind> kinds = new ArrayList<>();
        alike.values().forEach(it -> kinds.add(new Kind(it, basket)));
        kinds.sort(Comparator.comparingLong((Kind it) -> -it.alone)
                .thenComparing(it -> it.template().key())
                .thenComparing(it -> it.template().version()));
        boolean few = kinds.size() <= MOST_KINDS;
        List<Kind> most = few ? kinds : kinds.subList(0, MOST_KINDS);
        CouponChoice choice = new CouponChoice();
        choice.greedy(basket, most);
        boolean all = choice.search(basket, most, 0) && few;
        Basket reduced = basket;
        for (Used one : choice.best) {
            reduced = one.worth().takenOff(reduced, one.candidate().template().key());
        }
        return new Chosen(choice.best, reduced, all);
    }

    /** Takes next what takes off most, as long as something does. */
    private void greedy(Basket basket, List<Kind> kinds) {
        Basket left = basket;
        long off = 0;
        while (true) {
            Kind next = null;
            CouponWorth most = null;
            for (Kind kind : kinds) {
                if (kind.taken < kind.coupons.size() && isLegalWith(kind.template())) {
                    CouponWorth worth = kind.template().worth(left);
                    if (worth.isSomething() && (most == null || worth.total().isGreaterThan(most.total()))) {
                        next = kind;
                        most = worth;
                    }
                }
            }
            if (next == null || most == null) {
                break;
            }
            used.addLast(new Used(next.coupons.get(next.taken++), most));
            off += most.total().getAmountMinorLong();
            left = most.takenOff(left, next.template().key());
        }
        bestOff = off;
        best = List.copyOf(used);
        used.clear();
        kinds.forEach(it -> it.taken = 0);
    }

    /** Whether all was looked at. */
    private boolean search(Basket basket, List<Kind> kinds, long off) {
        if (off > bestOff || (off == bestOff && used.size() < best.size())) {
            bestOff = off;
            best = List.copyOf(used);
        }
        boolean all = true;
        for (Kind kind : kinds) {
            if (kind.taken == kind.coupons.size() || !isLegalWith(kind.template())) {
                continue;
            }
            if (looks == MOST_LOOKS) {
                return false;
            }
            looks++;
            CouponWorth worth = kind.template().worth(basket);
            if (worth.isSomething()) {
                used.addLast(new Used(kind.coupons.get(kind.taken), worth));
                kind.taken++;
                Basket next = worth.takenOff(basket, kind.template().key());
                all &= search(next, kinds, off + worth.total().getAmountMinorLong());
                kind.taken--;
                used.removeLast();
            }
        }
        return all;
    }

    /** With fewer coupons a legal combination stays legal, so nothing is missed by going on from legal ones only. */
    private boolean isLegalWith(CouponTemplate more) {
        List<CouponTemplate> together = new ArrayList<>();
        used.forEach(it -> together.add(it.candidate().template()));
        together.add(more);
        return CouponStacking.areCombinable(together);
    }
}
