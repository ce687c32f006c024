package dev.retailcrm.assets.redeem;

import dev.retailcrm.assets.benefit.BenefitDraft;
import dev.retailcrm.assets.benefit.Benefits;
import dev.retailcrm.assets.benefit.CustomerBenefit;
import dev.retailcrm.assets.benefit.UseLimit;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponState;
import dev.retailcrm.assets.coupon.Coupons;
import dev.retailcrm.assets.definition.Definitions;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.spi.BenefitPorts;
import dev.retailcrm.assets.spi.BenefitTake;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What using each kind of item does elsewhere, and taking that back. Thread-safe. */
final class Uses {
    private final TenantId tenant;
    private final BenefitPorts ports;
    private final Benefits benefits;
    private final Coupons coupons;
    private final Terms terms;
    private final Definitions<ExchangeOffer> offers;

    Uses(TenantId tenant, BenefitPorts ports, Benefits benefits, Coupons coupons, Terms terms) {
        this.tenant = tenant;
        this.ports = ports;
        this.benefits = benefits;
        this.coupons = coupons;
        this.terms = terms;
        this.offers = ExchangeOffer.definitions(tenant, ports);
    }

    /** How much can be used; what is refused as bad when it is used is nothing. */
    long available(CustomerId customer, RedeemItem item, @Nullable StoreId store, Instant at) {
        return switch (item.kind()) {
            case COUPON ->
                coupons.find(customer, CouponId.parse(item.key()))
                                .filter(it -> isAvailable(it, at))
                                .isPresent()
                        ? 1
                        : 0;
            case CARD -> counted(item).reads().balance(customer, null).available();
            case BENEFIT ->
                benefits.ask(customer, item.key(), store, at)
                        .map(CustomerBenefit::available)
                        .orElse(0L);
            case EXCHANGE -> {
                ExchangeOffer offer = offers.require(item.key());
                long stock = offer.stock() == 0
                        ? Long.MAX_VALUE
                        : Math.max(0, offer.stock() - ports.store().taken(tenant, offer.key()));
                yield offer.isGood(day(at), store) ? Math.min(stock, room(customer, offer, at)) : 0;
            }
        };
    }

    private static boolean isAvailable(Coupon coupon, Instant at) {
        return coupon.stateAt(at) == CouponState.AVAILABLE && !at.isBefore(coupon.validFrom());
    }

    private LocalDate day(Instant at) {
        return at.atZone(terms.zone()).toLocalDate();
    }

    private Ledger counted(RedeemItem card) {
        return new Ledger(tenant, Asset.count(card.key()), Terms.in(terms.zone()), ports.ledger());
    }

    private Ledger points(ExchangeOffer offer) {
        return new Ledger(tenant, Asset.points(offer.program()), terms, ports.ledger());
    }

    /**
     * Uses it. What books elsewhere is decided first and booked once the redemption is written, so that a refusal leaves nothing behind, also in a
     * transaction of the host's.
     */
    Redemption use(BenefitDraft draft, Redemption plain) {
        switch (plain.item().kind()) {
            case COUPON -> coupons.redeem(draft.customer(), coupon(plain), under(draft, plain.useKey()));
            case CARD -> spend(draft, counted(plain.item()), plain, plain.amount());
            case BENEFIT -> requireBenefit(draft, plain);
            case EXCHANGE -> {
                return exchange(draft, plain);
            }
        }
        return plain;
    }

    private static List<CouponId> coupon(Redemption redemption) {
        return List.of(CouponId.parse(redemption.item().key()));
    }

    private static void spend(BenefitDraft draft, Ledger ledger, Redemption use, long amount) {
        Posting posting = under(draft, use.useKey());
        ledger.rehearsal().spend(draft.customer(), amount, false, posting);
        draft.then(() -> ledger.spend(draft.customer(), amount, false, posting));
    }

    private void requireBenefit(BenefitDraft draft, Redemption plain) {
        String key = plain.item().key();
        CustomerBenefit hers = benefits.ask(draft.customer(), key, plain.store(), draft.at())
                .orElseThrow(() -> AssetError.NO_BENEFIT.with(
                        Map.of("benefit", key), "the customer does not have the benefit %s", key));
        Long left = hers.left();
        if (!hers.isUsable()) {
            throw AssetError.BENEFIT_BLOCKED.with(
                    Map.of(
                            "benefit",
                            key,
                            "blocks",
                            hers.blocks().stream().map(Enum::name).toList()),
                    "the benefit %s cannot be used: %s",
                    key,
                    hers.blocks());
        }
        if (left != null) {
            requireWithin(plain, left);
        }
    }

    private static void requireWithin(Redemption use, long left) {
        if (use.amount() > left) {
            throw AssetError.LIMIT_EXCEEDED.with(
                    Map.of(
                            "item",
                            use.item().toString(),
                            "requested",
                            use.amount(),
                            "available",
                            left,
                            "missing",
                            use.amount() - left),
                    "%d requested, %d available",
                    use.amount(),
                    left);
        }
    }

    private Redemption exchange(BenefitDraft draft, Redemption plain) {
        ExchangeOffer offer = offers.require(plain.item().key());
        if (!offer.isGood(day(draft.at()), plain.store())) {
            throw AssetError.OFFER_NOT_GOOD.with(
                    Map.of("offer", offer.key()), "the offer %s is not good then and there", offer.key());
        }
        requireWithin(plain, room(draft.customer(), offer, draft.at()));
        long cost = offer.cost(plain.amount());
        if (cost > 0) {
            spend(draft, points(offer), plain, cost);
        }
        draft.take(new BenefitTake(offer.key(), plain.amount(), offer.most()));
        return plain.costing(cost, offer.version());
    }

    private long room(CustomerId customer, ExchangeOffer offer, Instant at) {
        UseLimit limit = offer.limit();
        if (limit == null) {
            return Long.MAX_VALUE;
        }
        long used = ports.store()
                .used(
                        tenant,
                        customer,
                        RedeemItem.exchange(offer.key()),
                        limit.period().around(at, terms.zone()));
        return Math.max(0, limit.times() - used);
    }

    /** Takes back what lies between a redemption and what is left of it. */
    void reverse(BenefitDraft draft, Redemption before, Redemption after) {
        long amount = before.left() - after.left();
        switch (before.item().kind()) {
            case COUPON -> coupons.giveBack(draft.customer(), coupon(before), under(draft, after.backKey()));
            case CARD -> refund(draft, counted(before.item()), after, amount);
            case BENEFIT -> {}
            case EXCHANGE -> {
                String key = before.item().key();
                ExchangeOffer offer = offers.version(key, before.version())
                        .orElseThrow(() -> CoreError.STORE_FAILED.because("a version that was written is not found"));
                long points = offer.cost(before.left()) - offer.cost(after.left());
                if (points > 0) {
                    refund(draft, points(offer), after, points);
                }
                draft.take(new BenefitTake(key, -amount, Long.MAX_VALUE));
            }
        }
    }

    private static void refund(BenefitDraft draft, Ledger ledger, Redemption after, long amount) {
        Posting posting = under(draft, after.backKey());
        ledger.rehearsal().refund(draft.customer(), after.useKey(), amount, posting);
        draft.then(() -> ledger.refund(draft.customer(), after.useKey(), amount, posting));
    }

    /** The same posting under a key of the library's own. */
    private static Posting under(BenefitDraft draft, RequestKey key) {
        Posting posting = draft.posting();
        return new Posting(key, draft.at(), posting.store(), posting.staff(), posting.reference());
    }
}
