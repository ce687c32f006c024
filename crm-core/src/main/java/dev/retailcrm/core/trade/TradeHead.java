package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What a customer's trade is locked by. Immutable.
 *
 * @param eventSeq the number of the last event in the stream {@code trade}; 0 if there was none
 * @param pendingRefunds how many of her refunds wait for their order
 * @param movedTo the customer she was merged into, who has her trade; {@code null} if she was not
 */
public record TradeHead(
        long eventSeq, long pendingRefunds, @Nullable CustomerId movedTo) {
    /** Of a customer who has not bought yet. */
    public static final TradeHead OPENED = new TradeHead(0, 0);

    /** Of a customer who was not merged. */
    public TradeHead(long eventSeq, long pendingRefunds) {
        this(eventSeq, pendingRefunds, null);
    }
}
