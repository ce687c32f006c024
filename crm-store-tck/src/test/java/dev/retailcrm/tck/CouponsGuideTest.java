package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponBatch;
import dev.retailcrm.assets.coupon.CouponBenefit;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponCode;
import dev.retailcrm.assets.coupon.CouponEntry;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponLimits;
import dev.retailcrm.assets.coupon.CouponOffer;
import dev.retailcrm.assets.coupon.CouponScope;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.CouponValidity;
import dev.retailcrm.assets.coupon.PresentedCode;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** The example of docs/coupons.md compiles, runs and is quoted as it is. */
class CouponsGuideTest {
    private static Money yuan(String amount) {
        return Money.of(CurrencyUnit.of("CNY"), new BigDecimal(amount));
    }

    @Test
    void the_example_runs() {
        var crm = InMemoryCrm.on(MutableClock.at("2026-03-01T09:00:00Z"));
        CustomerId ann = crm.tenant("shop")
                .customers()
                .register(Registration.of("Ann").key("ann"))
                .id();
        // GUIDE
        var coupons = crm.tenant("shop").coupons();
        coupons.templates()
                .define(
                        CouponTemplate.of(
                                        "spring", "12.5 % off tea", new CouponBenefit.PercentOff(1_250, yuan("30.00")))
                                .within(CouponScope.all().categories("tea"))
                                .from(yuan("50.00"))
                                .good(CouponValidity.days(
                                        7)) // through the end of the seventh day in the retailer's zone
                                .limitedTo(CouponLimits.none().total(100_000).perCustomer(1))
                                .active(),
                        RequestKey.of("spring"));

        // she claims one, and is shown what it takes off
        Coupon coupon = coupons.claim(ann, CouponClaim.of("spring"), Posting.key("app/claim/1"))
                .get(0);
        Basket basket = Basket.of(
                BasketLine.of(1, "longjing", yuan("80.00")).category("tea"), BasketLine.of(2, "cup", yuan("20.00")));
        CouponOffer offer = coupons.offers(ann, basket).get(0);
        Money off = offer.worth().total(); // 10.00, all of it off line 1
        Basket reduced = offer.worth().takenOff(basket, "spring");

        // at the till: reserved while she pays, used, and given back
        Set<CouponId> these = Set.of(coupon.id());
        coupons.lock(
                ann, these, Duration.ofMinutes(10), Posting.key("S01/812/lock").reference("S01/812"));
        coupons.redeem(ann, these, Posting.key("S01/812/redeem").reference("S01/812"));
        coupons.giveBack(ann, these, Posting.key("S01/812/refund").reference("S01/812"));
        List<CouponEntry> life = coupons.history(ann, coupon.id()); // CLAIMED, LOCKED, REDEEMED, RETURNED

        // codes for a leaflet, kept as hashes: what make answers is told once
        CouponBatch batch = coupons.codes().order("spring", 5_000, RequestKey.of("leaflet"));
        List<CouponCode> codes = new ArrayList<>();
        for (var made = coupons.codes().make(batch.id(), 1_000);
                !made.isEmpty();
                made = coupons.codes().make(batch.id(), 1_000)) {
            codes.addAll(made);
        }
        CustomerId bob = crm.tenant("shop")
                .customers()
                .register(Registration.of("Bob").key("bob"))
                .id();
        var brought = PresentedCode.of(codes.get(0).reveal(), "till-3");
        Coupon his = coupons.bind(bob, brought, Posting.key("S01/bind/1"));
        // GUIDE

        assertThat(off).isEqualTo(yuan("10.00"));
        assertThat(reduced.net()).isEqualTo(yuan("90.00"));
        assertThat(life).hasSize(4);
        assertThat(codes).hasSize(5_000).doesNotHaveDuplicates();
        assertThat(coupons.usable(bob)).containsExactly(his);
        assertThat(coupons.templates().left("spring")).contains(94_999L);
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/CouponsGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String example = source.substring(start, source.indexOf(mark, start)).stripIndent();

        assertThat(Files.readString(Path.of("../docs/coupons.md"))).contains(example.strip());
    }
}
