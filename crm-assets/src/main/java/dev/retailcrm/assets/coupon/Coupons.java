package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.CouponHolder;
import dev.retailcrm.assets.spi.CouponPorts;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.CouponTake;
import dev.retailcrm.assets.spi.CouponTaken;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The coupons of one tenant's customers. Commands are repeatable: the same key and content again writes nothing and answers with the coupons
 * of the first run as they are by then. They join the host's transaction if there is one, and commands of one customer wait for one another.
 * The old id of a customer who was merged stands for the one she was merged into. Thread-safe.
 *
 * <p>A coupon of which another customer or checkout holds nothing is used in one step by {@link #redeem}; a checkout that takes time reserves it
 * by {@link #lock} first, under its own {@linkplain Posting#reference() reference}. What time changes needs no job: a coupon expires, and a lock
 * ends, by themselves.
 *
 * <p>All commands refuse with {@link CoreError#UNKNOWN_CUSTOMER}, {@link CoreError#CUSTOMER_ERASED}, {@link CoreError#REQUEST_KEY_REUSED},
 * {@link CoreError#INSTANT_OUT_OF_RANGE} and {@link CoreError#INVALID_VALUE}, and throw what the unit of work throws. A command takes up to
 * eight round trips without those that open and commit a transaction; a claim seven, and up to four more by the limits of its template; a
 * repetition up to seven.
 */
public final class Coupons {
    /** The most coupons of one command. */
    public static final int MOST = CouponClaim.MOST;

    private static final int PAGE = 1_000;
    private static final Duration SHORTEST_LOCK = Duration.ofSeconds(1);
    private static final Duration LONGEST_LOCK = Duration.ofDays(30);

    private final TenantId tenant;
    private final CouponPorts ports;
    private final CouponSettings settings;
    private final CustomerIds ids;
    private final CouponBooks books;
    private final CouponReads reads;
    private final CodeFinder finder;
    private final Instants clock;
    private final Access access;

    /** The coupons of a tenant, kept by these ports. */
    public Coupons(TenantId tenant, CouponPorts ports, CouponSettings settings) {
        this.tenant = Check.present(tenant, "tenant");
        this.ports = Check.present(ports, "ports");
        this.settings = Check.present(settings, "settings");
        CustomerIds given = settings.ids();
        this.ids = given == null ? CustomerIds.on(ports.clock()) : given;
        this.books = new CouponBooks(tenant, ports);
        this.reads = new CouponReads(tenant, ports, books);
        this.finder = new CodeFinder(tenant, ports, settings);
        this.clock = new Instants(ports.clock());
        this.access = Access.unrestricted();
    }

    private Coupons(Coupons same, Access access) {
        this.tenant = same.tenant;
        this.ports = same.ports;
        this.settings = same.settings;
        this.ids = same.ids;
        this.books = same.books;
        this.reads = same.reads;
        this.finder = same.finder;
        this.clock = same.clock;
        this.access = access;
    }

    /** The same coupons, as far as this access permits. */
    public Coupons guardedBy(Access granted) {
        return new Coupons(this, Check.present(granted, "access"));
    }

    /** What kinds of coupons there are. */
    public CouponTemplates templates() {
        return new CouponTemplates(tenant, ports, access);
    }

    /** Codes that customers bring for coupons. */
    public CouponCodes codes() {
        return new CouponCodes(tenant, ports, settings, ids, access);
    }

    /**
     * Gives a customer coupons that she asked for.
     *
     * @return the coupons, one at least
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON_TEMPLATE}; {@link AssetError#COUPON_TEMPLATE_STATE} unless it is active;
     *     {@link AssetError#COUPONS_EXHAUSTED} if fewer are left than she needs, by which of the limits tells {@code limit}:
     *     {@code PER_CUSTOMER}, or {@code TOTAL}, which stands for the limit of the day too; {@link AssetError#COUPON_STATE} if they would have
     *     expired already
     */
    public List<Coupon> claim(CustomerId customer, CouponClaim claim, Posting posting) {
        access.require(Right.USE_COUPONS, Check.present(customer, "customer"));
        return obtain(customer, claim, CouponOrigin.CLAIM, posting);
    }

    /** Gives a customer coupons that somebody, or a program, decided on; within the same limits, and refused as {@link #claim}. */
    public List<Coupon> issue(CustomerId customer, CouponClaim claim, Posting posting) {
        access.require(Right.MANAGE_COUPONS, Check.present(customer, "customer"));
        return obtain(customer, claim, CouponOrigin.ISSUE, posting);
    }

    private List<Coupon> obtain(CustomerId customer, CouponClaim claim, CouponOrigin origin, Posting posting) {
        var content = Fingerprint.of("coupon." + origin)
                .and(Check.present(claim, "claim").template())
                .and(claim.count())
                .and(claim.upTo() ? 1 : 0);
        CouponAct act = origin == CouponOrigin.CLAIM ? CouponAct.CLAIMED : CouponAct.ISSUED;
        return books.run(customer, books.request(posting, content), draft -> {
            CouponTemplate template = active(claim.template());
            long day = day(draft.now());
            long hers = herRoom(draft.customer(), template);
            long count = enough(claim, "PER_CUSTOMER", hers, claim.count());
            count = enough(claim, "TOTAL", Math.min(draft.room(), room(template, day)), count);
            for (long i = 0; i < count; i++) {
                draft.add(obtained(draft, template, origin), act, null);
            }
            draft.take(take(template, count, day));
        });
    }

    private static long enough(CouponClaim claim, String limit, long available, long wanted) {
        if (available >= wanted) {
            return wanted;
        }
        if (available > 0 && claim.upTo()) {
            return available;
        }
        long left = Math.max(0, available);
        throw AssetError.COUPONS_EXHAUSTED.with(
                Map.of("limit", limit, "requested", wanted, "available", left, "missing", wanted - left),
                "%d coupons requested, %d available",
                wanted,
                left);
    }

    private CouponTemplate active(String key) {
        return CouponTemplates.requireActive(
                CouponTemplates.require(ports.store().newest(tenant, key), key));
    }

    private long herRoom(CustomerId customer, CouponTemplate template) {
        int most = template.limits().perCustomer();
        return most == 0 ? Long.MAX_VALUE : most - ports.store().obtained(tenant, customer, template.key());
    }

    /** How much is left as far as can be seen without waiting; what is taken is counted exactly when it is written. */
    private long room(CouponTemplate template, long day) {
        CouponLimits limits = template.limits();
        if (limits.total() == 0 && limits.perDay() == 0) {
            return Long.MAX_VALUE;
        }
        CouponTaken taken = ports.store().taken(tenant, template.key(), limits.perDay() == 0 ? null : day);
        long inAll = limits.total() == 0 ? Long.MAX_VALUE : limits.total() - taken.total();
        return limits.perDay() == 0 ? inAll : Math.min(inAll, limits.perDay() - taken.today());
    }

    private static @Nullable CouponTake take(CouponTemplate template, long count, long day) {
        CouponLimits limits = template.limits();
        if (limits.total() == 0 && limits.perDay() == 0) {
            return null;
        }
        long total = limits.total() == 0 ? Long.MAX_VALUE : limits.total();
        return new CouponTake(template.key(), count, total, limits.perDay() == 0 ? null : day, limits.perDay());
    }

    private long day(Instant now) {
        return now.atZone(settings.zone()).toLocalDate().toEpochDay();
    }

    private Coupon obtained(CouponDraft draft, CouponTemplate template, CouponOrigin origin) {
        Instant now = draft.now();
        CouponValidity validity = template.validity();
        var good = new Coupon.Validity(validity.from(now, settings.zone()), validity.until(now, settings.zone()));
        CouponId id = CouponId.of(ids.next().value());
        Coupon coupon = Coupon.obtained(id, draft.customer(), template, origin, now, good);
        if (coupon.stateAt(now) == CouponState.EXPIRED) {
            throw AssetError.COUPON_STATE.with(
                    Map.of("coupon", id.toString(), "state", CouponState.EXPIRED.name()),
                    "coupons of %s have expired",
                    template.key());
        }
        return coupon;
    }

    /**
     * Gives a customer the coupon that a code stands for; nobody can bring the code again. It does not count against the limit of a day. Up to
     * twelve round trips.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON_CODE}; {@link AssetError#TOO_MANY_GUESSES} after too many wrong codes of its
     *     origin; {@link AssetError#COUPON_CODE_USED}; {@link AssetError#COUPON_CODE_WITHDRAWN}; {@link AssetError#COUPON_TEMPLATE_STATE};
     *     {@link AssetError#COUPONS_EXHAUSTED} if she may get no more; {@link AssetError#COUPON_STATE} if it would have expired already
     */
    public Coupon bind(CustomerId customer, PresentedCode code, Posting posting) {
        access.require(Right.USE_COUPONS, Check.present(customer, "customer"));
        String hash = finder.find(code).hash();
        var content = Fingerprint.of("coupon.bind").and(hash);
        return books.run(customer, books.request(posting, content), draft -> {
                    CouponTemplate template = active(finder.lockUnused(hash).template());
                    enough(CouponClaim.of(template.key()), "PER_CUSTOMER", herRoom(draft.customer(), template), 1);
                    draft.add(obtained(draft, template, CouponOrigin.CODE), CouponAct.BOUND, null);
                    draft.useCode(hash);
                })
                .get(0);
    }

    /**
     * Reserves coupons for a checkout, all or none; again under the same reference from now on.
     *
     * @param coupons 1 to {@value #MOST}
     * @param time how long, 1 second to 30 days by the clock; then they are available again
     * @param posting with the reference of the checkout, as {@link #redeem} gives it too
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON}; {@link AssetError#COUPON_STATE} if one is not available, or good, now
     */
    public List<Coupon> lock(CustomerId customer, Collection<CouponId> coupons, Duration time, Posting posting) {
        access.require(Right.USE_COUPONS, Check.present(customer, "customer"));
        Check.present(time, "time");
        if (time.compareTo(SHORTEST_LOCK) < 0 || time.compareTo(LONGEST_LOCK) > 0) {
            throw CoreError.INVALID_VALUE.because("coupons are locked for 1 second to %d days", LONGEST_LOCK.toDays());
        }
        String reference = Check.present(Check.present(posting, "posting").reference(), "reference of a checkout");
        var content = Fingerprint.of("coupon.lock").and(time.toMillis());
        return each(
                customer,
                coupons,
                content,
                posting,
                CouponAct.LOCKED,
                draft -> coupon -> coupon.lock(reference, draft.now().plusMillis(time.toMillis()), draft.now()));
    }

    /**
     * Gives up what was reserved, all or none.
     *
     * @param coupons 1 to {@value #MOST}
     * @param posting with the reference under which they were locked; without one, whatever that was
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON}; {@link AssetError#COUPON_STATE} if one is not locked, or under another reference
     */
    public List<Coupon> release(CustomerId customer, Collection<CouponId> coupons, Posting posting) {
        access.require(Right.USE_COUPONS, Check.present(customer, "customer"));
        var content = Fingerprint.of("coupon.release");
        return each(
                customer,
                coupons,
                content,
                posting,
                CouponAct.RELEASED,
                draft -> coupon -> coupon.release(draft.posting().reference()));
    }

    /**
     * Uses coupons, all or none. They must have been good when that happened, or be locked under the same reference.
     *
     * @param coupons 1 to {@value #MOST}
     * @param posting with the order as reference, and the store if the template is good in some stores only
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON}; {@link AssetError#COUPON_STATE} if one is used, void, given away, not good then,
     *     or locked for something else; {@link AssetError#COUPON_OUT_OF_SCOPE}
     */
    public List<Coupon> redeem(CustomerId customer, Collection<CouponId> coupons, Posting posting) {
        access.require(Right.USE_COUPONS, Check.present(customer, "customer"));
        SortedSet<CouponId> which = which(coupons);
        var content = content("coupon.redeem", which);
        return books.run(customer, books.request(posting, content), draft -> {
            List<Coupon> found = books.requireAll(draft.customer(), which);
            var templates = ports.store()
                    .versions(
                            tenant,
                            found.stream().map(Coupon::template).distinct().toList());
            for (Coupon coupon : found) {
                requireIn(coupon, templates.get(coupon.template()), posting.store());
                Coupon used = coupon.redeem(draft.posting().reference(), draft.at(), draft.now());
                draft.change(used, CouponAct.REDEEMED, null);
            }
        });
    }

    OpenCoupons open(CustomerId customer, @Nullable Instant at, boolean locking) {
        access.require(locking ? Right.USE_COUPONS : Right.READ_ASSETS, customer);
        return new OpenCoupons(
                tenant, ports, customer, locking ? books.locked(customer) : null, clock.orNow(at), clock.now());
    }

    OpenCoupons open(CustomerId customer, @Nullable Instant at, @Nullable CouponHolder locked) {
        access.require(Right.USE_COUPONS, customer);
        return new OpenCoupons(
                tenant, ports, customer, CouponBooks.usable(customer, locked), clock.orNow(at), clock.now());
    }

    private static void requireIn(Coupon coupon, @Nullable CouponTemplate template, @Nullable StoreId store) {
        if (template != null && !template.scope().isIn(store)) {
            throw AssetError.COUPON_OUT_OF_SCOPE.with(
                    Map.of("coupon", coupon.id().toString()), "the coupon is not good in that store");
        }
    }

    /**
     * Takes the use of coupons back, all or none: she has them again, as good as they still are. One that has expired meanwhile stays expired.
     *
     * @param coupons 1 to {@value #MOST}
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON}; {@link AssetError#COUPON_STATE} if one was not used
     */
    public List<Coupon> giveBack(CustomerId customer, Collection<CouponId> coupons, Posting posting) {
        access.require(Right.USE_COUPONS, Check.present(customer, "customer"));
        var content = Fingerprint.of("coupon.give-back");
        return each(customer, coupons, content, posting, CouponAct.RETURNED, draft -> Coupon::giveBack);
    }

    /**
     * Takes coupons from a customer, all or none, also reserved and expired ones. They still count against the limits.
     *
     * @param coupons 1 to {@value #MOST}
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON}; {@link AssetError#COUPON_STATE} if one is used, void or given away
     */
    public List<Coupon> revoke(CustomerId customer, Collection<CouponId> coupons, Posting posting) {
        access.require(Right.MANAGE_COUPONS, Check.present(customer, "customer"));
        var content = Fingerprint.of("coupon.revoke");
        return each(
                customer, coupons, content, posting, CouponAct.VOIDED, draft -> coupon -> coupon.revoke(draft.now()));
    }

    private List<Coupon> each(
            CustomerId customer,
            Collection<CouponId> coupons,
            Fingerprint content,
            Posting posting,
            CouponAct act,
            Function<CouponDraft, Function<Coupon, Coupon>> step) {
        SortedSet<CouponId> which = which(coupons);
        which.forEach(it -> content.and(it.value()));
        return books.run(customer, books.request(posting, content), draft -> {
            Function<Coupon, Coupon> next = step.apply(draft);
            for (Coupon coupon : books.requireAll(draft.customer(), which)) {
                draft.change(next.apply(coupon), act, null);
            }
        });
    }

    private static Fingerprint content(String command, SortedSet<CouponId> coupons) {
        Fingerprint content = Fingerprint.of(command);
        coupons.forEach(it -> content.and(it.value()));
        return content;
    }

    private static SortedSet<CouponId> which(Collection<CouponId> coupons) {
        Check.range(Check.present(coupons, "coupons").size(), 1, MOST, "number of coupons");
        SortedSet<CouponId> which = new TreeSet<>();
        coupons.forEach(it -> which.add(Check.present(it, "coupon")));
        return which;
    }

    /**
     * Gives a coupon of one customer to another, who gets it as good as it still is; it does not count against what she may get. The key is
     * booked for the one who gives it. Thirteen round trips.
     *
     * @return the coupon as the other has it; if that is repeated, with whom it is by now
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON}; {@link AssetError#COUPON_STATE} if it is used, reserved, void, given away or
     *     expired; {@link AssetError#COUPON_NOT_TRANSFERABLE}; {@link AssetError#SAME_ACCOUNT} if both are one customer
     */
    public Coupon transfer(CustomerId from, CustomerId to, CouponId coupon, Posting posting) {
        access.require(Right.USE_COUPONS, Check.present(from, "customer"));
        access.require(Right.USE_COUPONS, Check.present(to, "customer"));
        Check.present(coupon, "coupon");
        var content = Fingerprint.of("coupon.transfer").and(to.value()).and(coupon.value());
        return books.transfer(from, to, books.request(posting, content), coupon, this::requireTransferable);
    }

    private void requireTransferable(Coupon coupon) {
        CouponTemplate template =
                ports.store().versions(tenant, List.of(coupon.template())).get(coupon.template());
        if (template == null || !template.transferable()) {
            throw AssetError.COUPON_NOT_TRANSFERABLE.with(
                    Map.of("coupon", coupon.id().toString()), "the coupon cannot be given to another customer");
        }
    }

    /** All that a customer has or had, those given away included, in no particular order; two round trips a page. */
    public Page<Coupon> of(CustomerId customer, PageRequest page) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        return reads.of(customer, Check.present(page, "page"));
    }

    /** A coupon that a customer has or had. Empty if there is none. Two round trips. */
    public Optional<Coupon> find(CustomerId customer, CouponId coupon) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        return reads.find(customer, Check.present(coupon, "coupon"));
    }

    /**
     * The coupon that somebody got for a code, with whom it is by now. Empty if nobody has brought the code. Four round trips.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON_CODE}; {@link AssetError#TOO_MANY_GUESSES}
     */
    public Optional<Coupon> find(PresentedCode code) {
        access.require(Right.MANAGE_COUPONS);
        CouponStore.CodeRow row = finder.find(code);
        CustomerId customer = row.customer();
        CouponId coupon = row.coupon();
        return customer == null || coupon == null
                ? Optional.empty()
                : Optional.of(ports.unitOfWork().read(() -> books.current(customer, coupon)));
    }

    /** What a customer can use now, the soonest to expire first. Two round trips, and one more for every 1,000 she has open. */
    public List<Coupon> usable(CustomerId customer) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        return ports.unitOfWork().read(() -> open(customer));
    }

    private List<Coupon> open(CustomerId customer) {
        Instant now = clock.now();
        CustomerId owner = books.survivor(customer);
        List<Coupon> usable = new ArrayList<>();
        CouponId after = null;
        List<Coupon> page;
        do {
            page = ports.store().coupons(tenant, owner, true, after, PAGE);
            page.stream().filter(it -> it.stateAt(now) == CouponState.AVAILABLE).forEach(usable::add);
            after = page.isEmpty() ? null : page.get(page.size() - 1).id();
        } while (page.size() == PAGE);
        usable.sort(Comparator.comparing(Coupon::expiresAt).thenComparing(Coupon::id));
        return usable;
    }

    /**
     * What each coupon that a customer can use now would take off a basket on its own, or why nothing; the soonest to expire first. Which can
     * be used together tells {@link CouponStacking#areCombinable}. One round trip more than {@link #usable}.
     */
    public List<CouponOffer> offers(CustomerId customer, Basket basket) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        Check.present(basket, "basket");
        return ports.unitOfWork().read(() -> {
            List<Coupon> usable = open(customer);
            var templates = ports.store()
                    .versions(
                            tenant,
                            usable.stream().map(Coupon::template).distinct().toList());
            List<CouponOffer> offers = new ArrayList<>();
            for (Coupon coupon : usable) {
                CouponTemplate template = templates.get(coupon.template());
                if (template != null) {
                    offers.add(new CouponOffer(coupon, template, template.worth(basket)));
                }
            }
            return offers;
        });
    }

    /** How many coupons of a template a customer could claim now, as far as can be seen without waiting; 0 if none. Up to four round trips. */
    public long obtainable(CustomerId customer, String template) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        CouponTemplates.checkKey(template);
        return ports.unitOfWork().read(() -> {
            CouponTemplate found = CouponTemplates.require(ports.store().newest(tenant, template), template);
            if (found.state() != CouponTemplateState.ACTIVE) {
                return 0L;
            }
            long hers = herRoom(books.survivor(customer), found);
            return Math.max(0, Math.min(hers, room(found, day(clock.now()))));
        });
    }

    /** What became of all of a customer's coupons, in order; what was of a customer who was merged stays hers. One round trip a page. */
    public Page<CouponEntry> history(CustomerId customer, PageRequest page) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        return reads.history(customer, Check.present(page, "page"));
    }

    /**
     * All that became of a coupon, from when it was got on, over all customers who had it, in order.
     *
     * @param customer who has or had it
     * @throws CrmException {@link AssetError#UNKNOWN_COUPON}
     */
    public List<CouponEntry> history(CustomerId customer, CouponId coupon) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        return reads.history(customer, Check.present(coupon, "coupon"));
    }
}
