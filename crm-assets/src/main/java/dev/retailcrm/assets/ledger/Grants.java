package dev.retailcrm.assets.ledger;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a grant does to an account. Stateless. */
final class Grants {
    private Grants() {}

    static long book(Draft draft, EntryType type, Grant grant) {
        requireRoom(draft, grant.amount() + grant.bonus());
        draft.begin(type);
        open(draft, grant);
        draft.end(0, false, null);
        long answer = draft.seq();
        draft.lapse();
        return answer;
    }

    static void requireRoom(Draft draft, long amount) {
        long room = draft.terms.cap() - draft.posted();
        if (amount > room) {
            throw AssetError.CAP_EXCEEDED.with(
                    Map.of("cap", draft.terms.cap(), "room", Math.max(0, room)),
                    "%d more, but only %d fit under the cap of %d",
                    amount,
                    Math.max(0, room),
                    draft.terms.cap());
        }
    }

    /** Opens the lots of a grant in the entry begun. */
    static void open(Draft draft, Grant grant) {
        Lot.Cost cost = grant.cost() == null
                ? null
                : new Lot.Cost(grant.cost().getCurrencyUnit(), grant.cost().getAmountMinorLong());
        open(draft, Part.PRINCIPAL, grant.amount(), grant.expiry(), grant.availableFrom(), cost);
        if (grant.bonus() > 0) {
            open(draft, Part.BONUS, grant.bonus(), grant.bonusExpiry(), grant.availableFrom(), null);
        }
    }

    private static void open(
            Draft draft,
            Part part,
            long amount,
            @Nullable Expiry own,
            @Nullable Instant availableFrom,
            Lot.@Nullable Cost cost) {
        Expiry expiry = own == null ? draft.terms.expiry() : own;
        Instant from = availableFrom == null ? draft.occurredAt() : availableFrom;
        Instant start = expiry.slideDays() > 0 ? draft.at : draft.occurredAt();
        Instant end = expiry.endFor(start, draft.terms.zone());
        draft.open(part, amount, from, end, expiry.slideDays(), cost);
    }
}
