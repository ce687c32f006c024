package dev.retailcrm.core.privacy;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.core.spi.ErasurePolicy;
import dev.retailcrm.core.spi.PrivacyParticipant;
import dev.retailcrm.core.spi.PrivacyPorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds who is overdue by a rule of retention. Thread-safe. */
final class RetentionWork {
    private final TenantId tenant;
    private final PrivacyPorts ports;
    private final List<PrivacyParticipant> participants;
    private final ErasurePolicy policy;
    private final Instants instants;

    RetentionWork(TenantId tenant, PrivacyPorts ports, List<PrivacyParticipant> participants, ErasurePolicy policy) {
        this.tenant = tenant;
        this.ports = ports;
        this.participants = participants;
        this.policy = policy;
        this.instants = new Instants(ports.clock());
    }

    /** Restricts, or begins to erase, a customer who is still overdue; empty if she is not any more. */
    List<Overdue> expired(RetentionRule rule, CustomerId customer, ErasureWork work) {
        CustomerSnapshot record = work.record(customer, true);
        List<Overdue> still = overdue(rule, List.of(customer));
        if (!still.isEmpty()) {
            var key = RequestKey.of("crm.retention#" + (record.version() + 1));
            if (rule.action() == RetentionRule.Action.RESTRICT) {
                work.restrict(record, key);
            } else {
                work.begun(record, key);
            }
        }
        return still;
    }

    List<Overdue> overdue(RetentionRule rule, List<CustomerId> customers) {
        Instant now = instants.now();
        boolean erases = rule.action() == RetentionRule.Action.ERASE;
        Map<CustomerId, Standing> standings = ports.customers().standings(tenant, customers);
        List<CustomerId> kept = customers.stream()
                .filter(customer -> isConcerned(standings.get(customer), erases))
                .toList();
        Map<CustomerId, Ties> ties = new HashMap<>();
        kept.forEach(customer -> ties.put(
                customer,
                Ties.active(Objects.requireNonNull(standings.get(customer)).changedAt())));
        participants.forEach(
                it -> it.ties(tenant, kept, now).forEach((customer, more) -> ties.merge(customer, more, Ties::and)));
        List<Overdue> overdue = new ArrayList<>();
        for (CustomerId customer : kept) {
            Ties all = Objects.requireNonNull(ties.get(customer));
            Instant last = Objects.requireNonNull(all.lastActiveAt());
            if (rule.isOver(last, now)) {
                List<ErasureObstacle> obstacles = erases ? policy.obstacles(tenant, customer, all) : List.of();
                overdue.add(new Overdue(customer, last, obstacles));
            }
        }
        return overdue;
    }

    private static boolean isConcerned(@Nullable Standing standing, boolean erases) {
        return standing != null
                && (standing.status() == CustomerStatus.ACTIVE
                        || (erases && standing.status() == CustomerStatus.RESTRICTED));
    }
}
