package dev.retailcrm.assets.benefit;

import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a customer has a benefit. Immutable.
 *
 * @param name of {@link Kind#TIER} the program and the level joined by a colon; of {@link Kind#CARD} the product; of a grant its reference, if any
 * @param id of the card or the grant; {@code null} for the others
 * @param until exclusive; {@code null} if no end is known
 */
public record BenefitSource(
        Kind kind,
        @Nullable String name,
        @Nullable BenefitId id,
        @Nullable Instant until) {
    /** Refuses what is missing. */
    public BenefitSource {
        Check.present(kind, "kind");
    }

    /** Kinds of reasons. */
    public enum Kind {
        /** Every customer has it. */
        EVERYBODY,
        /** Her level gives it. */
        TIER,
        /** A card gives it. */
        CARD,
        /** A campaign gave it. */
        CAMPAIGN,
        /** Somebody gave it. */
        HAND
    }
}
