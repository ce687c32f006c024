package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import java.util.OptionalLong;

/**
 * Asks to change a customer's profile. Personal data: {@link #toString()} of the patch names fields only. Immutable.
 *
 * @param customer whose profile
 * @param patch what to set and what to clear
 * @param expected the version that the caller has seen; empty to change the named fields whatever it is
 * @param key names the change
 */
public record ProfileUpdate(CustomerId customer, ProfilePatch patch, OptionalLong expected, RequestKey key) {
    /** Refuses missing parts with {@link CoreError#INVALID_VALUE}. */
    public ProfileUpdate {
        Check.present(customer, "customer");
        Check.present(patch, "patch");
        Check.present(expected, "expected version");
        Check.present(key, "request key");
    }

    /** A change whatever the version. */
    public static ProfileUpdate of(CustomerId customer, ProfilePatch patch, RequestKey key) {
        return new ProfileUpdate(customer, patch, OptionalLong.empty(), key);
    }

    /** The same, refused as {@link CoreError#VERSION_CONFLICT} if the customer was changed since this version. */
    public ProfileUpdate expecting(long version) {
        return new ProfileUpdate(customer, patch, OptionalLong.of(version), key);
    }
}
