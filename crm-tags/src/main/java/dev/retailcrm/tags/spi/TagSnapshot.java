package dev.retailcrm.tags.spi;

import com.google.common.collect.ImmutableSortedMap;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagMark;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a customer has of tags, as it is stored. Immutable.
 *
 * @param tenant the retailer
 * @param customer the customer
 * @param status where she stands
 * @param mergedInto the customer she was merged into; {@code null} if she was not
 * @param lastSeq the number of her last entry, and of the last event in the stream {@code tags}; 0 if there is none
 * @param changedAt the latest instant of her entries; {@code null} if there is none
 * @param marks what she has, by the key of the tag, also what is over and what was taken away by hand
 */
public record TagSnapshot(
        TenantId tenant,
        CustomerId customer,
        CustomerStatus status,
        @Nullable CustomerId mergedInto,
        long lastSeq,
        @Nullable Instant changedAt,
        Map<String, TagMark> marks) {
    /** Copies the map; refuses missing parts with {@link CoreError#INVALID_VALUE}. */
    public TagSnapshot {
        Check.present(tenant, "tenant");
        Check.present(customer, "customer");
        Check.present(status, "status");
        marks = ImmutableSortedMap.copyOf(marks);
        if (lastSeq < 0 || (lastSeq == 0) != (changedAt == null)) {
            throw CoreError.INVALID_VALUE.because("tags are numbered from their first entry on");
        }
    }

    /** Of a customer who never had a tag. */
    public static TagSnapshot none(TenantId tenant, CustomerId customer, CustomerStatus status) {
        return new TagSnapshot(tenant, customer, status, null, 0, null, Map.of());
    }
}
