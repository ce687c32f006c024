package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * What all trade of a customer in one currency comes to, or by how much that changes. Immutable.
 *
 * @param figures orders, and the refunds whose orders are known
 * @param pendingRefunds refunds whose orders are not known
 * @param pendingMinor what those come to, in the currency's smallest unit
 * @param first when the earliest order that counts was bought; {@code null} if there is none
 * @param last when the latest was; {@code null} if there is none
 */
public record TradeTotal(
        CurrencyUnit currency,
        TradeFigures figures,
        long pendingRefunds,
        long pendingMinor,
        @Nullable Instant first,
        @Nullable Instant last) {
    /** Refuses what is missing. */
    public TradeTotal {
        Check.present(currency, "currency");
        Check.present(figures, "figures");
    }

    /** Nothing in a currency. */
    public static TradeTotal none(CurrencyUnit currency) {
        return new TradeTotal(currency, TradeFigures.ZERO, 0, 0, null, null);
    }

    /** The sum, with the earlier first and the later last instant. */
    public TradeTotal plus(TradeTotal other) {
        return new TradeTotal(
                currency,
                figures.plus(other.figures),
                Math.addExact(pendingRefunds, other.pendingRefunds),
                Math.addExact(pendingMinor, other.pendingMinor),
                earlier(first, other.first),
                later(last, other.last));
    }

    /** The same between other instants. */
    public TradeTotal between(@Nullable Instant earliest, @Nullable Instant latest) {
        return new TradeTotal(currency, figures, pendingRefunds, pendingMinor, earliest, latest);
    }

    /** Whether nothing is in it. */
    public boolean isZero() {
        return figures.isZero() && pendingRefunds == 0 && pendingMinor == 0;
    }

    /** Whether it takes anything away. */
    public boolean isTaking() {
        return figures.isTaking() || pendingRefunds < 0 || pendingMinor < 0;
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isBefore(a)) ? b : a;
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isAfter(a)) ? b : a;
    }
}
