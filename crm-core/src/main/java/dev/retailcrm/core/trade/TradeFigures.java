package dev.retailcrm.core.trade;

/**
 * What orders and refunds come to, or by how much that changes. Amounts are in the currency's smallest unit. Immutable.
 *
 * @param orders orders that are not cancelled
 * @param amountMinor what they came to, before refunds
 * @param unitsMilli the quantities bought, before refunds, in thousandths of a unit
 * @param refunds refunds whose orders are known
 * @param refundedMinor what they came to
 */
public record TradeFigures(long orders, long amountMinor, long unitsMilli, long refunds, long refundedMinor) {
    /** Nothing. */
    public static final TradeFigures ZERO = new TradeFigures(0, 0, 0, 0, 0);

    /** The sum; {@link ArithmeticException} if it exceeds 64 bits. */
    public TradeFigures plus(TradeFigures other) {
        return new TradeFigures(
                Math.addExact(orders, other.orders),
                Math.addExact(amountMinor, other.amountMinor),
                Math.addExact(unitsMilli, other.unitsMilli),
                Math.addExact(refunds, other.refunds),
                Math.addExact(refundedMinor, other.refundedMinor));
    }

    /** The same many times; minus one takes away. */
    TradeFigures times(int factor) {
        return new TradeFigures(
                factor * orders, factor * amountMinor, factor * unitsMilli, factor * refunds, factor * refundedMinor);
    }

    /** Whether nothing is in it. */
    public boolean isZero() {
        return equals(ZERO);
    }

    /** Whether it takes anything away. */
    public boolean isTaking() {
        return orders < 0 || amountMinor < 0 || unitsMilli < 0 || refunds < 0 || refundedMinor < 0;
    }
}
