package dev.retailcrm.core.spi;

import dev.retailcrm.core.consent.ConsentHistory;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about a customer's consent, as it is stored. Immutable.
 *
 * @param tenant the retailer
 * @param customer the customer
 * @param status where she stands
 * @param lastSeq the last proof number that was given, 0 if none was; greater than that of the last proof if that was moved away
 * @param eventSeq the number of the last event in the stream {@code consent}, 0 if there was none
 * @param history the proofs
 * @param mergedInto the customer she was merged into, whose consent counts; {@code null} if she was not
 */
public record ConsentSnapshot(
        TenantId tenant,
        CustomerId customer,
        CustomerStatus status,
        long lastSeq,
        long eventSeq,
        ConsentHistory history,
        @Nullable CustomerId mergedInto) {
    /** Refuses missing parts and numbers below those of the proofs with {@link CoreError#INVALID_VALUE}. */
    public ConsentSnapshot {
        Check.present(tenant, "tenant");
        Check.present(customer, "customer");
        Check.present(status, "status");
        Check.present(history, "history");
        var proofs = history.proofs();
        if (eventSeq < 0
                || lastSeq
                        < (proofs.isEmpty() ? 0 : proofs.get(proofs.size() - 1).seq())) {
            throw CoreError.INVALID_VALUE.because("consent is numbered below its last proof or event");
        }
    }

    /** Of a customer who was not merged. */
    public ConsentSnapshot(
            TenantId tenant,
            CustomerId customer,
            CustomerStatus status,
            long lastSeq,
            long eventSeq,
            ConsentHistory history) {
        this(tenant, customer, status, lastSeq, eventSeq, history, null);
    }

    /** That of an active customer about whom nothing was recorded. */
    public static ConsentSnapshot none(TenantId tenant, CustomerId customer) {
        return new ConsentSnapshot(tenant, customer, CustomerStatus.ACTIVE, 0, 0, ConsentHistory.EMPTY);
    }

    /** The same of a customer of this status. */
    public ConsentSnapshot of(CustomerStatus other, @Nullable CustomerId survivor) {
        return new ConsentSnapshot(tenant, customer, other, lastSeq, eventSeq, history, survivor);
    }

    /** The same with these proofs, and the number of the last that was ever given. */
    public ConsentSnapshot with(ConsentHistory proofs, long last) {
        return new ConsentSnapshot(tenant, customer, status, last, eventSeq, proofs, mergedInto);
    }
}
