package dev.retailcrm.assets.redeem;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import org.jspecify.annotations.Nullable;

/**
 * What is to be used, and how much of it. Immutable; start from {@link #of} and add what differs.
 *
 * @param amount 1 to {@value #MOST}; 1 of a coupon
 * @param till where in the store, 1 to {@value #MAX_TILL} printable ASCII characters; {@code null} if not known
 */
public record Redeem(RedeemItem item, long amount, @Nullable String till) {
    /** The most of one redemption. */
    public static final int MOST = 1_000_000;

    /** The most characters of a till. */
    public static final int MAX_TILL = 40;

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public Redeem {
        Check.present(item, "item");
        requireAmount(amount);
        if (item.kind() == RedeemItem.Kind.COUPON && amount != 1) {
            throw CoreError.INVALID_VALUE.because("a coupon is used once");
        }
        if (till != null) {
            Check.code(till, MAX_TILL, "till");
        }
    }

    static long requireAmount(long amount) {
        if (amount < 1 || amount > MOST) {
            throw CoreError.INVALID_VALUE.because("an amount must be 1 to %d, was %d", MOST, amount);
        }
        return amount;
    }

    /** One of it. */
    public static Redeem of(RedeemItem item) {
        return new Redeem(item, 1, null);
    }

    /** So many of it. */
    public static Redeem of(RedeemItem item, long amount) {
        return new Redeem(item, amount, null);
    }

    /** The same at a till. */
    public Redeem at(String where) {
        return new Redeem(item, amount, Check.present(where, "till"));
    }
}
