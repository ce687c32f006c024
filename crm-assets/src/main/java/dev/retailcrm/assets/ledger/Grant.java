package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Value given or sold. Immutable; start from {@link #of(long)} and add what differs.
 *
 * @param amount in the asset's smallest unit, above zero
 * @param bonus given on top, zero or more, as lots of their own
 * @param expiry when the amount expires; {@code null} for what the account's terms say
 * @param bonusExpiry when the bonus expires; {@code null} for what the account's terms say
 * @param availableFrom the first instant it can be used; {@code null} at once
 * @param cost what was paid for the amount; {@code null} if nothing
 */
public record Grant(
        long amount,
        long bonus,
        @Nullable Expiry expiry,
        @Nullable Expiry bonusExpiry,
        @Nullable Instant availableFrom,
        @Nullable Money cost) {
    /** Refuses amounts outside their range and a negative cost; cuts the instant to milliseconds. */
    public Grant {
        Ledger.amount(amount);
        if (bonus != 0) {
            Ledger.amount(bonus);
        }
        if (cost != null && (cost.isNegative() || cost.getAmountMinor().precision() > 16)) {
            throw AssetError.AMOUNT_OUT_OF_RANGE.because("a cost must be zero or more and below 10^16");
        }
        if (availableFrom != null) {
            if (availableFrom.isBefore(Instant.EPOCH) || availableFrom.isAfter(Instants.LAST)) {
                throw AssetError.INVALID_TERM.because("value must become available in 1970 to 9999");
            }
            availableFrom = availableFrom.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** This much, on the account's terms. */
    public static Grant of(long amount) {
        return new Grant(amount, 0, null, null, null, null);
    }

    /** The same with a bonus on top. */
    public Grant bonus(long more) {
        return new Grant(amount, more, expiry, bonusExpiry, availableFrom, cost);
    }

    /** The same with an expiry of its own. */
    public Grant expiring(Expiry other) {
        return new Grant(amount, bonus, other, bonusExpiry, availableFrom, cost);
    }

    /** The same with an expiry of the bonus's own. */
    public Grant bonusExpiring(Expiry other) {
        return new Grant(amount, bonus, expiry, other, availableFrom, cost);
    }

    /** The same, usable only from an instant on. */
    public Grant availableFrom(Instant instant) {
        return new Grant(amount, bonus, expiry, bonusExpiry, instant, cost);
    }

    /** The same, bought for money. */
    public Grant costing(Money paid) {
        return new Grant(amount, bonus, expiry, bonusExpiry, availableFrom, paid);
    }

    Fingerprint addTo(Fingerprint fingerprint) {
        return fingerprint
                .and(amount)
                .and(bonus)
                .and(expiry == null ? null : expiry.toString())
                .and(bonusExpiry == null ? null : bonusExpiry.toString())
                .and(availableFrom)
                .and(cost == null ? null : cost.toString());
    }
}
