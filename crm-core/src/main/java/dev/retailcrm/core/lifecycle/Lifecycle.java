package dev.retailcrm.core.lifecycle;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.trade.Trade;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The stage each customer of a tenant is at. It is computed from her trade statistics when it is asked, so it is right at every instant
 * without any job, and under the policy of that moment. Thread-safe.
 */
public final class Lifecycle {
    private final LifecyclePolicy policy;
    private final Trade trade;
    private final Instants instants;

    /** The lifecycle of the customers of this trade, under this policy. */
    public Lifecycle(LifecyclePolicy policy, Trade trade, InstantSource clock) {
        this.policy = Check.present(policy, "lifecycle policy");
        this.trade = Check.present(trade, "trade");
        this.instants = new Instants(clock);
    }

    /** The stage she is at now; see {@link #stage(CustomerId, Instant)}. */
    public LifecycleAnswer stage(CustomerId customer) {
        return stage(customer, instants.now());
    }

    /**
     * The stage she is at, by what has arrived of her orders and refunds so far. Two round trips.
     *
     * @param at from 1970 to 9999, past or to come: what she would be at if nothing more arrived
     * @return {@link LifecycleStage#PROSPECT} also for a customer who does not exist
     * @throws CrmException {@link CoreError#INSTANT_OUT_OF_RANGE}
     */
    public LifecycleAnswer stage(CustomerId customer, Instant at) {
        Instants.requireStorable(Check.present(at, "instant"));
        return policy.at(trade.statistics(customer), at.truncatedTo(ChronoUnit.MILLIS));
    }
}
