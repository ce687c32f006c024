package dev.retailcrm.assets.redeem;

import dev.retailcrm.assets.benefit.BenefitAct;
import dev.retailcrm.assets.benefit.BenefitBooks;
import dev.retailcrm.assets.benefit.BenefitDraft;
import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.benefit.BenefitSettings;
import dev.retailcrm.assets.benefit.Benefits;
import dev.retailcrm.assets.code.Guesses;
import dev.retailcrm.assets.coupon.Coupons;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.BenefitPorts;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which one tenant's customers use something up: a coupon, uses of a count card, a benefit, or goods for points. Every use has an id, under
 * which it is taken back, in parts if need be, until all of it is: coupons, uses, limits, points and stock are then as if less had been used. Commands join
 * the host's transaction if there is one, are booked once per request key, and commands of one customer wait for one another. The old id of a customer who
 * was merged stands for the one she was merged into. Thread-safe.
 *
 * <p>All commands refuse with {@link CoreError#UNKNOWN_CUSTOMER}, {@link CoreError#CUSTOMER_ERASED}, {@link CoreError#REQUEST_KEY_REUSED},
 * {@link CoreError#INSTANT_OUT_OF_RANGE} and {@link CoreError#INVALID_VALUE}. Without those that open and commit a
 * transaction a use of a benefit takes 13 round trips, of a card 12 on PostgreSQL and 17 elsewhere, of goods 14 and 19; of a coupon eight and those of
 * {@link Coupons#redeem}. Settling something that fell due takes more.
 */
public final class Redemptions {
    private final TenantId tenant;
    private final BenefitPorts ports;
    private final Benefits benefits;
    private final Coupons coupons;
    private final BenefitSettings ids;
    private final RedeemSettings settings;
    private final BenefitBooks books;
    private final Uses uses;
    private final Guesses guesses;
    private final @Nullable PassCheck check;
    private final Access access;

    /**
     * The redemptions of a tenant.
     *
     * @param benefits of the tenant, without restrictions
     * @param coupons of the tenant, without restrictions
     */
    public Redemptions(
            TenantId tenant,
            BenefitPorts ports,
            Benefits benefits,
            Coupons coupons,
            BenefitSettings ids,
            RedeemSettings settings) {
        this(
                Check.present(tenant, "tenant"),
                Check.present(ports, "ports"),
                Check.present(benefits, "benefits"),
                Check.present(coupons, "coupons"),
                Check.present(ids, "settings of benefits"),
                Check.present(settings, "settings"),
                Access.unrestricted());
    }

    private Redemptions(
            TenantId tenant,
            BenefitPorts ports,
            Benefits benefits,
            Coupons coupons,
            BenefitSettings ids,
            RedeemSettings settings,
            Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.benefits = benefits;
        this.coupons = coupons;
        this.ids = ids;
        this.settings = settings;
        this.books = new BenefitBooks(tenant, ports, ids);
        this.uses = new Uses(tenant, ports, benefits, coupons, settings.terms());
        this.guesses = new Guesses(tenant, settings.throttle(), books.clock());
        PassKeys keys = settings.keys();
        this.check = keys == null ? null : PassCheck.with(keys.tillKeys(tenant));
        this.access = access;
    }

    /** The same redemptions, as far as this access permits. */
    public Redemptions guardedBy(Access granted) {
        return new Redemptions(tenant, ports, benefits, coupons, ids, settings, Check.present(granted, "access"));
    }

    /**
     * A one-time code for something a customer is about to use, to be shown to her: good for one redemption, for 30 to 60 seconds. Nothing is read or
     * written; whether she can use it is known when it is redeemed. No round trip.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if the settings name no {@linkplain RedeemSettings#keys secret}
     */
    public ShownPass show(CustomerId customer, RedeemItem item) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Check.present(item, "item");
        Instant now = books.clock().now();
        long next = (Totp.step(now.toEpochMilli()) + 1) * Totp.STEP_MILLIS;
        return new ShownPass(passes().show(customer, item, now), Instant.ofEpochMilli(next));
    }

    private PassCheck passes() {
        if (check == null) {
            throw CoreError.INVALID_VALUE.because("no secret for one-time codes is set");
        }
        return check;
    }

    /**
     * What a one-time code stands for, without using it. Up to six round trips.
     *
     * @param store where she is; {@code null} if nowhere
     * @throws CrmException {@link AssetError#PASS_NOT_VALID}; {@link AssetError#TOO_MANY_GUESSES} after too many wrong codes of its till;
     *     {@link AssetError#UNKNOWN_DEFINITION} if there is no such benefit or offer
     */
    public Redeemable verify(PresentedPass pass, @Nullable StoreId store) {
        PassCheck.Claim claim = claim(pass);
        access.require(Right.READ_ASSETS, claim.customer());
        Instant now = books.clock().now();
        CheckedPass good = checked(pass, claim, now);
        return ports.ledger().unitOfWork().read(() -> {
            CustomerId customer = books.survivor(good.customer());
            boolean used = ports.store().isPassUsed(tenant, customer, good.item(), good.name());
            return new Redeemable(customer, good.item(), uses.available(customer, good.item(), store, now), used);
        });
    }

    private PassCheck.Claim claim(PresentedPass pass) {
        return PassCheck.read(Check.present(pass, "code").code()).orElseThrow(Redemptions::notValid);
    }

    private CheckedPass checked(PresentedPass pass, PassCheck.Claim claim, Instant at) {
        PassCheck keys = passes();
        boolean late = at.isBefore(books.clock().now().minus(settings.lateness()));
        return guesses.find(pass.till(), () -> late ? Optional.empty() : keys.check(claim, at))
                .orElseThrow(Redemptions::notValid);
    }

    private static CrmException notValid() {
        return AssetError.PASS_NOT_VALID.because("the one-time code is wrong, or its time is over");
    }

    /**
     * Uses what a one-time code stands for. A code is accepted once, at whatever till; the same request again is answered as the first time. A till that
     * was offline says when it accepted the code by {@link Posting#at()}.
     *
     * @param amount how many of it, 1 to {@value Redeem#MOST}; 1 of a coupon
     * @return the redemption; if it is repeated, as it is by now
     * @throws CrmException {@link AssetError#PASS_NOT_VALID}; {@link AssetError#PASS_USED}; {@link AssetError#TOO_MANY_GUESSES} after too many wrong codes of
     *     its till; else as {@link #redeem(CustomerId, Redeem, Posting)}
     */
    public Redemption redeem(PresentedPass pass, long amount, Posting posting) {
        PassCheck.Claim claim = claim(pass);
        access.require(Right.BOOK_ASSETS, claim.customer());
        Check.present(posting, "posting");
        Redeem redeem = new Redeem(claim.item(), amount, pass.till());
        var content = content(redeem).and(claim.digits());
        if (isBooked(claim.customer(), posting)) {
            return books.run(claim.customer(), posting, content, Redemption.class, draft -> {
                throw CoreError.STORE_FAILED.because("the store names a request as booked and does not find it");
            });
        }
        CheckedPass good = checked(pass, claim, books.clock().orNow(posting.at()));
        return books.run(good.customer(), posting, content, Redemption.class, draft -> {
            if (ports.store().isPassUsed(tenant, draft.customer(), good.item(), good.name())) {
                throw AssetError.PASS_USED.because("the one-time code was used before");
            }
            return used(draft, redeem, good.name());
        });
    }

    private boolean isBooked(CustomerId customer, Posting posting) {
        return ports.ledger()
                .unitOfWork()
                .read(() -> ports.ledger().requests().find(tenant, books.survivor(customer), posting.key()))
                .isPresent();
    }

    /**
     * Uses something of a customer's: a coupon; so many uses of her count cards; a benefit that she has and can use then; so many pieces of goods for what
     * they cost in points. All or nothing.
     *
     * @param posting with the store, and the order as reference
     * @return the redemption; if it is repeated, as it is by now
     * @throws CrmException of a coupon as {@link Coupons#redeem}; of a card {@link AssetError#INSUFFICIENT_VALUE}; of a benefit
     *     {@link AssetError#UNKNOWN_DEFINITION}, {@link AssetError#NO_BENEFIT}, {@link AssetError#BENEFIT_BLOCKED} telling why, and
     *     {@link AssetError#LIMIT_EXCEEDED}; of goods {@link AssetError#UNKNOWN_DEFINITION}, {@link AssetError#OFFER_NOT_GOOD},
     *     {@link AssetError#LIMIT_EXCEEDED}, {@link AssetError#INSUFFICIENT_VALUE} and {@link AssetError#OUT_OF_STOCK}
     */
    public Redemption redeem(CustomerId customer, Redeem redeem, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Check.present(redeem, "what is used");
        return books.run(customer, posting, content(redeem), Redemption.class, draft -> used(draft, redeem, null));
    }

    private static Fingerprint content(Redeem redeem) {
        return Fingerprint.of("redeem")
                .and(redeem.item().toString())
                .and(redeem.amount())
                .and(redeem.till());
    }

    private Redemption used(BenefitDraft draft, Redeem redeem, @Nullable String pass) {
        Posting posting = draft.posting();
        Redemption plain = new Redemption(
                draft.newId(),
                draft.customer(),
                draft.customer(),
                redeem.item(),
                redeem.amount(),
                0,
                0,
                0,
                draft.at(),
                draft.now(),
                posting.store(),
                redeem.till(),
                posting.staff(),
                posting.reference(),
                pass);
        Redemption used = uses.use(draft, plain);
        return draft.add(used, BenefitAct.REDEEMED, redeem.item().toString(), redeem.amount(), redeem.till());
    }

    /**
     * Takes a use back, in whole or part; any number of times until all of it is. Points come back to the lots they came from, uses to their cards.
     *
     * @param amount how many of it, 1 to what is still used
     * @return the redemption; if it is repeated, as it is by now
     * @throws CrmException {@link AssetError#UNKNOWN_REDEMPTION}; {@link AssetError#REVERSAL_EXCEEDS_BOOKING}; of a coupon as {@link Coupons#giveBack}
     */
    public Redemption reverse(CustomerId customer, BenefitId redemption, long amount, Posting posting) {
        access.require(Right.BOOK_ASSETS, Check.present(customer, "customer"));
        Check.present(redemption, "redemption");
        Redeem.requireAmount(amount);
        var content = Fingerprint.of("redeem.reverse").and(redemption.value()).and(amount);
        return books.run(customer, posting, content, Redemption.class, draft -> {
            Redemption found = ports.store()
                    .find(tenant, draft.customer(), Redemption.class, redemption)
                    .orElseThrow(() -> AssetError.UNKNOWN_REDEMPTION.with(
                            Map.of("redemption", redemption.toString()),
                            "the customer has no redemption %s",
                            redemption));
            if (amount > found.left()) {
                throw AssetError.REVERSAL_EXCEEDS_BOOKING.with(
                        Map.of("left", found.left()), "%d to be reversed, %d left", amount, found.left());
            }
            Redemption reversed = found.reversing(amount);
            uses.reverse(draft, found, reversed);
            return draft.change(reversed, BenefitAct.REVERSED, found.item().toString(), amount, found.till());
        });
    }

    /** What a customer used under an id; empty if nothing. Two round trips. */
    public Optional<Redemption> find(CustomerId customer, BenefitId redemption) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        Check.present(redemption, "redemption");
        return ports.ledger()
                .unitOfWork()
                .read(() -> ports.store().find(tenant, books.survivor(customer), Redemption.class, redemption));
    }

    /** All that a customer used, by id. Two round trips. */
    public Page<Redemption> of(CustomerId customer, PageRequest page) {
        access.require(Right.READ_ASSETS, Check.present(customer, "customer"));
        long after = Check.present(page, "page").afterNumber(0);
        return Page.of(
                ports.ledger()
                        .unitOfWork()
                        .read(() -> ports.store()
                                .list(
                                        tenant,
                                        books.survivor(customer),
                                        Redemption.class,
                                        after <= 0 ? null : BenefitId.of(after),
                                        page.size() + 1)),
                page.size(),
                last -> Long.toString(last.id().value()));
    }
}
