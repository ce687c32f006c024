package dev.retailcrm.core.merge;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.ReviewStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes pairs that are not known, within a unit of work. */
final class Proposals {
    private final ReviewStore store;
    private final TenantId tenant;
    private final Actor actor;
    private final Instant at;

    Proposals(ReviewStore store, TenantId tenant, Actor actor, Instant at) {
        this.store = store;
        this.tenant = tenant;
        this.actor = actor;
        this.at = at;
    }

    /** How many are new. */
    int write(List<Proposed> pairs) {
        List<CustomerId> customers = Proposed.customers(pairs);
        if (customers.isEmpty()) {
            return 0;
        }
        Set<CustomerId> living = store.lockLiving(tenant, customers);
        Set<Set<CustomerId>> known = new HashSet<>();
        store.lock(tenant, customers).forEach(it -> {
            known.add(it.customers());
            known.add(Set.of(it.first(), it.second()));
        });
        List<Review> added = new ArrayList<>();
        List<ReviewEntry> entries = new ArrayList<>();
        for (Proposed pair : pairs) {
            if (living.contains(pair.lower())
                    && living.contains(pair.higher())
                    && known.add(Set.of(pair.lower(), pair.higher()))) {
                Review review = pair.open(at);
                added.add(review);
                entries.add(entry(review, ReviewAct.PROPOSED, actor, at));
            }
        }
        store.write(tenant, added, List.of(), entries);
        return added.size();
    }

    /** The last entry of a review. */
    static ReviewEntry entry(Review review, ReviewAct act, Actor actor, Instant at) {
        return new ReviewEntry(review.first(), review.second(), review.lastSeq(), act, actor, review.assignee(), at);
    }
}
