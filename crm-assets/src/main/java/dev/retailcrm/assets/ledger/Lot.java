package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.Instants;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * Value that came in by one entry and lapses together. Immutable. Amounts are in the asset's smallest unit.
 *
 * @param no the number of the entry that made it × {@link #PER_ENTRY} + its index; ascending by age
 * @param granted what came in
 * @param remaining what can still be used, when available and not expired
 * @param held what open holds reserve
 * @param availableFrom the first instant it can be used
 * @param expiresAt the first instant it can no longer be used; {@code null} if it never expires
 * @param slideDays the days by which activity renews it; 0 if it does not slide
 * @param cost what was paid for it; {@code null} if nothing
 */
public record Lot(
        long no,
        Part part,
        long granted,
        long remaining,
        long held,
        Instant availableFrom,
        @Nullable Instant expiresAt,
        int slideDays,
        @Nullable Cost cost) {
    /** The lots one entry can make. */
    public static final long PER_ENTRY = 1_000_000;

    /** Refuses a state no sequence of commands leads to. */
    public Lot {
        if (granted <= 0 || remaining < 0 || held < 0 || remaining + held > granted) {
            throw new IllegalStateException(
                    "lot out of balance: granted " + granted + " remaining " + remaining + " held " + held);
        }
    }

    /**
     * What was paid for a lot.
     *
     * @param minor in the currency's smallest unit, zero or more
     */
    public record Cost(CurrencyUnit currency, long minor) {}

    /** The entry that made it. */
    public long entrySeq() {
        return no / PER_ENTRY;
    }

    /** Whether something of it can be used at this instant. */
    public boolean isSpendable(Instant at) {
        return remaining > 0 && !availableFrom.isAfter(at) && !isExpired(at);
    }

    /** Whether it can no longer be used at this instant, or was born that way. */
    public boolean isExpired(Instant at) {
        return expiresAt != null && !at.isBefore(expiresAt);
    }

    /**
     * What a store files it under so that used-up lots are never scanned: its expiry, or {@link Instants#LAST} without one, while
     * something remains or is held; {@code null} once nothing is.
     */
    public @Nullable Instant openUntil() {
        return remaining + held == 0 ? null : expiresAt == null ? Instants.LAST : expiresAt;
    }

    /** Whether it is used before the other: sooner expiry first, then older. */
    boolean isBefore(Lot other) {
        if (expiresAt == null || other.expiresAt == null) {
            return expiresAt != null || (other.expiresAt == null && no < other.no);
        }
        int order = expiresAt.compareTo(other.expiresAt);
        return order != 0 ? order < 0 : no < other.no;
    }

    /** The lot after a movement. */
    Lot moved(long delta, long heldDelta) {
        return new Lot(
                no, part, granted, remaining + delta, held + heldDelta, availableFrom, expiresAt, slideDays, cost);
    }

    /** The lot after activity renewed it. */
    public Lot slidFrom(Instant activity) {
        return slideDays == 0
                ? this
                : new Lot(
                        no,
                        part,
                        granted,
                        remaining,
                        held,
                        availableFrom,
                        activity.plus(Duration.ofDays(slideDays)),
                        slideDays,
                        cost);
    }

    /**
     * The cost of what is used up so far, rounded half up; the difference of two such sums is the cost of what was used between, so
     * that all uses together cost exactly the whole.
     */
    long costUsed() {
        return cost == null ? 0 : share(cost.minor(), granted - remaining - held, granted);
    }

    /** {@code whole × part / of}, rounded half up. */
    static long share(long whole, long part, long of) {
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(part))
                .shiftLeft(1)
                .add(BigInteger.valueOf(of))
                .divide(BigInteger.valueOf(of).shiftLeft(1))
                .longValueExact();
    }

    /** {@code whole × part / of}, rounded down. */
    static long shareDown(long whole, long part, long of) {
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(of))
                .longValueExact();
    }
}
