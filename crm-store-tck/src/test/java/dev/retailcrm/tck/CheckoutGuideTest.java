package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.Checkout;
import dev.retailcrm.assets.checkout.CheckoutOrder;
import dev.retailcrm.assets.checkout.CheckoutPolicy;
import dev.retailcrm.assets.checkout.PointsRate;
import dev.retailcrm.assets.checkout.Quote;
import dev.retailcrm.assets.checkout.Refund;
import dev.retailcrm.assets.checkout.Settlement;
import dev.retailcrm.assets.coupon.CouponBenefit;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.earn.CapPeriod;
import dev.retailcrm.assets.earn.EarnCap;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** The example of docs/checkout.md compiles, runs and is quoted as it is. */
class CheckoutGuideTest {
    private static Money yuan(String amount) {
        return Money.of(CurrencyUnit.of("CNY"), new BigDecimal(amount));
    }

    @Test
    void the_example_runs() {
        var clock = MutableClock.at("2026-03-01T09:00:00Z");
        var acme = InMemoryCrm.on(clock).tenant("shop");
        CustomerId ann =
                acme.customers().register(Registration.of("Ann").key("ann")).id();
        acme.points().earn(ann, 1_550, Posting.key("points"));
        acme.storedValue(CurrencyUnit.of("CNY")).topUp(ann, TopUp.of(yuan("50.00")), Posting.key("top up"));
        acme.coupons()
                .templates()
                .define(
                        CouponTemplate.of("ten", "Ten off", new CouponBenefit.AmountOff(yuan("10.00")))
                                .active(),
                        RequestKey.of("ten"));
        acme.coupons().claim(ann, CouponClaim.of("ten"), Posting.key("claim"));
        // GUIDE
        Checkout checkout = acme.checkout(CheckoutPolicy.standard()
                .points(PointsRate.of(100, yuan("1.00")) // 100 points pay 1.00
                        .atMost(5_000) // of the goods, 50 %
                        .capped(EarnCap.points(CapPeriod.DAY, 2_000))));

        // at the till
        Basket basket = Basket.of(
                        BasketLine.of(1, "longjing", yuan("60.00")).category("tea"),
                        BasketLine.of(2, "cup", yuan("40.00")))
                .in(StoreId.of("S01"));
        CheckoutOrder order =
                CheckoutOrder.of("S01/000812", basket).bestCoupons().allPoints().storedValue(yuan("20.00"));
        Quote quote = checkout.quote(ann, order, clock.instant());
        Money due =
                quote.bill().due(); // and line by line: discounts by source, points, stored value, gift cards, money

        // paid: everything is booked, or nothing
        Settlement settled = checkout.settle(ann, order.expecting(due), Posting.key("S01/till-3/000812/settle"));

        // brought back, in parts
        Refund refund =
                checkout.refund(ann, "S01/000812", Map.of(1, yuan("27.00")), Posting.key("S01/till-1/000077/refund"));
        Money paidOut = refund.back().money(); // points and stored value are back already
        Refund rest = checkout.cancel(ann, "S01/000812", Posting.key("S01/000812/cancel"));
        // GUIDE

        assertThat(due).isEqualTo(yuan("55.00"));
        assertThat(settled.order().bill().points()).isEqualTo(1_500);
        assertThat(paidOut).isEqualTo(yuan("16.50"));
        assertThat(refund.back().points()).isEqualTo(450);
        assertThat(rest.couponsBack()).isTrue();
        assertThat(acme.points().balance(ann).available()).isEqualTo(1_550);
    }

    @Test
    void the_guide_quotes_the_example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/retailcrm/tck/CheckoutGuideTest.java"));
        String mark = "// GUIDE\n";
        int start = source.indexOf(mark) + mark.length();
        String example = source.substring(start, source.indexOf(mark, start)).stripIndent();

        assertThat(Files.readString(Path.of("../docs/checkout.md"))).contains(example.strip());
    }
}
