package dev.retailcrm.audience;

import dev.retailcrm.core.kernel.CustomerId;
import java.util.List;

/**
 * What became of customers that a list is to name. Immutable.
 *
 * @param taken how many customers it concerns; several ids of one who was merged count once
 * @param refused ids of nobody, and of customers who were erased
 */
public record AudienceListing(int taken, List<CustomerId> refused) {
    /** Copies the list. */
    public AudienceListing {
        refused = List.copyOf(refused);
    }
}
