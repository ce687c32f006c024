package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Lot;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer stands whom a checkout locked. Immutable.
 *
 * @param holder her record, as {@link CouponStore#lockAll} tells; {@code null} if there is none
 * @param coupons those that were asked for and found, ascending
 * @param templates theirs
 * @param accounts those that were asked for and she has, as {@link LedgerStore#lock} tells; if there is none, her wallet may not be locked
 * @param lots the first of each account that was to be spent, as {@link LedgerStore#spendable} tells. An account may be left out: then they are
 *     read as they are needed
 * @param uses as {@link EarnStore#uses} tells
 * @param lastEarned as {@link EarnStore#last} tells
 */
public record CheckoutStanding(
        @Nullable CouponHolder holder,
        List<Coupon> coupons,
        Map<CouponTemplate.Version, CouponTemplate> templates,
        Map<Asset, Account> accounts,
        Map<Asset, List<Lot>> lots,
        List<CapUse> uses,
        long lastEarned) {
    /** Copies the collections. */
    public CheckoutStanding {
        coupons = List.copyOf(coupons);
        templates = Map.copyOf(templates);
        accounts = Map.copyOf(accounts);
        lots = Map.copyOf(lots);
        uses = List.copyOf(uses);
    }
}
