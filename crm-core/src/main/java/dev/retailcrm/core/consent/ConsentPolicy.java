package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Instants;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a purpose needs before a customer may be contacted for it. It is applied when the question is asked, so that another policy needs
 * no other proofs. Immutable; start from {@link #optIn()} or {@link #optOut()}.
 *
 * @param needsConsent whether she must have given it; else she may be contacted until she refuses
 * @param validity how long a consent lasts, 1 ms to 36,600 days; {@code null} for ever
 * @param doubleOptIn whether it counts only once she has confirmed it
 * @param answerWithin how long she may take to confirm, 1 ms to 36,600 days
 */
public record ConsentPolicy(
        boolean needsConsent, @Nullable Duration validity, boolean doubleOptIn, Duration answerWithin) {
    /** The longest time a policy can name. */
    public static final Duration LONGEST = Duration.ofDays(36_600);

    private static final Duration WEEK = Duration.ofDays(7);

    /** Refuses durations outside their range, and what only makes sense where consent is needed, with INVALID_VALUE. */
    public ConsentPolicy {
        if (validity != null) {
            bounded(validity, "validity of a consent");
        }
        bounded(answerWithin, "time to confirm");
        if (!needsConsent && (validity != null || doubleOptIn)) {
            throw CoreError.INVALID_VALUE.because(
                    "a purpose that needs no consent has neither validity nor double opt-in");
        }
    }

    /** She must have given consent; it lasts for ever and need not be confirmed. A question of double opt-in stays open for 7 days. */
    public static ConsentPolicy optIn() {
        return new ConsentPolicy(true, null, false, WEEK);
    }

    /** She may be contacted until she refuses, as for receipts and recalls. */
    public static ConsentPolicy optOut() {
        return new ConsentPolicy(false, null, false, WEEK);
    }

    /**
     * The same, with consents that last this long after they were given or confirmed last.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} outside 1 ms to 36,600 days
     */
    public ConsentPolicy lasting(Duration time) {
        return new ConsentPolicy(needsConsent, Check.present(time, "validity of a consent"), doubleOptIn, answerWithin);
    }

    /** The same, with consents that count only once they are confirmed by a token. */
    public ConsentPolicy confirmed() {
        return new ConsentPolicy(needsConsent, validity, true, answerWithin);
    }

    /**
     * The same, with tokens that can be confirmed for this long.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} outside 1 ms to 36,600 days
     */
    public ConsentPolicy confirmedWithin(Duration time) {
        return new ConsentPolicy(needsConsent, validity, true, time);
    }

    /** The first instant at which a consent of this instant has expired; {@code null} if it never does. */
    @Nullable
    Instant endOf(Instant given) {
        return validity == null ? null : later(given, validity);
    }

    /** The first instant at which a question of this instant is no longer open. */
    Instant openUntil(Instant asked) {
        return later(asked, answerWithin);
    }

    private static Instant later(Instant start, Duration time) {
        Instant end = start.plus(time).truncatedTo(ChronoUnit.MILLIS);
        return end.isAfter(Instants.LAST) ? Instants.LAST : end;
    }

    private static void bounded(Duration time, String name) {
        if (Check.present(time, name).compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(LONGEST) > 0) {
            throw CoreError.INVALID_VALUE.because("%s must be 1 ms to %d days", name, LONGEST.toDays());
        }
    }
}
