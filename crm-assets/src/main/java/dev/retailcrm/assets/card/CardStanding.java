package dev.retailcrm.assets.card;

import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A card as it is at an instant. Immutable.
 *
 * @param usesLeft 0 if it has none, or has ended
 * @param refundable what would be paid back for it; {@code null} if it was not paid for
 */
public record CardStanding(
        Card card, CardState state, long usesLeft, @Nullable Money refundable) {}
