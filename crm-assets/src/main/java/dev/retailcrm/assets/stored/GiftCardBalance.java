package dev.retailcrm.assets.stored;

import org.joda.money.Money;

/**
 * A gift card and what is on it. Immutable.
 *
 * @param state where it stands, {@link GiftCardState#EXPIRED} and {@link GiftCardState#USED_UP} included
 * @param value what is on it and has not lapsed; it can be used if the state is {@link GiftCardState#ACTIVE}
 */
public record GiftCardBalance(GiftCard card, GiftCardState state, Money value) {}
