package dev.retailcrm.tck;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.benefit.BenefitSettings;
import dev.retailcrm.assets.benefit.BenefitWorth;
import dev.retailcrm.assets.benefit.Benefits;
import dev.retailcrm.assets.benefit.CustomerBenefit;
import dev.retailcrm.assets.card.CardProduct;
import dev.retailcrm.assets.card.Cards;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.redeem.ExchangeOffer;
import dev.retailcrm.assets.redeem.Exchanges;
import dev.retailcrm.assets.redeem.PassKeys;
import dev.retailcrm.assets.redeem.Redeem;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.redeem.RedeemSettings;
import dev.retailcrm.assets.redeem.Redemption;
import dev.retailcrm.assets.redeem.Redemptions;
import dev.retailcrm.assets.stored.LocalGuessThrottle;
import dev.retailcrm.assets.tier.TierLevel;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierPeriod;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Benefits, cards and redemption over the ports of a fixture, for contracts that test behaviour whatever the store. */
abstract class BenefitFacade extends MergeFacade {
    static final StoreId S01 = StoreId.of("S01");
    static final PassKeys KEYS = PassKeys.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    private final AtomicInteger postings = new AtomicInteger();
    private final LocalGuessThrottle throttle = new LocalGuessThrottle();

    final BenefitSettings benefitSettings() {
        return BenefitSettings.in(ZONE);
    }

    final Tiers tiers() {
        return new Tiers(ACME, ZONE, crm().tierPorts());
    }

    final Benefits benefits() {
        return new Benefits(ACME, crm().benefitPorts(), benefitSettings(), tiers());
    }

    final Cards cards() {
        return new Cards(ACME, crm().benefitPorts(), benefitSettings());
    }

    final Exchanges exchanges() {
        return new Exchanges(ACME, crm().benefitPorts());
    }

    final Redemptions redemptions() {
        return redemptions(RedeemSettings.of(terms()).keys(KEYS).throttle(throttle));
    }

    final Redemptions redemptions(RedeemSettings settings) {
        return new Redemptions(ACME, crm().benefitPorts(), benefits(), coupons(), benefitSettings(), settings);
    }

    /** A posting under a key of its own, in a store. */
    final Posting posting() {
        return by("benefits/" + postings.incrementAndGet());
    }

    final Benefit define(Benefit benefit) {
        return benefits().define(benefit, key());
    }

    final CardProduct define(CardProduct product) {
        return cards().define(product, key());
    }

    final ExchangeOffer define(ExchangeOffer offer) {
        return exchanges().define(offer, key());
    }

    /** A tenth off, for those whom it is granted to. */
    static Benefit tenth() {
        return Benefit.of("tenth", "A tenth off", new BenefitWorth.Discount(new BigDecimal("10")));
    }

    /** A cake for everybody. */
    static Benefit cake() {
        return Benefit.of("cake", "A cake", new BenefitWorth.Gift("CAKE-1")).forEverybody();
    }

    /** Levels at 0 and 100, reached by what was spent. */
    final void defineTiers() {
        var levels = List.of(TierLevel.of("base", 0), TierLevel.of("gold", 100));
        tiers().define(
                        TierProgram.of(
                                "club", TierMeasure.spent(CNY), TierPeriod.ever(), levels, LocalDate.of(2026, 1, 1)),
                        key());
    }

    final CustomerBenefit hers(CustomerId customer, String benefit) {
        return benefits().ask(customer, benefit, S01, crm().clock().instant()).orElseThrow();
    }

    final List<String> keysOf(CustomerId customer) {
        return benefits().of(customer, S01).stream()
                .map(it -> it.benefit().key())
                .toList();
    }

    final Redemption redeem(CustomerId customer, RedeemItem item, long amount) {
        return redemptions().redeem(customer, Redeem.of(item, amount), posting());
    }
}
