package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import java.time.Instant;

/**
 * That a visitor turned out to be a customer. Immutable.
 *
 * @param since when that was found out, in milliseconds
 */
public record VisitorLink(Instant since, CustomerId customer) {
    /** Refuses what is missing or out of range. */
    public VisitorLink {
        Instants.requireStorable(Check.present(since, "instant of a link"));
        Check.present(customer, "customer");
    }
}
