package dev.retailcrm.core.lifecycle;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.StageChange;
import dev.retailcrm.core.spi.StageSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decides about the stage of one customer, and collects what is to be told. Not thread-safe; made and read by one command. */
final class StageFile {
    private final TenantId tenant;
    private final CustomerId customer;
    private final boolean isFirst;
    private final long eventSeq;
    private final List<EventEnvelope> events = new ArrayList<>(1);
    private LifecycleStage stage;
    private Instant since;
    private List<StageStep> steps;

    StageFile(StageSnapshot before) {
        this(before, false);
    }

    private StageFile(StageSnapshot before, boolean isFirst) {
        this.isFirst = isFirst;
        this.tenant = before.tenant();
        this.customer = before.customer();
        this.eventSeq = before.eventSeq();
        this.stage = before.stage();
        this.since = before.since();
        this.steps = before.steps();
    }

    /** Of a customer who was not followed until now. */
    static StageFile opened(TenantId tenant, CustomerId customer, Instant at) {
        return new StageFile(new StageSnapshot(tenant, customer, LifecycleStage.PROSPECT, at, List.of(), 0), true);
    }

    /** Books what time alone did until now, each step at its instant. */
    StageFile pass(Instant now) {
        List<StageStep> past =
                steps.stream().filter(step -> !step.at().isAfter(now)).toList();
        steps = steps.subList(past.size(), steps.size());
        past.forEach(step -> come(step.stage(), step.at()));
        return this;
    }

    /** She is at this stage from now on, and time alone will do this. */
    StageFile become(LifecycleStage to, List<StageStep> ahead, Instant now) {
        come(to, now);
        steps = ahead;
        return this;
    }

    private void come(LifecycleStage to, Instant at) {
        if (to == stage) {
            return;
        }
        Instant then = at.isBefore(since) ? since : at;
        events.add(EventEnvelope.of(
                tenant,
                EventEnvelope.LIFECYCLE,
                eventSeq + events.size() + 1,
                new StageChanged(customer, stage, to, then)));
        stage = to;
        since = then;
    }

    /** Time alone changes nothing any more. */
    StageFile rest() {
        steps = List.of();
        return this;
    }

    StageChange change() {
        return new StageChange(
                new StageSnapshot(tenant, customer, stage, since, steps, eventSeq + events.size()), isFirst, events);
    }
}
