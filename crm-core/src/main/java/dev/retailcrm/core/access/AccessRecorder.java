package dev.retailcrm.core.access;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.AccessLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/** Writes down who is shown personal data. Thread-safe. */
public final class AccessRecorder {
    private final AccessLog log;
    private final CustomerIds numbers;
    private final Instants instants;

    /**
     * A recorder into this log.
     *
     * @param numbers where the numbers of entries come from, as unique as ids of customers
     * @param clock dates the entries
     */
    public AccessRecorder(AccessLog log, CustomerIds numbers, InstantSource clock) {
        this.log = Check.present(log, "access log");
        this.numbers = Check.present(numbers, "numbers");
        this.instants = new Instants(clock);
    }

    /** Within a unit of work that writes; one round trip, none for nobody. */
    void record(TenantId tenant, Principal principal, Right right, Collection<CustomerId> customers) {
        if (customers.isEmpty()) {
            return;
        }
        Instant at = instants.now();
        List<AccessEntry> entries = customers.stream()
                .distinct()
                .map(customer -> new AccessEntry(
                        numbers.next().value(), customer, at, principal.staff(), right, principal.purpose()))
                .toList();
        log.write(tenant, entries);
    }
}
