package dev.retailcrm.assets.stored;

import java.util.List;

/**
 * The answer to an issue. Codes are kept only as hashes, so they are here once and nowhere else: hand them to the printer or the
 * customer. If the answer got lost, block the cards that a repetition names and issue others. Immutable; shows no codes as text.
 *
 * @param cards the cards in the order they were numbered, with their ids and masked codes; on a repetition as they are by then
 * @param codes their codes in the same order; empty on a repetition
 */
public record IssuedGiftCards(List<GiftCard> cards, List<GiftCardCode> codes) {
    /** Copies the lists. */
    public IssuedGiftCards {
        cards = List.copyOf(cards);
        codes = List.copyOf(codes);
    }

    /** Whether this answers a repetition, so that the codes are withheld. */
    public boolean isRepetition() {
        return codes.isEmpty();
    }
}
