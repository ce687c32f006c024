package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer as she may be shown to those who are not to see personal data: enough to recognise her at a till, not enough to contact her.
 * Addresses, date of birth, remark and all else of her profile are left out. Immutable.
 *
 * @param id names her for ever
 * @param version counts the changes of her record
 * @param status where she stands
 * @param name such as {@code A**}; {@code null} if it is not known
 * @param identities what she is known by, in the order of {@link Customer#identities()}
 */
public record CustomerView(
        CustomerId id,
        long version,
        CustomerStatus status,
        @Nullable String name,
        List<MaskedIdentity> identities) {
    /** Refuses missing parts, and copies the list. */
    public CustomerView {
        Check.present(id, "customer");
        Check.present(status, "status");
        identities = List.copyOf(identities);
    }

    /**
     * An identity that cannot be used.
     *
     * @param kind what it is
     * @param system which system gave it; empty for most kinds
     * @param masked see {@link Identity#masked()}
     */
    public record MaskedIdentity(IdentityKind kind, String system, String masked) {
        static MaskedIdentity of(Identity identity) {
            return new MaskedIdentity(identity.kind(), identity.system(), identity.masked());
        }
    }

    static CustomerView of(CustomerSnapshot state) {
        return new CustomerView(
                state.id(),
                state.version(),
                state.status(),
                state.profile().name().map(PersonName::masked).orElse(null),
                state.identities().stream().map(MaskedIdentity::of).toList());
    }

    /** Her masked name; empty if it is not known. */
    public Optional<String> maskedName() {
        return Optional.ofNullable(name);
    }
}
