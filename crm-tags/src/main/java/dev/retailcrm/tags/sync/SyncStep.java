package dev.retailcrm.tags.sync;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagError;
import dev.retailcrm.tags.Tags;
import dev.retailcrm.tags.spi.ChannelLinks;
import dev.retailcrm.tags.spi.SyncPhase;
import dev.retailcrm.tags.spi.SyncPorts;
import dev.retailcrm.tags.spi.SyncRun;
import dev.retailcrm.tags.spi.TagChannel;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run: a page of the outside system. Calls of the channel are made outside of transactions; what they found or did is written
 * afterwards, so a step that was broken off is taken again from the start of its page, and finds done what was done. Not thread-safe.
 */
final class SyncStep {
    final TenantId tenant;
    final SyncPorts ports;
    final Tags tags;
    final ChannelLinks links;
    final SyncSetup setup;
    final PacedChannel channel;
    final SyncTally tally;
    final SyncRun run;

    /** From where the step is taken again if it fails. */
    @Nullable
    String reached;

    private final Instant now;

    SyncStep(
            TenantId tenant,
            SyncPorts ports,
            Tags tags,
            ChannelLinks links,
            SyncSetup setup,
            TagChannel channel,
            SyncRun run,
            Instant now) {
        this.tenant = tenant;
        this.ports = ports;
        this.tags = tags;
        this.links = links;
        this.setup = setup;
        this.channel = new PacedChannel(channel, setup.pace(), run, now);
        this.tally = new SyncTally(run.counts());
        this.run = run;
        this.reached = run.cursor();
        this.now = now;
    }

    /** The run after the step, to be kept. */
    SyncRun take() {
        try {
            return switch (run.phase()) {
                case TAGS -> {
                    @Nullable String next = new SyncTags(this).page(run.cursor());
                    yield next == null ? after(SyncPhase.PUBLISH, null) : after(SyncPhase.TAGS, next);
                }
                case PUBLISH -> {
                    new SyncTags(this).publish(run.cursor());
                    yield after(SyncPhase.CUSTOMERS, null);
                }
                case CUSTOMERS -> {
                    @Nullable String next = new SyncCustomers(this).page(run.cursor());
                    yield next == null ? after(SyncPhase.DONE, null) : after(SyncPhase.CUSTOMERS, next);
                }
                case DONE, STOPPED -> run;
            };
        } catch (CrmException failure) {
            return failed(failure);
        }
    }

    private SyncRun after(SyncPhase phase, @Nullable String cursor) {
        return kept(phase, null, cursor, 0, null, null);
    }

    /** Waits and tries the page again, or stops. What is no failure of the channel is not ours to try again. */
    private SyncRun failed(CrmException failure) {
        boolean refused = failure.code() == TagError.CHANNEL_REFUSED;
        if (!refused && !isPassing(failure)) {
            throw failure;
        }
        String problem = failure.code().id();
        if (channel.isExhausted()) {
            return kept(run.phase(), null, reached, run.attempts(), channel.until(), run.problem());
        }
        int attempts = run.attempts() + 1;
        if (refused || attempts >= setup.pace().attempts()) {
            return kept(SyncPhase.STOPPED, run.phase(), reached, attempts, null, problem);
        }
        Duration wait = setup.pace().waitAfter(attempts);
        if (failure.details().get("waitMillis") instanceof Long asked && asked > wait.toMillis()) {
            wait = Duration.ofMillis(asked);
        }
        return kept(run.phase(), null, reached, attempts, now.plus(wait), problem);
    }

    /** Whether the same call may work later. */
    static boolean isPassing(CrmException failure) {
        return failure.code() == TagError.CHANNEL_BUSY || failure.code() == TagError.CHANNEL_UNAVAILABLE;
    }

    private SyncRun kept(
            SyncPhase phase,
            @Nullable SyncPhase stoppedIn,
            @Nullable String cursor,
            int attempts,
            @Nullable Instant notBefore,
            @Nullable String problem) {
        return new SyncRun(
                run.channel(),
                run.number(),
                run.dry(),
                phase,
                stoppedIn,
                cursor,
                attempts,
                notBefore,
                channel.from(),
                channel.calls(),
                tally.counts(),
                problem,
                run.startedAt(),
                run.version() + 1);
    }
}
