package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Stored value sold. Immutable; start from {@link #of(Money)} and add what differs.
 *
 * @param principal what the customer may spend or have paid out, above zero
 * @param bonus given on top; {@code null} for none
 * @param price what was paid for the principal; {@code null} for the principal itself
 * @param expiry when the principal expires; {@code null} for what the account's terms say
 * @param bonusExpiry when the bonus expires; {@code null} for what the account's terms say
 * @param availableFrom the first instant it can be spent; {@code null} at once
 */
public record TopUp(
        Money principal,
        @Nullable Money bonus,
        @Nullable Money price,
        @Nullable Expiry expiry,
        @Nullable Expiry bonusExpiry,
        @Nullable Instant availableFrom) {
    /** Refuses a missing principal. */
    public TopUp {
        Check.present(principal, "principal");
    }

    /** A top-up paid in full. */
    public static TopUp of(Money principal) {
        return new TopUp(principal, null, null, null, null, null);
    }

    /** The same with a bonus. */
    public TopUp bonus(Money more) {
        return new TopUp(principal, Check.present(more, "bonus"), price, expiry, bonusExpiry, availableFrom);
    }

    /** The same, sold for another price. */
    public TopUp price(Money paid) {
        return new TopUp(principal, bonus, Check.present(paid, "price"), expiry, bonusExpiry, availableFrom);
    }

    /** The same with an expiry of the principal. */
    public TopUp expiring(Expiry other) {
        return new TopUp(principal, bonus, price, other, bonusExpiry, availableFrom);
    }

    /** The same with an expiry of the bonus. */
    public TopUp bonusExpiring(Expiry other) {
        return new TopUp(principal, bonus, price, expiry, other, availableFrom);
    }

    /** The same, to be spent only from an instant on. */
    public TopUp availableFrom(Instant instant) {
        return new TopUp(principal, bonus, price, expiry, bonusExpiry, instant);
    }
}
