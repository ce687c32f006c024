package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.coupon.Coupons;
import dev.retailcrm.assets.earn.Earning;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.spi.MemberTerms;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.core.kernel.Check;
import java.util.List;
import java.util.function.Function;
import org.joda.money.CurrencyUnit;

/**
 * The facades with which a checkout books, of one tenant over one unit of work, none of them guarded. Immutable.
 *
 * @param points that pay
 * @param stored by currency
 * @param cards by currency
 * @param terms of members and the like, in the order in which they are granted
 */
public record CheckoutParts(
        Points points,
        Function<CurrencyUnit, StoredValue> stored,
        Function<CurrencyUnit, GiftCards> cards,
        Coupons coupons,
        Earning earning,
        List<MemberTerms> terms) {
    /** Refuses what is missing. */
    public CheckoutParts {
        Check.present(points, "points");
        Check.present(stored, "stored value");
        Check.present(cards, "gift cards");
        Check.present(coupons, "coupons");
        Check.present(earning, "earning");
        terms = List.copyOf(terms);
    }
}
