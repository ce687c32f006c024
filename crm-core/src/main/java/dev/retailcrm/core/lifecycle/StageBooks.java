package dev.retailcrm.core.lifecycle;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.LifecyclePorts;
import dev.retailcrm.core.spi.StageChange;
import dev.retailcrm.core.spi.StageSnapshot;
import dev.retailcrm.core.spi.TradeObserver;
import dev.retailcrm.core.trade.TradeTotal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Keeps stages in step with trade and with time, within the current transaction. Thread-safe. */
final class StageBooks implements TradeObserver {
    private final LifecyclePolicy policy;
    private final LifecyclePorts ports;

    StageBooks(LifecyclePolicy policy, LifecyclePorts ports) {
        this.policy = policy;
        this.ports = ports;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Time is booked first, by the steps that were known before: those of the statistics as they are now would be others.
     */
    @Override
    public void traded(TenantId tenant, Set<CustomerId> customers, Instant at) {
        Map<CustomerId, StageSnapshot> stages = ports.stages().lock(tenant, customers);
        Map<CustomerId, List<TradeTotal>> totals = ports.trade().totals(tenant, customers);
        List<StageChange> changes = new ArrayList<>(customers.size());
        for (CustomerId customer : new TreeSet<>(customers)) {
            StageSnapshot before = stages.get(customer);
            StageFile file = before == null ? StageFile.opened(tenant, customer, at) : new StageFile(before);
            List<TradeTotal> hers = totals.getOrDefault(customer, List.of());
            StageChange change = file.pass(at)
                    .become(policy.answer(hers, at).stage(), policy.stepsAfter(hers, at), at)
                    .change();
            if (!change.after().equals(before)) {
                changes.add(change);
            }
        }
        write(changes);
    }

    /** Books what time alone did to those of them who are still due; how many changes that were. */
    int pass(TenantId tenant, Collection<CustomerId> customers, Instant now) {
        List<StageChange> changes = ports.stages().lock(tenant, customers).values().stream()
                .map(before -> new StageFile(before).pass(now).change())
                .filter(change -> !change.events().isEmpty())
                .toList();
        write(changes);
        return changes.stream().mapToInt(change -> change.events().size()).sum();
    }

    private void write(List<StageChange> changes) {
        if (!changes.isEmpty()) {
            ports.stages().applyAll(changes);
        }
    }
}
