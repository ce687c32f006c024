package dev.retailcrm.core.spi;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.ownership.Proposal;
import dev.retailcrm.core.ownership.Tenure;
import dev.retailcrm.core.ownership.TransferOffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a customer belongs to, as it is stored. Immutable.
 *
 * @param tenant the retailer
 * @param customer the customer
 * @param status where she stands
 * @param lastSeq the number of her last entry, 0 if there is none
 * @param eventSeq the number of the last event in the stream {@code ownership}, 0 if there was none
 * @param changedAt when her last entry happened; {@code null} if there is none
 * @param tenure whom she belongs to; {@code null} for the pool
 * @param offer the offer that was not answered, also if its time is over and that was not booked; {@code null} if there is none
 * @param transfers when her last transfers happened, the latest first, at most {@value Proposal#MAX_TRANSFERS}
 * @param mergedInto the customer she was merged into, whose ownership counts; {@code null} if she was not
 */
public record OwnershipSnapshot(
        TenantId tenant,
        CustomerId customer,
        CustomerStatus status,
        long lastSeq,
        long eventSeq,
        @Nullable Instant changedAt,
        @Nullable Tenure tenure,
        @Nullable TransferOffer offer,
        List<Instant> transfers,
        @Nullable CustomerId mergedInto) {
    /** Copies the list; refuses missing parts and numbers below zero with {@link CoreError#INVALID_VALUE}. */
    public OwnershipSnapshot {
        Check.present(tenant, "tenant");
        Check.present(customer, "customer");
        Check.present(status, "status");
        transfers = List.copyOf(transfers);
        if (lastSeq < 0 || eventSeq < 0 || (lastSeq == 0) != (changedAt == null)) {
            throw CoreError.INVALID_VALUE.because("an ownership is numbered from its first entry on");
        }
    }

    /** Of a customer who was not merged. */
    public OwnershipSnapshot(
            TenantId tenant,
            CustomerId customer,
            CustomerStatus status,
            long lastSeq,
            long eventSeq,
            @Nullable Instant changedAt,
            @Nullable Tenure tenure,
            @Nullable TransferOffer offer,
            List<Instant> transfers) {
        this(tenant, customer, status, lastSeq, eventSeq, changedAt, tenure, offer, transfers, null);
    }

    /** That of a customer nobody ever owned. */
    public static OwnershipSnapshot none(TenantId tenant, CustomerId customer, CustomerStatus status) {
        return new OwnershipSnapshot(tenant, customer, status, 0, 0, null, null, null, List.of());
    }

    /** The same of a customer of this status. */
    public OwnershipSnapshot of(CustomerStatus other, @Nullable CustomerId survivor) {
        return new OwnershipSnapshot(
                tenant, customer, other, lastSeq, eventSeq, changedAt, tenure, offer, transfers, survivor);
    }
}
