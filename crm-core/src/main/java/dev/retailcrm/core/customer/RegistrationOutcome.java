package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What became of one registration of a batch. Immutable.
 *
 * @param customer who she is; {@code null} if the registration was refused, or rehearsed and not in the store
 * @param refusal why it was refused; {@code null} if she is a customer
 */
public record RegistrationOutcome(
        Status status,
        @Nullable CustomerId customer,
        @Nullable CrmException refusal) {
    /** What can become of a registration. */
    public enum Status {
        /** She is made a customer by this command. */
        REGISTERED,
        /** She was made one before, under the same key and with the same content. */
        REPEATED,
        /** She is not made one. */
        REFUSED
    }

    static RegistrationOutcome registered(@Nullable CustomerId customer) {
        return new RegistrationOutcome(Status.REGISTERED, customer, null);
    }

    static RegistrationOutcome repeated(@Nullable CustomerId customer) {
        return new RegistrationOutcome(Status.REPEATED, customer, null);
    }

    static RegistrationOutcome refused(CrmException refusal) {
        return new RegistrationOutcome(Status.REFUSED, null, refusal);
    }
}
