package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * A gift card's code as somebody presented it. Immutable; start from {@link #of(String, String)}.
 *
 * @param code the code, in normal form
 * @param origin from where, such as a till or a network address: wrong codes are counted by it. 1 to 64 printable ASCII characters,
 *     not chosen by whoever presents the code
 * @param customer who presented it, as far as the host knows her; {@code null} if it does not
 */
public record PresentedCard(
        GiftCardCode code, String origin, @Nullable CustomerId customer) {
    /** Refuses a missing code and a malformed origin. */
    public PresentedCard {
        Check.present(code, "code");
        Check.code(origin, 64, "origin");
    }

    /**
     * A code presented by nobody in particular.
     *
     * @param code as it was typed or scanned, see {@link GiftCardCode#parse}
     * @throws CrmException {@link AssetError#MALFORMED_CODE}
     */
    public static PresentedCard of(String code, String origin) {
        return new PresentedCard(GiftCardCode.parse(code), origin, null);
    }

    /** The same, presented by a customer. */
    public PresentedCard by(CustomerId who) {
        return new PresentedCard(code, origin, Check.present(who, "customer"));
    }
}
