package dev.retailcrm.tck;

import dev.retailcrm.assets.benefit.BenefitSettings;
import dev.retailcrm.assets.benefit.Benefits;
import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.BenefitTerms;
import dev.retailcrm.assets.checkout.Checkout;
import dev.retailcrm.assets.checkout.CheckoutOrder;
import dev.retailcrm.assets.checkout.CheckoutParts;
import dev.retailcrm.assets.checkout.CheckoutPolicy;
import dev.retailcrm.assets.checkout.GivenBack;
import dev.retailcrm.assets.checkout.PointsRate;
import dev.retailcrm.assets.checkout.Quote;
import dev.retailcrm.assets.checkout.Refund;
import dev.retailcrm.assets.checkout.Settlement;
import dev.retailcrm.assets.coupon.CouponBenefit.PercentOff;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponStacking;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.earn.Earning;
import dev.retailcrm.assets.earn.EarningProgram;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.stored.GiftCardIssue;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.IssuedGiftCards;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/** The checkout over the ports of a fixture, for contracts that test behaviour whatever the store. */
abstract class CheckoutFacade extends MergeFacade {
    static final Asset GROWTH = Asset.growth("standard");

    /** One point is 0.01. */
    static final PointsRate CENT = PointsRate.of(1, yuan("0.01"));

    static final CheckoutPolicy POLICY = CheckoutPolicy.standard().points(CENT);

    final Earning earning(Terms terms) {
        var rules = new RuleQueries(ACME, RuleTime.in(ZONE), crm().rulePorts(), List.of());
        return new Earning(ACME, terms, crm().earnPorts(), rules, new Tiers(ACME, ZONE, crm().tierPorts()));
    }

    final GiftCards giftCards() {
        return GiftCards.builder(ACME, CNY, terms()).in(crm().giftCards(), crm().ledgerPorts(), stored());
    }

    final Checkout checkout() {
        return checkout(POLICY);
    }

    final Checkout checkout(CheckoutPolicy policy) {
        return checkout(policy, terms());
    }

    final Benefits benefits() {
        return new Benefits(
                ACME, crm().benefitPorts(), BenefitSettings.in(ZONE), new Tiers(ACME, ZONE, crm().tierPorts()));
    }

    final Checkout checkout(CheckoutPolicy policy, Terms terms) {
        var parts = new CheckoutParts(
                points(terms),
                currency -> stored(terms),
                currency -> giftCards(),
                coupons(),
                earning(terms),
                policy.benefits() ? List.of(new BenefitTerms(benefits())) : List.of());
        return new Checkout(ACME, policy, crm().checkoutPorts(), parts);
    }

    final void earns(EarnRule... rules) {
        earning(terms()).define(EarningProgram.of("standard", POINTS, List.of(rules)), key());
    }

    final void grows() {
        var rule = EarnRule.perMoney("growth", 1, yuan("1.00"));
        earning(terms()).define(EarningProgram.of("growth", GROWTH, List.of(rule)), key());
    }

    final Posting posting() {
        return Posting.key(key());
    }

    static BasketLine line(int no, String amount) {
        return BasketLine.of(no, "A-" + no, yuan(amount));
    }

    static Basket basket(String... amounts) {
        BasketLine[] lines = new BasketLine[amounts.length];
        for (int i = 0; i < amounts.length; i++) {
            lines[i] = line(i + 1, amounts[i]);
        }
        return Basket.of(lines);
    }

    static CheckoutOrder order(String number, String... amounts) {
        return CheckoutOrder.of(number, basket(amounts));
    }

    final Quote quote(CheckoutOrder order) {
        return checkout().quote(ann, order, crm().clock().instant());
    }

    final Settlement settle(CheckoutOrder order) {
        return checkout().settle(ann, order, Posting.key("settle/" + order.number()));
    }

    final Refund refund(String number, Map<Integer, Money> lines) {
        return checkout().refund(ann, number, lines, posting());
    }

    final void pointsOf(long points) {
        points().earn(ann, points, posting());
    }

    final void topUp(String principal, String bonus) {
        stored().topUp(ann, TopUp.of(yuan(principal)).bonus(yuan(bonus)), posting());
    }

    final PresentedCard card(String value) {
        IssuedGiftCards issued =
                giftCards().issue(GiftCardIssue.of(1, yuan(value)).activated(), posting());
        return PresentedCard.of(issued.codes().get(0).reveal(), "till-1");
    }

    /** A coupon of so many percent, to be used so often on a basket. */
    final CouponTemplate percent(String name, int percent, int times) {
        return coupons()
                .templates()
                .define(
                        CouponTemplate.of(name, name, new PercentOff(100 * percent, null))
                                .stacking(CouponStacking.any().times(times))
                                .active(),
                        key());
    }

    final CouponId coupon(String template) {
        return coupon(ann, template);
    }

    final CouponId coupon(CustomerId customer, String template) {
        return coupons()
                .claim(customer, CouponClaim.of(template), posting())
                .get(0)
                .id();
    }

    final String state(Collection<CouponId> coupons) {
        StringBuilder states = new StringBuilder();
        coupons.forEach(it -> states.append(coupons()
                        .find(ann, it)
                        .orElseThrow()
                        .stateAt(crm().clock().instant()))
                .append(' '));
        return states.toString().trim();
    }

    final Money storedValue() {
        return stored().balance(ann).available();
    }

    static String told(GivenBack back) {
        return back.points() + " points, " + back.storedValue() + " stored, " + back.money();
    }
}
