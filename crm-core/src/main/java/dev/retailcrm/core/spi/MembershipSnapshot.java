package dev.retailcrm.core.spi;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.membership.Member;
import org.jspecify.annotations.Nullable;

/**
 * The membership of a customer, as it is stored. Immutable.
 *
 * @param tenant the retailer
 * @param customer the customer
 * @param status where the customer stands
 * @param lastSeq the number of her last entry, 0 if there is none
 * @param eventSeq the number of the last event in the stream {@code membership}, 0 if there was none
 * @param member what she is as a member; {@code null} if she never was one, or was one only while another was merged into her
 * @param mergedInto the customer she was merged into, whose membership counts; {@code null} if she was not
 */
public record MembershipSnapshot(
        TenantId tenant,
        CustomerId customer,
        CustomerStatus status,
        long lastSeq,
        long eventSeq,
        @Nullable Member member,
        @Nullable CustomerId mergedInto) {
    /** Refuses missing parts, and numbers that tell of another past than the member, with {@link CoreError#INVALID_VALUE}. */
    public MembershipSnapshot {
        Check.present(tenant, "tenant");
        Check.present(customer, "customer");
        Check.present(status, "status");
        if (lastSeq < 0 || eventSeq < 0 || (lastSeq == 0 && member != null)) {
            throw CoreError.INVALID_VALUE.because("a membership is numbered from its first entry on");
        }
    }

    /** Of a customer who was not merged. */
    public MembershipSnapshot(
            TenantId tenant,
            CustomerId customer,
            CustomerStatus status,
            long lastSeq,
            long eventSeq,
            @Nullable Member member) {
        this(tenant, customer, status, lastSeq, eventSeq, member, null);
    }

    /** That of a customer who never was a member. */
    public static MembershipSnapshot none(TenantId tenant, CustomerId customer, CustomerStatus status) {
        return new MembershipSnapshot(tenant, customer, status, 0, 0, null);
    }

    /** The same of a customer of this status. */
    public MembershipSnapshot of(CustomerStatus other, @Nullable CustomerId survivor) {
        return new MembershipSnapshot(tenant, customer, other, lastSeq, eventSeq, member, survivor);
    }
}
