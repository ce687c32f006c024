package dev.retailcrm.audience.spi;

import com.google.common.collect.ImmutableSortedMap;
import dev.retailcrm.audience.AudiencePick;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a customer and audiences. Immutable.
 *
 * @param status where she stands
 * @param mergedInto the customer she was merged into; {@code null} if she was not
 * @param stays her last stay in each audience she ever was in, by its key
 * @param picks what was said by hand, by the key of the audience
 * @param frozen the snapshots she is in, each with whose place it was before she was merged into her, if it was
 */
public record AudienceFile(
        TenantId tenant,
        CustomerId customer,
        CustomerStatus status,
        @Nullable CustomerId mergedInto,
        Map<String, AudienceStay> stays,
        Map<String, AudiencePick> picks,
        Map<String, Optional<CustomerId>> frozen) {
    /** Copies the maps; refuses missing parts with INVALID_VALUE. */
    public AudienceFile {
        Check.present(tenant, "tenant");
        Check.present(customer, "customer");
        Check.present(status, "status");
        stays = ImmutableSortedMap.copyOf(stays);
        picks = ImmutableSortedMap.copyOf(picks);
        frozen = ImmutableSortedMap.copyOf(frozen);
    }

    /** Whether she is in an audience, by what is kept. */
    public boolean isIn(String audience) {
        AudienceStay last = stays.get(audience);
        return last != null && last.isOpen();
    }
}
