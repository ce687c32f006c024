package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.OpenWallet;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * Gift cards that are looked at first and used later, once all is decided: for features that use them together with other assets. Used within a unit of
 * work. Immutable.
 *
 * @param cards of one currency
 */
public record OpenCards(GiftCards cards) {
    /** Refuses what is missing. */
    public OpenCards {
        Check.present(cards, "gift cards");
    }

    /**
     * The id of the card presented. One round trip.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_GIFT_CARD}; {@link AssetError#TOO_MANY_GUESSES}
     */
    public CustomerId presented(PresentedCard presented) {
        return cards.presented(presented);
    }

    /**
     * What is on a card that can be used; its wallet then uses it. Two round trips, two more where something fell due.
     *
     * @param by who presents it; {@code null} if nobody is known
     * @param wallet of the card
     * @param locking whether it is to be used: it is locked before its wallet
     * @throws CrmException {@link AssetError#GIFT_CARD_STATE}; {@link AssetError#GIFT_CARD_BOUND}; {@link AssetError#WRONG_CURRENCY}
     */
    public long open(CustomerId card, @Nullable CustomerId by, OpenWallet wallet, boolean locking, Posting posting) {
        return cards.open(card, by, wallet, locking, posting);
    }

    /** Locks a card until the unit of work ends, for features that take locks in an order of their own. One round trip. */
    public void lock(CustomerId card) {
        cards.lock(card);
    }
}
