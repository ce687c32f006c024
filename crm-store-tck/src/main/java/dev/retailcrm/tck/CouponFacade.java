package dev.retailcrm.tck;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponBenefit.AmountOff;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponCode;
import dev.retailcrm.assets.coupon.CouponCodes;
import dev.retailcrm.assets.coupon.CouponEntry;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponLimits;
import dev.retailcrm.assets.coupon.CouponSettings;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.CouponValidity;
import dev.retailcrm.assets.coupon.Coupons;
import dev.retailcrm.assets.coupon.PresentedCode;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.stored.LocalGuessThrottle;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.util.List;
import java.util.Set;

/** Coupons over the ports of a fixture, for contracts that test behaviour whatever the store. */
abstract class CouponFacade extends FacadeContract {
    private final LocalGuessThrottle throttle = new LocalGuessThrottle();
    private int keys;

    final Coupons coupons() {
        return coupons(ACME);
    }

    final Coupons coupons(TenantId tenant) {
        return new Coupons(tenant, crm().couponPorts(), CouponSettings.in(ZONE).throttle(throttle));
    }

    final CouponCodes codes() {
        return coupons().codes();
    }

    final RequestKey key() {
        return RequestKey.of("coupons/" + ++keys);
    }

    /** A posting under a key of its own, for an order. */
    final Posting order(String number) {
        return Posting.key(key()).reference(number);
    }

    final Posting posting() {
        return Posting.key(key());
    }

    /** Ten off, for anybody and any number of times, for a week. */
    static CouponTemplate ten() {
        return CouponTemplate.of("ten", "Ten off", new AmountOff(yuan("10.00")))
                .good(CouponValidity.days(7))
                .active();
    }

    final CouponTemplate define(CouponTemplate template) {
        return coupons().templates().define(template, key());
    }

    final CouponTemplate define(CouponLimits limits) {
        return define(ten().limitedTo(limits));
    }

    /** A coupon of {@link #ten()}, which is defined if it is not. */
    final CouponId claimed(CustomerId customer) {
        if (coupons().templates().find("ten").isEmpty()) {
            define(ten());
        }
        return coupons()
                .claim(customer, CouponClaim.of("ten"), posting())
                .get(0)
                .id();
    }

    final Coupon now(CustomerId customer, CouponId coupon) {
        return coupons().find(customer, coupon).orElseThrow();
    }

    /** What became of a coupon, such as {@code CLAIMED}. */
    final List<String> life(CustomerId customer, CouponId coupon) {
        return coupons().history(customer, coupon).stream()
                .map(CouponEntry::act)
                .map(Enum::name)
                .toList();
    }

    static PresentedCode presented(CouponCode code) {
        return PresentedCode.of(code.reveal(), "till-1");
    }

    static Set<CouponId> one(CouponId coupon) {
        return Set.of(coupon);
    }
}
