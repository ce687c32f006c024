package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.core.kernel.CustomerId;

/**
 * Something a customer has or did that moves with her when she is merged: a
 * {@link dev.retailcrm.assets.benefit.BenefitGrant}, a {@link dev.retailcrm.assets.card.Card} or a {@link dev.retailcrm.assets.redeem.Redemption}.
 * Immutable.
 */
public interface BenefitRow {
    /** Unique within the tenant, for all kinds. */
    BenefitId id();

    /** Whose it is by now. */
    CustomerId customer();

    /** Whose it was when it came to be. */
    CustomerId home();

    /** The same under another customer. */
    BenefitRow of(CustomerId other);
}
