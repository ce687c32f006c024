package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.earn.Earned;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;

/**
 * The decision of one command about what a customer earned, and all that is to be written with it. Immutable.
 *
 * @param customer whose wallet is locked; the key and the uses are hers
 * @param isNew whether it was earned just now; else it takes the place of what has its customer and number
 * @param earned as it is to be; of a customer who was merged into this one it may be in the books of that one
 * @param uses what is added to the uses of caps; each names something else
 */
public record EarnChange(
        TenantId tenant,
        CustomerId customer,
        boolean isNew,
        Earned earned,
        List<CapUse> uses,
        RequestKey key,
        Booked booked) {
    /** Copies the list. */
    public EarnChange {
        uses = List.copyOf(uses);
    }
}
