package dev.retailcrm.audience.index;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventListener;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.rule.RuleQueries;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Collects of whom something was written, and loads those anew into indexes: the listener of a relay of the outbox, or part of one. Made before an index
 * is built, so that nothing written meanwhile is missed. What an index is to know of behaviour, which has no events in the outbox, is told by
 * {@link #touched}. Thread-safe.
 */
public final class IndexFeed implements EventListener {
    private final RuleQueries rules;
    private Set<CustomerId> waiting = new HashSet<>();

    /**
     * Collects from now on.
     *
     * @param rules of the tenant whose outbox it hears, not guarded, or of a principal who may see all of it
     */
    public IndexFeed(RuleQueries rules) {
        this.rules = Check.present(rules, "rules");
    }

    /** Something of a customer was committed. */
    @Override
    public void on(EventEnvelope event) {
        touched(Set.of(Check.present(event, "event").customer()));
    }

    /** Something of these customers was committed, such as their behaviour. */
    public synchronized void touched(Collection<CustomerId> customers) {
        for (CustomerId customer : Check.present(customers, "customers")) {
            waiting.add(Check.present(customer, "customer"));
        }
    }

    /** Of how many customers something was collected that {@link #refresh} has not loaded. */
    public synchronized int size() {
        return waiting.size();
    }

    /**
     * Loads all that was collected since the last time into an index, all at once, as {@link AudienceIndex#refresh}. Call it once the relay has drained.
     *
     * @return how many customers were loaded or taken out
     * @throws CrmException as {@link AudienceIndex#refresh}; then they are collected still
     */
    public int refresh(AudienceIndex index) {
        Check.present(index, "index");
        Set<CustomerId> taken = take();
        boolean loaded = false;
        try {
            index.refresh(rules, taken);
            loaded = true;
        } finally {
            if (!loaded) {
                touched(taken);
            }
        }
        return taken.size();
    }

    private synchronized Set<CustomerId> take() {
        Set<CustomerId> taken = waiting;
        waiting = new HashSet<>();
        return taken;
    }
}
