package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which coupons can be used on one basket together. Immutable.
 *
 * @param group of whose templates only one is used on a basket, 1 to {@value CouponTemplate#MAX_KEY} printable ASCII characters; {@code null}
 *     if it is in none
 * @param alone whether no coupon of another template is used beside it
 * @param perBasket how many of its template are used on a basket, 1 to {@value #MOST_PER_BASKET}
 */
public record CouponStacking(@Nullable String group, boolean alone, int perBasket) {
    /** The most of one template on a basket. */
    public static final int MOST_PER_BASKET = 100;

    /** Refuses anything else with {@link AssetError#INVALID_COUPON_TEMPLATE}. */
    public CouponStacking {
        if (group != null) {
            Check.code(group, CouponTemplate.MAX_KEY, "stacking group");
        }
        if (perBasket < 1 || perBasket > MOST_PER_BASKET) {
            throw AssetError.INVALID_COUPON_TEMPLATE.because(
                    "1 to %d coupons of a template are used on a basket", MOST_PER_BASKET);
        }
    }

    /** With all other templates, one of its own a basket. */
    public static CouponStacking any() {
        return new CouponStacking(null, false, 1);
    }

    /** The same in a group. */
    public CouponStacking in(String name) {
        return new CouponStacking(Check.present(name, "stacking group"), alone, perBasket);
    }

    /** The same beside no other template. */
    public CouponStacking onItsOwn() {
        return new CouponStacking(group, true, perBasket);
    }

    /** The same, so many times on a basket. */
    public CouponStacking times(int most) {
        return new CouponStacking(group, alone, most);
    }

    /**
     * Whether coupons of these templates can be used on one basket together; each is named as often as it is used.
     *
     * @throws CrmException INVALID_VALUE if the list is missing
     */
    public static boolean areCombinable(Collection<CouponTemplate> used) {
        Map<String, Integer> times = new HashMap<>();
        Map<String, Set<String>> groups = new HashMap<>();
        boolean alone = false;
        boolean within = true;
        for (CouponTemplate template : Check.present(used, "templates")) {
            CouponStacking stacking = template.stacking();
            int count = times.merge(template.key(), 1, Integer::sum);
            within &= count <= stacking.perBasket();
            alone |= stacking.alone();
            if (stacking.group() != null) {
                Set<String> members = groups.computeIfAbsent(stacking.group(), first -> new HashSet<>());
                members.add(template.key());
                within &= members.size() == 1;
            }
        }
        return within && !(alone && times.size() > 1);
    }
}
