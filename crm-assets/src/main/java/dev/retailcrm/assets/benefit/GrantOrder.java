package dev.retailcrm.assets.benefit;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.Instants;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which benefit to give, and for how long. Immutable; start from {@link #of} and add what differs.
 *
 * @param from since when; {@code null} for at once
 * @param until exclusive; {@code null} for no end
 */
public record GrantOrder(
        String benefit,
        BenefitOrigin origin,
        @Nullable Instant from,
        @Nullable Instant until) {
    /** Cuts instants to milliseconds; refuses anything else. */
    public GrantOrder {
        Check.code(benefit, Benefit.MAX_KEY, "key of the benefit");
        Check.present(origin, "origin");
        Instants.requireStorable(from);
        Instants.requireStorable(until);
        if (from != null && until != null && !from.isBefore(until)) {
            throw AssetError.INVALID_TERM.because("a grant must end after it begins");
        }
        from = from == null ? null : from.truncatedTo(ChronoUnit.MILLIS);
        until = until == null ? null : until.truncatedTo(ChronoUnit.MILLIS);
    }

    /** By hand, from now on, without end. */
    public static GrantOrder of(String benefit) {
        return new GrantOrder(benefit, BenefitOrigin.HAND, null, null);
    }

    /** The same, decided by a campaign: name it as the reference of the posting. */
    public GrantOrder byCampaign() {
        return new GrantOrder(benefit, BenefitOrigin.CAMPAIGN, from, until);
    }

    /** The same for a time; {@code null} for from now, or without end. */
    public GrantOrder between(@Nullable Instant start, @Nullable Instant end) {
        return new GrantOrder(benefit, origin, start, end);
    }
}
