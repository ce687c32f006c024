package dev.retailcrm.core.trade;

/**
 * What a customer's trade is locked by. Immutable.
 *
 * @param eventSeq the number of the last event in the stream {@code trade}; 0 if there was none
 * @param pendingRefunds how many of her refunds wait for their order
 */
public record TradeHead(long eventSeq, long pendingRefunds) {
    /** Of a customer who has not bought yet. */
    public static final TradeHead OPENED = new TradeHead(0, 0);
}
