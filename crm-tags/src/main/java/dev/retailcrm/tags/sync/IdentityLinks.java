package dev.retailcrm.tags.sync;

import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.tags.spi.ChannelLinks;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Customers who have an identity made of the reference, such as the id of a chat. Thread-safe. */
public final class IdentityLinks implements ChannelLinks {
    private final Customers customers;
    private final Function<String, Identity> identity;

    /**
     * Links by identity.
     *
     * @param identity makes it from a reference: {@code ref -> Identity.chat("wecom", ref)}
     */
    public IdentityLinks(Customers customers, Function<String, Identity> identity) {
        this.customers = Check.present(customers, "customers");
        this.identity = Check.present(identity, "identity");
    }

    @Override
    public Map<String, CustomerId> find(Collection<String> refs) {
        Map<String, Identity> identities = new LinkedHashMap<>();
        refs.forEach(ref -> identities.put(ref, identity.apply(ref)));
        Map<Identity, CustomerId> holders = customers.holders(new HashSet<>(identities.values()));
        Map<String, CustomerId> found = new HashMap<>();
        identities.forEach((ref, one) -> {
            CustomerId holder = holders.get(one);
            if (holder != null) {
                found.put(ref, holder);
            }
        });
        return found;
    }
}
