package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.core.kernel.Check;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A batch of gift cards to be made. Immutable; start from {@link #of(int, Money)} and add what differs.
 *
 * @param count 1 to {@value #MOST}
 * @param faceValue the value of each card, above zero
 * @param expiry when they expire, counted from their issue; {@code null} for what the terms say. It cannot slide
 * @param active whether they carry their value at once, or only when each is activated
 */
public record GiftCardIssue(
        int count, Money faceValue, @Nullable Expiry expiry, boolean active) {
    /** The most cards of one batch. */
    public static final int MOST = 10_000;

    /** Refuses a count outside its range and an expiry that slides. */
    public GiftCardIssue {
        Check.range(count, 1, MOST, "number of gift cards");
        Check.present(faceValue, "face value");
        if (expiry != null && expiry.slideDays() > 0) {
            throw AssetError.INVALID_TERM.because("the expiry of a gift card cannot slide");
        }
    }

    /** Cards to be activated one by one as they are sold. */
    public static GiftCardIssue of(int count, Money faceValue) {
        return new GiftCardIssue(count, faceValue, null, false);
    }

    /** The same with an expiry of their own. */
    public GiftCardIssue expiring(Expiry other) {
        return new GiftCardIssue(count, faceValue, Check.present(other, "expiry"), active);
    }

    /** The same, usable at once. */
    public GiftCardIssue activated() {
        return new GiftCardIssue(count, faceValue, expiry, true);
    }
}
