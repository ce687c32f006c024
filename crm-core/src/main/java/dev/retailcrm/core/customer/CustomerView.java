package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.spi.AccessPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer as she may be shown to those who are not to see personal data: enough to recognise her at a till, not enough to contact her.
 * Unless the {@link AccessPolicy#shown access policy} says otherwise, name and identities are masked, and all else of her profile is left
 * out. Immutable.
 *
 * @param id names her for ever
 * @param version counts the changes of her record
 * @param status where she stands
 * @param name such as {@code A**}; {@code null} if it is not known, or hidden
 * @param identities what she is known by, in the order of {@link Customer#identities()}, but for those hidden
 * @param fields what else is shown of her profile, as {@link ProfileText} in clear
 */
public record CustomerView(
        CustomerId id,
        long version,
        CustomerStatus status,
        @Nullable String name,
        List<MaskedIdentity> identities,
        Map<ProfileField, String> fields) {
    /** Refuses missing parts, and copies list and map. */
    public CustomerView {
        Check.present(id, "customer");
        Check.present(status, "status");
        identities = List.copyOf(identities);
        fields = Map.copyOf(fields);
    }

    /**
     * An identity that cannot be used, unless the policy shows it in clear.
     *
     * @param kind what it is
     * @param system which system gave it; empty for most kinds
     * @param masked as it is shown, see {@link Identity#masked()}
     */
    public record MaskedIdentity(IdentityKind kind, String system, String masked) {}

    /** Her name as it is shown; empty if it is not known, or hidden. */
    public Optional<String> maskedName() {
        return Optional.ofNullable(name);
    }
}
