package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.CouponChange;
import dev.retailcrm.assets.spi.CouponHolder;
import dev.retailcrm.assets.spi.CouponTake;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one command makes of a customer's coupons, while it decides. Not thread-safe. */
final class CouponDraft {
    private static final String ANSWER = "coupons#";

    private final TenantId tenant;
    private final CouponHolder holder;
    private final Posting posting;
    private final Instant at;
    private final Instant now;
    private final long room;
    private final List<Coupon> added = new ArrayList<>();
    private final List<Coupon> changed = new ArrayList<>();
    private final List<CouponEntry> entries = new ArrayList<>();
    private @Nullable CouponTake take;
    private @Nullable String codeHash;

    /**
     * A draft.
     *
     * @param at when it happened, as the command says
     * @param room how much is left of what is taken, as far as that is known
     */
    CouponDraft(TenantId tenant, CouponHolder holder, Posting posting, Instant at, Instant now, long room) {
        this.tenant = tenant;
        this.holder = holder;
        this.posting = posting;
        this.at = at;
        this.now = now;
        this.room = room;
    }

    CustomerId customer() {
        return holder.customer();
    }

    Posting posting() {
        return posting;
    }

    Instant at() {
        return at;
    }

    Instant now() {
        return now;
    }

    long room() {
        return room;
    }

    void add(Coupon coupon, CouponAct act, @Nullable CustomerId from) {
        added.add(coupon);
        note(coupon, act, from);
    }

    void change(Coupon coupon, CouponAct act, @Nullable CustomerId other) {
        changed.add(coupon);
        note(coupon, act, other);
    }

    void take(@Nullable CouponTake what) {
        take = what;
    }

    void useCode(String hash) {
        codeHash = hash;
    }

    private void note(Coupon coupon, CouponAct act, @Nullable CustomerId other) {
        entries.add(new CouponEntry(
                customer(),
                holder.lastSeq() + entries.size() + 1,
                coupon.id(),
                coupon.version(),
                coupon.template().template(),
                act,
                now,
                at,
                other,
                posting.reference(),
                posting.store(),
                posting.staff()));
    }

    /** The coupons as they are to be, in the order of the command. */
    List<Coupon> coupons() {
        List<Coupon> all = new ArrayList<>(added);
        all.addAll(changed);
        return all;
    }

    CouponChange change(long fingerprint) {
        var booked = new Booked(fingerprint, ANSWER + holder.lastSeq() + "#" + entries.size());
        return change(new CouponChange.Booking(posting.key(), booked));
    }

    CouponChange unkeyed() {
        return change(null);
    }

    private CouponChange change(CouponChange.@Nullable Booking booking) {
        return new CouponChange(tenant, customer(), added, changed, List.of(), entries, booking, take, codeHash);
    }

    /** Which entries an answer names: those behind a number, so many. */
    record Answer(long after, int entries) {
        static Answer of(Booked booked) {
            String text = booked.answer();
            int end = text.lastIndexOf('#');
            return new Answer(
                    Long.parseLong(text.substring(ANSWER.length(), end)), Integer.parseInt(text.substring(end + 1)));
        }

        static boolean isOne(Booked booked) {
            return booked.answer().startsWith(ANSWER);
        }
    }
}
