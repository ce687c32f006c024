package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.coupon.CouponBenefit.AmountOff;
import dev.retailcrm.assets.coupon.CouponBenefit.EveryFull;
import dev.retailcrm.assets.coupon.CouponBenefit.Exchange;
import dev.retailcrm.assets.coupon.CouponBenefit.FreeItem;
import dev.retailcrm.assets.coupon.CouponBenefit.NForM;
import dev.retailcrm.assets.coupon.CouponBenefit.PercentOff;
import dev.retailcrm.assets.coupon.CouponBenefit.Shipping;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SortedMap;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Works out what each form of benefit takes off, by the numbers of the lines, in the smallest unit. Immutable. */
final class CouponTaking implements CouponBenefit.Visitor<SortedMap<Integer, Long>> {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(CouponBenefit.WHOLE);

    private final CouponGoods goods;
    private final CouponGoods freight;

    CouponTaking(CouponGoods goods, CouponGoods freight) {
        this.goods = goods;
        this.freight = freight;
    }

    @Override
    public SortedMap<Integer, Long> amountOff(AmountOff benefit) {
        return goods.off(benefit.amount().getAmountMinorLong());
    }

    @Override
    public SortedMap<Integer, Long> percentOff(PercentOff benefit) {
        long off = BigDecimal.valueOf(goods.net())
                .multiply(BigDecimal.valueOf(benefit.hundredths()))
                .divide(WHOLE, 0, RoundingMode.HALF_UP)
                .longValueExact();
        return goods.off(Math.min(off, ceiling(benefit.ceiling())));
    }

    @Override
    public SortedMap<Integer, Long> everyFull(EveryFull benefit) {
        long times = Math.min(benefit.times(), goods.net() / benefit.threshold().getAmountMinorLong());
        return goods.off(times * benefit.amount().getAmountMinorLong());
    }

    @Override
    public SortedMap<Integer, Long> exchange(Exchange benefit) {
        return goods.cheapestFor(benefit.price().getAmountMinorLong(), benefit.units());
    }

    @Override
    public SortedMap<Integer, Long> nForM(NForM benefit) {
        return goods.cheapestFor(0, goods.units() / benefit.n() * (benefit.n() - benefit.m()));
    }

    @Override
    public SortedMap<Integer, Long> freeItem(FreeItem benefit) {
        return goods.cheapestFor(0, benefit.units());
    }

    @Override
    public SortedMap<Integer, Long> shipping(Shipping benefit) {
        return freight.off(Math.min(freight.net(), ceiling(benefit.ceiling())));
    }

    private static long ceiling(@Nullable Money ceiling) {
        return ceiling == null ? Long.MAX_VALUE : ceiling.getAmountMinorLong();
    }
}
