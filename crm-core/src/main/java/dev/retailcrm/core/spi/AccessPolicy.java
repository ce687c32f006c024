package dev.retailcrm.core.spi;

import dev.retailcrm.core.access.Principal;
import dev.retailcrm.core.access.Reach;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.access.RolePolicy;
import dev.retailcrm.core.access.Shown;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what principals may do; {@link RolePolicy} does it by roles. Asked before anything is read or written; for a customer who was
 * looked up, once more before she is shown. Thread-safe. What it throws refuses the call.
 */
public interface AccessPolicy {
    /** <b>[AP-1]</b> How far a right of hers reaches in this tenant. Asked once by each call, so it should need no database. */
    Reach reach(TenantId tenant, Principal principal, Right right);

    /**
     * <b>[AP-2]</b> Those of these customers for whom she has a right that reaches {@link Reach#SOME}; customers who are not known or do
     * not exist are not among them. Asked once for all customers of a batch or page.
     */
    Set<CustomerId> permitted(TenantId tenant, Principal principal, Right right, Set<CustomerId> customers);

    /**
     * <b>[AP-3]</b> How a field is shown to her in views; empty for how it is by default: name, identities and personal custom fields
     * masked, the rest of the profile hidden, other custom fields in clear. Asked for each field, so it should need no database.
     *
     * @param field as in histories: {@code profile.birth_date}, {@code identity.phone}, {@code identity.external.sap},
     *     {@code custom.size}
     */
    default Optional<Shown> shown(TenantId tenant, Principal principal, String field) {
        return Optional.empty();
    }
}
