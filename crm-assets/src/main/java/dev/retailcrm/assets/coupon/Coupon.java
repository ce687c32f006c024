package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A coupon of a customer. Its commands return what it becomes and write nothing. Immutable.
 *
 * @param id names it for ever, also when another customer gets it
 * @param customer who has it, or had it when it is {@link CouponState#TRANSFERRED}
 * @param template of which template and version it is
 * @param state the state it is kept in, see {@link #stateAt}
 * @param origin how she got it
 * @param validFrom the first instant at which it is good
 * @param expiresAt the first instant at which it is good no more
 * @param lockedUntil the first instant at which it is not reserved any more; {@code null} unless it is {@link CouponState#LOCKED}
 * @param reference for what it is locked or was redeemed, such as an order; {@code null} if it is neither
 * @param other to whom she gave it; {@code null} unless it is {@link CouponState#TRANSFERRED}
 * @param home whose it was before customers were merged; else hers
 * @param obtainedAt when she got it
 * @param version counts its changes, from 1
 */
public record Coupon(
        CouponId id,
        CustomerId customer,
        CouponTemplate.Version template,
        CouponState state,
        CouponOrigin origin,
        Instant validFrom,
        Instant expiresAt,
        @Nullable Instant lockedUntil,
        @Nullable String reference,
        @Nullable CustomerId other,
        CustomerId home,
        Instant obtainedAt,
        long version) {
    /** Refuses what does not fit together with {@link CoreError#INVALID_VALUE}. */
    public Coupon {
        Check.present(id, "coupon");
        Check.present(customer, "customer");
        Check.present(template, "template");
        Check.present(state, "state");
        Check.present(origin, "origin");
        Check.present(validFrom, "instant");
        Check.present(expiresAt, "instant");
        Check.present(home, "customer");
        Check.present(obtainedAt, "instant");
        Check.positive(version, "version");
        boolean kept = state != CouponState.PENDING && state != CouponState.EXPIRED;
        boolean used = state == CouponState.LOCKED || state == CouponState.REDEEMED;
        if (!kept
                || (lockedUntil != null) != (state == CouponState.LOCKED)
                || (reference != null && !used)
                || (other != null) != (state == CouponState.TRANSFERRED)) {
            throw CoreError.INVALID_VALUE.because("a coupon does not fit its state");
        }
    }

    /** What one is that she just got. */
    static Coupon obtained(
            CouponId id,
            CustomerId customer,
            CouponTemplate template,
            CouponOrigin origin,
            Instant at,
            Validity validity) {
        return new Coupon(
                id,
                customer,
                template.id(),
                CouponState.AVAILABLE,
                origin,
                validity.from(),
                validity.until(),
                null,
                null,
                null,
                customer,
                at,
                1);
    }

    /**
     * From when on a coupon is good.
     *
     * @param until the first instant at which it is not
     */
    record Validity(Instant from, Instant until) {}

    /**
     * Where it stands at an instant: as it is kept; but one whose lock has ended is available, and one that is available may be
     * {@link CouponState#PENDING} or {@link CouponState#EXPIRED}.
     */
    public CouponState stateAt(Instant at) {
        boolean lapsed = lockedUntil != null && !at.isBefore(lockedUntil);
        if (state != CouponState.AVAILABLE && !lapsed) {
            return state;
        }
        if (!at.isBefore(expiresAt)) {
            return CouponState.EXPIRED;
        }
        return at.isBefore(validFrom) ? CouponState.PENDING : CouponState.AVAILABLE;
    }

    /** Whether it counts against what one customer may get. */
    public boolean counts() {
        return origin != CouponOrigin.TRANSFER;
    }

    /** Reserves it; again for the same document, for longer or shorter. */
    Coupon lock(String document, Instant until, Instant now) {
        if (!isHeldFor(document, now)) {
            require(CouponState.AVAILABLE, now);
        }
        return in(CouponState.LOCKED, until, document);
    }

    /** Gives up what is reserved for a document, also when that has ended by time. */
    Coupon release(@Nullable String document) {
        if (state != CouponState.LOCKED || (document != null && !document.equals(reference))) {
            throw refused(state);
        }
        return in(CouponState.AVAILABLE, null, null);
    }

    /**
     * Uses it. One that is reserved for the same document need not be good any more.
     *
     * @param at when it was used
     * @param now by which a lock may have ended
     */
    Coupon redeem(@Nullable String document, Instant at, Instant now) {
        boolean held = document != null && isHeldFor(document, at.isBefore(now) ? at : now);
        if (!held) {
            if (stateAt(now) == CouponState.LOCKED) {
                throw refused(CouponState.LOCKED);
            }
            require(CouponState.AVAILABLE, at);
        }
        return in(CouponState.REDEEMED, null, document);
    }

    private boolean isHeldFor(String document, Instant at) {
        return lockedUntil != null && at.isBefore(lockedUntil) && document.equals(reference);
    }

    /** Takes its use back; one that has expired meanwhile stays so. */
    Coupon giveBack() {
        if (state != CouponState.REDEEMED) {
            throw refused(state);
        }
        return in(CouponState.AVAILABLE, null, null);
    }

    /** Takes it from her, also when it has expired. */
    Coupon revoke(Instant now) {
        CouponState current = stateAt(now);
        if (current == CouponState.REDEEMED || current == CouponState.VOID || current == CouponState.TRANSFERRED) {
            throw refused(current);
        }
        return in(CouponState.VOID, null, null);
    }

    /** What she keeps of one that she gives away. */
    Coupon givenTo(CustomerId receiver, Instant now) {
        CouponState current = stateAt(now);
        if (current != CouponState.AVAILABLE && current != CouponState.PENDING) {
            throw refused(current);
        }
        return new Coupon(
                id,
                customer,
                template,
                CouponState.TRANSFERRED,
                origin,
                validFrom,
                expiresAt,
                null,
                null,
                receiver,
                home,
                obtainedAt,
                version + 1);
    }

    /** What she gets of one that another gives away: if she had it before, she got it then. */
    Coupon receivedBy(CustomerId receiver, @Nullable Coupon before, Instant now) {
        return new Coupon(
                id,
                receiver,
                template,
                CouponState.AVAILABLE,
                before == null ? CouponOrigin.TRANSFER : before.origin(),
                validFrom,
                expiresAt,
                null,
                null,
                null,
                before == null ? receiver : before.home(),
                before == null ? now : before.obtainedAt(),
                version + 1);
    }

    /** The same as another customer's, with whom she was merged. */
    Coupon of(CustomerId owner) {
        return new Coupon(
                id,
                owner,
                template,
                state,
                origin,
                validFrom,
                expiresAt,
                lockedUntil,
                reference,
                other,
                home,
                obtainedAt,
                version);
    }

    /** The same, got in another way. */
    Coupon got(CouponOrigin how) {
        return new Coupon(
                id,
                customer,
                template,
                state,
                how,
                validFrom,
                expiresAt,
                lockedUntil,
                reference,
                other,
                home,
                obtainedAt,
                version);
    }

    /** What she has of it again when it is another's again, to whom she had given it. */
    Coupon keptBy(CustomerId receiver, CouponOrigin how) {
        return new Coupon(
                id,
                customer,
                template,
                CouponState.TRANSFERRED,
                how,
                validFrom,
                expiresAt,
                null,
                null,
                receiver,
                customer,
                obtainedAt,
                version);
    }

    private Coupon in(CouponState next, @Nullable Instant until, @Nullable String document) {
        return new Coupon(
                id,
                customer,
                template,
                next,
                origin,
                validFrom,
                expiresAt,
                until,
                document,
                null,
                home,
                obtainedAt,
                version + 1);
    }

    private void require(CouponState needed, Instant at) {
        CouponState current = stateAt(at);
        if (current != needed) {
            throw refused(current);
        }
    }

    private CrmException refused(CouponState current) {
        return AssetError.COUPON_STATE.with(
                Map.of("coupon", id.toString(), "state", current.name()), "the coupon %s is %s", id, current);
    }
}
