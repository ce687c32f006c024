package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.lifecycle.LifecycleStage;
import dev.retailcrm.core.lifecycle.StageStep;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stage a customer is at, as it is stored, and those she will be at if she neither buys nor returns anything. Immutable.
 *
 * @param tenant the retailer
 * @param customer the customer
 * @param stage where she is, as far as that was booked
 * @param since since when, in milliseconds
 * @param steps what time alone will change, each later than the one before; at most {@value #MAX_STEPS}
 * @param eventSeq the number of the last event in the stream {@code lifecycle}, 0 if there was none
 */
public record StageSnapshot(
        TenantId tenant,
        CustomerId customer,
        LifecycleStage stage,
        Instant since,
        List<StageStep> steps,
        long eventSeq) {
    /** The most steps ahead: a stage is changed by time three times at most. */
    public static final int MAX_STEPS = 3;

    /** Copies the list; refuses missing parts, too many steps, steps in another order and numbers below zero with INVALID_VALUE. */
    public StageSnapshot {
        Check.present(tenant, "tenant");
        Check.present(customer, "customer");
        Check.present(stage, "stage");
        Check.present(since, "since");
        steps = List.copyOf(steps);
        Check.range(steps.size(), 0, MAX_STEPS, "number of steps");
        for (int i = 1; i < steps.size(); i++) {
            if (!steps.get(i).at().isAfter(steps.get(i - 1).at())) {
                throw CoreError.INVALID_VALUE.because("a step is not after the one before");
            }
        }
        if (eventSeq < 0) {
            throw CoreError.INVALID_VALUE.because("events are numbered from 1");
        }
    }

    /** When time alone changes the stage next; {@code null} if it never does. */
    public @Nullable Instant due() {
        return steps.isEmpty() ? null : steps.get(0).at();
    }
}
