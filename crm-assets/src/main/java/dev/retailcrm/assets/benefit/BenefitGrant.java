package dev.retailcrm.assets.benefit;

import dev.retailcrm.assets.spi.BenefitRow;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A benefit that was given to one customer. Immutable.
 *
 * @param customer who has it by now
 * @param home who had it before she was merged; else the same
 * @param benefit its key
 * @param from since when, inclusive
 * @param until exclusive; {@code null} for no end
 * @param grantedAt when it was given
 * @param revokedAt since when she has it no more; {@code null} if it was not taken away
 * @param reference the campaign or document, 1 to 64 characters; {@code null} if none
 */
public record BenefitGrant(
        BenefitId id,
        CustomerId customer,
        CustomerId home,
        String benefit,
        BenefitOrigin origin,
        Instant from,
        @Nullable Instant until,
        Instant grantedAt,
        @Nullable Instant revokedAt,
        @Nullable String reference)
        implements BenefitRow {
    /** Refuses what is missing. */
    public BenefitGrant {
        Check.present(id, "id");
        Check.present(customer, "customer");
        Check.present(home, "customer");
        Check.code(benefit, Benefit.MAX_KEY, "key of the benefit");
        Check.present(origin, "origin");
        Check.present(from, "instant");
        Check.present(grantedAt, "instant");
    }

    /** Whether she has it at an instant. */
    public boolean isGoodAt(Instant at) {
        return revokedAt == null && !at.isBefore(from) && (until == null || at.isBefore(until));
    }

    BenefitGrant revoked(Instant at) {
        return new BenefitGrant(id, customer, home, benefit, origin, from, until, grantedAt, at, reference);
    }

    @Override
    public BenefitGrant of(CustomerId other) {
        return new BenefitGrant(id, other, home, benefit, origin, from, until, grantedAt, revokedAt, reference);
    }
}
