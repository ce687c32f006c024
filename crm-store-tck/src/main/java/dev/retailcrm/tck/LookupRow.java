package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who holds a look-up key of a tenant. */
final class LookupRow extends LockableRow {
    private volatile @Nullable CustomerId holder;
    private @Nullable CustomerId next;
    private boolean staged;

    /** The holder as this reader sees her. */
    Optional<CustomerId> holder(@Nullable InMemoryTransaction reader) {
        return Optional.ofNullable(staged && isOwnedBy(reader) ? next : holder);
    }

    /** Gives the key to a customer, or with {@code null} to nobody. The owner calls it. */
    void give(@Nullable CustomerId customer) {
        next = customer;
        staged = true;
    }

    @Override
    void publish() {
        if (staged) {
            holder = next;
            staged = false;
        }
    }

    @Override
    void forget() {
        staged = false;
        next = null;
    }
}
