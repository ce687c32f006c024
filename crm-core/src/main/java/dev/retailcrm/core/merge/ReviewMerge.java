package dev.retailcrm.core.merge;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.core.spi.ReviewStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reviews follow merges: those of the merged customer are the survivor's, those of the two are done. Taken apart, each has her own again,
 * and the two wait for a decision again unless it was that they are two. Thread-safe.
 */
public final class ReviewMerge implements MergeParticipant {
    private static final String NAME = "reviews";

    private final ReviewStore store;
    private final CustomerStore customers;

    /** On these stores. */
    public ReviewMerge(ReviewStore store, CustomerStore customers) {
        this.store = store;
        this.customers = customers;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lock(MergePair pair) {
        store.lock(pair.tenant(), pair.both());
    }

    @Override
    public MergePart preview(MergePair pair) {
        return part(store.of(pair.tenant(), List.of(pair.merged())).size());
    }

    @Override
    public MergePart merge(MergePair pair) {
        List<Review> reviews = store.lock(pair.tenant(), pair.both());
        List<Review> moved = reviews.stream()
                .map(it -> it.nowOf(
                        moved(it.one(), pair.merged(), pair.survivor()),
                        moved(it.two(), pair.merged(), pair.survivor())))
                .toList();
        write(pair, reviews, ReviewBoard.settle(moved), List.of());
        return part(reviews.stream()
                .filter(it -> it.customers().contains(pair.merged()))
                .count());
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged) {
        return List.of();
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart merged) {
        List<Review> reviews = store.lock(pair.tenant(), pair.both());
        Set<CustomerId> hers = new HashSet<>();
        addAllOf(pair.tenant(), pair.merged(), hers);
        List<ReviewEntry> entries = new ArrayList<>();
        List<Review> apart = new ArrayList<>();
        for (Review review : reviews) {
            Review now = review.nowOf(
                    hers.contains(review.first()) ? pair.merged() : review.one(),
                    hers.contains(review.second()) ? pair.merged() : review.two());
            if (now.decision() == ReviewDecision.SAME && !now.one().equals(now.two())) {
                now = now.decided(ReviewDecision.NONE, now.assignee());
                entries.add(new ReviewEntry(
                        now.first(),
                        now.second(),
                        now.lastSeq(),
                        ReviewAct.REOPENED,
                        pair.actor(),
                        now.assignee(),
                        pair.at()));
            }
            apart.add(now);
        }
        write(pair, reviews, ReviewBoard.settle(apart), entries);
        return List.of();
    }

    private void write(MergePair pair, List<Review> before, List<Review> after, List<ReviewEntry> entries) {
        List<Review> changed = after.stream().filter(it -> !before.contains(it)).toList();
        store.write(pair.tenant(), List.of(), changed, entries);
    }

    /** She, and all who are merged into her, over any number of merges. */
    private void addAllOf(TenantId tenant, CustomerId customer, Set<CustomerId> all) {
        if (all.add(customer)) {
            customers.mergedInto(tenant, customer).forEach(it -> addAllOf(tenant, it, all));
        }
    }

    private static CustomerId moved(CustomerId customer, CustomerId from, CustomerId to) {
        return customer.equals(from) ? to : customer;
    }

    private static MergePart part(long reviews) {
        return MergePart.of(NAME, Map.of("reviews", reviews), List.of());
    }
}
