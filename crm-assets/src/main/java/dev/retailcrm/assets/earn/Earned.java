package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a customer was given for a purchase or an event, and why. Immutable.
 *
 * @param customer in whose books it is: of somebody who was merged, hers
 * @param no 1, 2, 3 … among what she earned
 * @param key under which it was earned
 * @param occasion the event; {@code null} for a purchase
 * @param at when it happened
 * @param store where; {@code null} if nowhere
 * @param reference the business document; {@code null} if none
 * @param outcome what each program gave, and what that used of caps
 * @param returned what was given back of each line, in the currency's smallest unit, by its number
 * @param releasedAt when it was released before its time; {@code null} if it was not
 */
public record Earned(
        CustomerId customer,
        long no,
        RequestKey key,
        @Nullable Occasion occasion,
        Instant at,
        @Nullable StoreId store,
        @Nullable String reference,
        EarnOutcome outcome,
        SortedMap<Integer, Long> returned,
        @Nullable Instant releasedAt) {
    /** Copies lists and maps. */
    public Earned {
        Check.present(customer, "customer");
        Check.positive(no, "number of an earning");
        Check.present(key, "request key");
        Check.present(at, "instant");
        Check.present(outcome, "outcome");
        returned = Collections.unmodifiableSortedMap(new TreeMap<>(returned));
    }

    /** What each program gave, also those that gave nothing, by key. */
    public List<ProgramEarning> programs() {
        return outcome.programs();
    }

    /** What all programs gave of an asset, before anything was given back. */
    public long points(Asset asset) {
        return programs().stream()
                .filter(it -> it.asset().equals(asset))
                .mapToLong(ProgramEarning::points)
                .sum();
    }

    Earned returning(SortedMap<Integer, Long> all) {
        return new Earned(customer, no, key, occasion, at, store, reference, outcome, all, releasedAt);
    }

    Earned released(Instant when) {
        return new Earned(customer, no, key, occasion, at, store, reference, outcome, returned, when);
    }

    /** Under which key the value that a program gave is booked in the ledger by now. */
    public RequestKey ledgerKey(ProgramEarning given) {
        boolean anew = releasedAt != null
                && given.availableFrom() != null
                && given.availableFrom().isAfter(releasedAt);
        return booking(anew ? "release" : "earn", given.program());
    }

    RequestKey booking(String act, String program) {
        return RequestKey.reserved(act + "/" + customer + "/" + no + "/" + program);
    }
}
