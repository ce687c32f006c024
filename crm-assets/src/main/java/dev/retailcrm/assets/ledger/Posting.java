package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Under which key, when, where, by whom and for what a command is booked. Immutable; start from {@link #key(String)} and add what is
 * known.
 *
 * @param key names the business fact
 * @param at when it happened, at most 36 hours ahead of the clock; {@code null} for now. A past instant is kept as
 *     {@link Entry#occurredAt()}, while the ledger stays in the order of booking. Not part of the content a repeated key is compared by
 * @param store where it happened; {@code null} if nowhere
 * @param staff who did it; {@code null} if nobody
 * @param reference the business document, 1 to 64 characters; {@code null} if none
 */
public record Posting(
        RequestKey key,
        @Nullable Instant at,
        @Nullable StoreId store,
        @Nullable StaffId staff,
        @Nullable String reference) {
    /** Refuses a missing key and a reference of more than 64 characters. */
    public Posting {
        Check.present(key, "request key");
        if (reference != null) {
            Check.text(reference, 64, "reference");
        }
    }

    /** A posting under this key. */
    public static Posting key(String key) {
        return key(RequestKey.of(key));
    }

    /** A posting under this key. */
    public static Posting key(RequestKey key) {
        return new Posting(key, null, null, null, null);
    }

    /** The same at an instant. */
    public Posting at(Instant instant) {
        return new Posting(key, instant, store, staff, reference);
    }

    /** The same at a store. */
    public Posting in(StoreId where) {
        return new Posting(key, at, where, staff, reference);
    }

    /** The same by an operator. */
    public Posting by(StaffId who) {
        return new Posting(key, at, store, who, reference);
    }

    /** The same for a business document, such as an order number. */
    public Posting reference(String document) {
        return new Posting(key, at, store, staff, document);
    }

    /** Starts a command's fingerprint with all of this but the key and the instant. */
    public Fingerprint fingerprint(String command, Asset asset) {
        return Fingerprint.of(command)
                .and(asset.code())
                .and(store == null ? null : store.value())
                .and(staff == null ? null : staff.value())
                .and(reference);
    }
}
