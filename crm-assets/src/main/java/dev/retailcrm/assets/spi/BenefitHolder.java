package dev.retailcrm.assets.spi;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * A customer whose benefits, cards and redemptions are locked. Immutable.
 *
 * @param mergedInto the customer she was merged into; {@code null} if she was not
 * @param lastSeq the number of her last entry, and of the last event in the stream {@code benefits}; 0 if there is none
 */
public record BenefitHolder(
        CustomerId customer,
        CustomerStatus status,
        @Nullable CustomerId mergedInto,
        long lastSeq) {}
