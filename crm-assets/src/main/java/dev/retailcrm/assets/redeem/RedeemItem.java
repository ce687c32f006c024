package dev.retailcrm.assets.redeem;

import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;

/**
 * Something of a customer's that can be used up. Immutable.
 *
 * @param key of a coupon its id, of the others the key of the card product, the benefit or the offer; 1 to 40 printable ASCII characters
 */
public record RedeemItem(Kind kind, String key) {
    /** The most characters of a key. */
    public static final int MAX_KEY = 40;

    /** Kinds of what can be used up. Names and letters are kept. */
    public enum Kind {
        /** A coupon. */
        COUPON('C'),
        /** Uses of a count card. */
        CARD('K'),
        /** A benefit. */
        BENEFIT('B'),
        /** Goods for points. */
        EXCHANGE('X');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        char letter() {
            return letter;
        }
    }

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public RedeemItem {
        Check.present(kind, "kind");
        Check.code(key, MAX_KEY, "key");
        if (kind == Kind.COUPON) {
            key = CouponId.parse(key).toString();
        }
    }

    /** A coupon. */
    public static RedeemItem coupon(CouponId coupon) {
        return new RedeemItem(Kind.COUPON, Check.present(coupon, "coupon").toString());
    }

    /** Uses of the count cards of a product; those that end first are used first. */
    public static RedeemItem card(String product) {
        return new RedeemItem(Kind.CARD, product);
    }

    /** A benefit. */
    public static RedeemItem benefit(String benefit) {
        return new RedeemItem(Kind.BENEFIT, benefit);
    }

    /** Goods of an offer for points. */
    public static RedeemItem exchange(String offer) {
        return new RedeemItem(Kind.EXCHANGE, offer);
    }

    /** Such as {@code BENEFIT:cake}. */
    @Override
    public String toString() {
        return kind + ":" + key;
    }
}
