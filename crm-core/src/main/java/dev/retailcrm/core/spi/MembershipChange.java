package dev.retailcrm.core.spi;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.membership.MembershipEntry;
import dev.retailcrm.core.spi.OwnershipChange.Booking;
import dev.retailcrm.core.spi.RequestStore.Booked;
import org.jspecify.annotations.Nullable;

/**
 * The decision of one command about a membership, and all that is to be written with it. Immutable.
 *
 * @param tenant the retailer
 * @param customer the customer
 * @param after the member from then on; {@code null} if she is none any more, since the customer whose membership she got was taken apart
 *     from her
 * @param entry numbered one above {@link MembershipSnapshot#lastSeq()}
 * @param event numbered one above {@link MembershipSnapshot#eventSeq()}
 * @param booking the request key to be booked for her; {@code null} where a merge decided
 */
public record MembershipChange(
        TenantId tenant,
        CustomerId customer,
        @Nullable Member after,
        MembershipEntry entry,
        EventEnvelope event,
        @Nullable Booking booking) {
    /** That of a request. */
    public MembershipChange(
            TenantId tenant, Member after, MembershipEntry entry, EventEnvelope event, RequestKey key, Booked booked) {
        this(tenant, after.customer(), after, entry, event, new Booking(key, booked));
    }
}
