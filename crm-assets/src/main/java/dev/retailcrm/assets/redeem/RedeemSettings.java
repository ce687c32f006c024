package dev.retailcrm.assets.redeem;

import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.spi.GuessThrottle;
import dev.retailcrm.assets.stored.LocalGuessThrottle;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a retailer redeems. Immutable; start from {@link #of(Terms)} and change what differs. */
public final class RedeemSettings {
    private static final Duration LATEST = Duration.ofDays(30);

    private final Terms terms;
    private final @Nullable PassKeys keys;
    private final GuessThrottle throttle;
    private final Duration lateness;

    private RedeemSettings(Terms terms, @Nullable PassKeys keys, GuessThrottle throttle, Duration lateness) {
        this.terms = terms;
        this.keys = keys;
        this.throttle = throttle;
        this.lateness = lateness;
    }

    /**
     * Without one-time codes; 10 wrong ones a till within 15 minutes, and none that comes later than a day.
     *
     * @param terms on which points are spent; days are counted in their zone
     */
    public static RedeemSettings of(Terms terms) {
        return new RedeemSettings(Check.present(terms, "terms"), null, new LocalGuessThrottle(), Duration.ofDays(1));
    }

    /** With one-time codes made from a secret. */
    public RedeemSettings keys(PassKeys secret) {
        return new RedeemSettings(terms, Check.present(secret, "keys"), throttle, lateness);
    }

    /** With what slows down guessing: one for all facades of a process, at least, since each counts for itself. */
    public RedeemSettings throttle(GuessThrottle guesses) {
        return new RedeemSettings(terms, keys, Check.present(guesses, "throttle"), lateness);
    }

    /**
     * How late a till that was offline may deliver a code that it accepted.
     *
     * @param time zero to 30 days
     */
    public RedeemSettings lateness(Duration time) {
        if (Check.present(time, "time").isNegative() || time.compareTo(LATEST) > 0) {
            throw CoreError.INVALID_VALUE.because("codes come at most %d days late", LATEST.toDays());
        }
        return new RedeemSettings(terms, keys, throttle, time);
    }

    Terms terms() {
        return terms;
    }

    @Nullable
    PassKeys keys() {
        return keys;
    }

    GuessThrottle throttle() {
        return throttle;
    }

    Duration lateness() {
        return lateness;
    }
}
