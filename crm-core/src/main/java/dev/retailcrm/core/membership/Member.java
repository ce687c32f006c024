package dev.retailcrm.core.membership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer who is or was a member. Her number is not kept here: it is one of her identities, enciphered and erased with them. Immutable.
 *
 * @param customer the customer
 * @param status where she stands
 * @param since since when, in milliseconds
 * @param joinedAt when she became a member first
 * @param store in which store; {@code null} if that is not known
 * @param channel through which channel, the host's code of at most {@value Enrolment#MAX_CHANNEL} characters; {@code null} if not known
 * @param referrer the customer who brought her; {@code null} for none
 */
public record Member(
        CustomerId customer,
        MembershipStatus status,
        Instant since,
        Instant joinedAt,
        @Nullable StoreId store,
        @Nullable String channel,
        @Nullable CustomerId referrer) {
    /** Refuses missing parts, and who brought herself, with {@link CoreError#INVALID_VALUE}. */
    public Member {
        Check.present(customer, "customer");
        Check.present(status, "status");
        Check.present(since, "since");
        Check.present(joinedAt, "joining");
        if (customer.equals(referrer)) {
            throw CoreError.INVALID_VALUE.because("a customer does not bring herself");
        }
    }

    Member moved(MembershipStatus to, Instant at) {
        return new Member(customer, to, at, joinedAt, store, channel, referrer);
    }
}
