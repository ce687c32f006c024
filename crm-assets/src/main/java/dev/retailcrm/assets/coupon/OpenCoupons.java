package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.CheckoutStanding;
import dev.retailcrm.assets.spi.CouponChange;
import dev.retailcrm.assets.spi.CouponHolder;
import dev.retailcrm.assets.spi.CouponPorts;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The coupons of one customer that are looked at first and used later, once all is decided: for features that use coupons together with other assets.
 * Made within a unit of work and used only there; not thread-safe.
 */
public final class OpenCoupons {
    /** The most coupons that are looked at. */
    public static final int MOST = 1_000;

    private final TenantId tenant;
    private final CouponPorts ports;
    private final CustomerId customer;
    private final @Nullable CouponHolder holder;
    private final Instant at;
    private final Instant now;
    private final Map<CouponId, Coupon> known = new LinkedHashMap<>();
    private final Map<CouponTemplate.Version, CouponTemplate> templates = new HashMap<>();

    OpenCoupons(
            TenantId tenant,
            CouponPorts ports,
            CustomerId customer,
            @Nullable CouponHolder holder,
            Instant at,
            Instant now) {
        this.tenant = tenant;
        this.ports = ports;
        this.customer = customer;
        this.holder = holder;
        this.at = at;
        this.now = now;
    }

    /**
     * A customer's coupons. Two round trips where they are locked.
     *
     * @param at when it happened; {@code null} for now
     * @param locking whether they are to be used: her record is locked until the unit of work ends
     * @throws CrmException {@link CoreError#CUSTOMER_MERGED}, {@link CoreError#UNKNOWN_CUSTOMER} and {@link CoreError#CUSTOMER_ERASED} if they are
     *     locked
     */
    public static OpenCoupons of(Coupons coupons, CustomerId customer, @Nullable Instant at, boolean locking) {
        return coupons.open(customer, at, locking);
    }

    /**
     * A customer's coupons as a checkout read them that locked her, ready to be used.
     *
     * @param at when it happened; {@code null} for now
     * @throws CrmException as {@link #of}
     */
    public static OpenCoupons locked(
            Coupons coupons, CustomerId customer, @Nullable Instant at, CheckoutStanding standing) {
        OpenCoupons open = coupons.open(customer, at, standing.holder());
        standing.coupons().forEach(it -> open.known.put(it.id(), it));
        open.templates.putAll(standing.templates());
        return open;
    }

    /** Those that were loaded. */
    public List<Coupon> loaded() {
        return List.copyOf(known.values());
    }

    /** Those of these coupons that she has or had, with their templates. Two round trips. */
    public List<Coupon> load(Collection<CouponId> coupons) {
        return coupons.isEmpty()
                ? List.of()
                : know(List.copyOf(ports.store().find(tenant, customer, coupons).values()));
    }

    /** What she has open, the first {@value #MOST}, with their templates. Two round trips. */
    public List<Coupon> loadOpen() {
        return know(ports.store().coupons(tenant, customer, true, null, MOST));
    }

    private List<Coupon> know(List<Coupon> found) {
        found.forEach(it -> known.put(it.id(), it));
        if (!found.isEmpty()) {
            templates.putAll(ports.store()
                    .versions(
                            tenant,
                            found.stream().map(Coupon::template).distinct().toList()));
        }
        return found;
    }

    /** The template of a coupon that was loaded; empty if there is none. */
    public Optional<CouponTemplate> template(Coupon coupon) {
        return Optional.ofNullable(templates.get(coupon.template()));
    }

    /** Why a coupon cannot be used for a document, as a state; empty if it can. */
    public Optional<CouponState> refusal(Coupon coupon, String document) {
        try {
            coupon.redeem(document, at, now);
            return Optional.empty();
        } catch (CrmException refusal) {
            CouponState then = coupon.stateAt(at);
            return Optional.of(then == CouponState.AVAILABLE ? coupon.stateAt(now) : then);
        }
    }

    /**
     * Decides to use coupons that were loaded, all or none; their entries have no request key of their own.
     *
     * @return what is to be written; {@code null} if nothing
     */
    public @Nullable CouponChange redeeming(Collection<CouponId> coupons, Posting posting) {
        return changing(coupons, posting, CouponAct.REDEEMED, it -> it.redeem(posting.reference(), at, now));
    }

    /**
     * Takes the use of those of these coupons back that were loaded and are still used, as {@link Coupons#giveBack}. Up to three round trips.
     *
     * @return how many
     */
    public int giveBack(Collection<CouponId> coupons, Posting posting) {
        List<CouponId> used = coupons.stream()
                .filter(it -> required(it).state() == CouponState.REDEEMED)
                .toList();
        CouponChange change = changing(used, posting, CouponAct.RETURNED, Coupon::giveBack);
        if (change != null && ports.store().apply(change).outcome() != CouponStore.Outcome.WRITTEN) {
            throw CoreError.STORE_FAILED.because("coupons without a key were not written");
        }
        return used.size();
    }

    private Coupon required(CouponId coupon) {
        Coupon found = known.get(coupon);
        if (found == null) {
            throw AssetError.UNKNOWN_COUPON.with(
                    Map.of("coupon", coupon.toString()), "the customer has no coupon %s", coupon);
        }
        return found;
    }

    private @Nullable CouponChange changing(
            Collection<CouponId> coupons, Posting posting, CouponAct act, UnaryOperator<Coupon> step) {
        if (coupons.isEmpty()) {
            return null;
        }
        if (holder == null) {
            throw CoreError.STORE_FAILED.because("the coupons are not locked");
        }
        CouponDraft draft = new CouponDraft(tenant, holder, posting, at, now, 0);
        List<Coupon> next = new ArrayList<>();
        coupons.forEach(it -> next.add(step.apply(required(it))));
        next.forEach(it -> draft.change(it, act, null));
        return draft.unkeyed();
    }
}
