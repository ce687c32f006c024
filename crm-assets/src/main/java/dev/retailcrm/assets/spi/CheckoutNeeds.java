package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a checkout locks and reads of a customer before it decides. Immutable.
 *
 * @param open whether the coupons she has open are wanted, the first {@code most}; else those that are named
 * @param named coupons by their ids, in which case she need not have them
 * @param most the most coupons
 * @param assets the accounts wanted, each once
 * @param spent those of the assets of which the lots are wanted that are used first
 * @param lots the most lots of each
 * @param at when they are used
 * @param periods of which the uses of caps are wanted
 */
public record CheckoutNeeds(
        TenantId tenant,
        CustomerId customer,
        boolean open,
        List<CouponId> named,
        int most,
        List<Asset> assets,
        List<Asset> spent,
        int lots,
        Instant at,
        Set<String> periods) {
    /** Copies the collections. */
    public CheckoutNeeds {
        named = List.copyOf(named);
        assets = List.copyOf(assets);
        spent = List.copyOf(spent);
        periods = Set.copyOf(periods);
    }

    /** Locks and reads it from stores of one unit of work, for those of orders that have no shorter way; without lots. */
    public CheckoutStanding of(CouponStore coupons, LedgerStore ledger, EarnStore earnings) {
        CouponHolder holder = coupons.lockAll(tenant, List.of(customer)).get(customer);
        Map<Asset, Account> accounts = new HashMap<>();
        for (Asset asset : assets) {
            ledger.lock(new AccountId(tenant, customer, asset)).ifPresent(it -> accounts.put(asset, it));
        }
        List<Coupon> hers = open
                ? coupons.coupons(tenant, customer, true, null, most)
                : List.copyOf(coupons.find(tenant, customer, named).values());
        return new CheckoutStanding(
                holder,
                hers,
                coupons.versions(
                        tenant, hers.stream().map(Coupon::template).distinct().toList()),
                accounts,
                Map.of(),
                periods.isEmpty() ? List.of() : earnings.uses(tenant, customer, new TreeSet<>(periods)),
                earnings.last(tenant, customer));
    }
}
