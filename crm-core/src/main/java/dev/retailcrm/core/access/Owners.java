package dev.retailcrm.core.access;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.util.Set;

/**
 * Who looks after a customer. Immutable.
 *
 * @param staff the operators; may be empty
 * @param stores the stores; may be empty
 */
public record Owners(Set<StaffId> staff, Set<StoreId> stores) {
    /** Copies the sets. */
    public Owners {
        staff = Set.copyOf(Check.present(staff, "staff"));
        stores = Set.copyOf(Check.present(stores, "stores"));
    }
}
