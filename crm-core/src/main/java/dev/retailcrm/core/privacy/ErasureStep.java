package dev.retailcrm.core.privacy;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;

/**
 * A step of an erasure, about one id of the person. Immutable.
 *
 * @param tenant the retailer
 * @param customer the id, hers or that of a customer who was merged into her
 * @param at when, in milliseconds
 * @param actor who asked for it
 */
public record ErasureStep(TenantId tenant, CustomerId customer, Instant at, Actor actor) {
    /** Refuses missing parts. */
    public ErasureStep {
        Check.present(tenant, "tenant");
        Check.present(customer, "customer");
        Check.present(at, "instant");
        Check.present(actor, "actor");
    }
}
