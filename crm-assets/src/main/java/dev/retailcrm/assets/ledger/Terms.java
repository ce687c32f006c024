package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.Check;
import java.time.ZoneId;

/**
 * The retailer's rules for one asset. Immutable; start from {@link #in(ZoneId)} and change what differs.
 *
 * @param zone the retailer's zone, in which calendar expiry ends
 * @param expiry when value expires unless the command says otherwise; default never
 * @param order which part is used first; default soonest expiry
 * @param shortfall what happens when less is left than is to be taken back; default refuse
 * @param lapsedReturn what happens when value is refunded to an expired lot; default it lapses
 * @param cap the most an account may hold, in the asset's smallest unit; default {@link #NO_CAP}
 */
public record Terms(
        ZoneId zone, Expiry expiry, SpendOrder order, ShortfallPolicy shortfall, LapsedReturn lapsedReturn, long cap) {
    /** The cap of an account without one, 10<sup>18</sup>. */
    public static final long NO_CAP = 1_000_000_000_000_000_000L;

    /** Refuses missing parts and a cap outside 1 to {@link #NO_CAP}. */
    public Terms {
        Check.present(zone, "zone");
        Check.present(expiry, "expiry");
        Check.present(order, "spend order");
        Check.present(shortfall, "shortfall policy");
        Check.present(lapsedReturn, "lapsed return");
        if (cap < 1 || cap > NO_CAP) {
            throw AssetError.AMOUNT_OUT_OF_RANGE.because("a cap must be 1 to %d", NO_CAP);
        }
    }

    /** The defaults in a zone. */
    public static Terms in(ZoneId zone) {
        return new Terms(
                zone, Expiry.never(), SpendOrder.SOONEST_EXPIRY, ShortfallPolicy.REFUSE, LapsedReturn.lapse(), NO_CAP);
    }

    /** The same with another expiry. */
    public Terms expiring(Expiry other) {
        return new Terms(zone, other, order, shortfall, lapsedReturn, cap);
    }

    /** The same with another spend order. */
    public Terms spending(SpendOrder other) {
        return new Terms(zone, expiry, other, shortfall, lapsedReturn, cap);
    }

    /** The same with another shortfall policy. */
    public Terms onShortfall(ShortfallPolicy other) {
        return new Terms(zone, expiry, order, other, lapsedReturn, cap);
    }

    /** The same with another policy for refunds to expired lots. */
    public Terms onLapsedReturn(LapsedReturn other) {
        return new Terms(zone, expiry, order, shortfall, other, cap);
    }

    /** The same with a cap, in the asset's smallest unit. */
    public Terms cappedAt(long other) {
        return new Terms(zone, expiry, order, shortfall, lapsedReturn, other);
    }
}
