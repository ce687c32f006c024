package dev.retailcrm.tags.spi;

import com.google.common.collect.ImmutableSortedMap;
import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest run of synchronisation with a channel, as far as it got. Immutable.
 *
 * @param channel the name of the channel
 * @param number counts the channel's runs, from 1
 * @param dry whether nothing is written but this
 * @param phase where it is
 * @param stoppedIn the phase it goes on with; {@code null} unless it is stopped
 * @param cursor where the next page starts; {@code null} for the first page of the phase
 * @param attempts how often the page failed in a row
 * @param notBefore when it may go on; {@code null} for at once
 * @param paceFrom since when calls are counted for the pace; {@code null} if none was made
 * @param paceCalls how many were made since
 * @param counts what was done, by the names of what is counted
 * @param problem the code of the failure before; {@code null} if there was none
 * @param startedAt when it started
 * @param version counts the writes of this row, from 1
 */
public record SyncRun(
        String channel,
        long number,
        boolean dry,
        SyncPhase phase,
        @Nullable SyncPhase stoppedIn,
        @Nullable String cursor,
        int attempts,
        @Nullable Instant notBefore,
        @Nullable Instant paceFrom,
        int paceCalls,
        Map<String, Long> counts,
        @Nullable String problem,
        Instant startedAt,
        long version) {
    /** Sorts the counts; refuses malformed parts with INVALID_VALUE. */
    public SyncRun {
        Check.code(channel, 40, "channel");
        Check.positive(number, "run");
        Check.present(phase, "phase");
        Check.present(startedAt, "instant");
        Check.positive(version, "version");
        counts = ImmutableSortedMap.copyOf(counts);
    }

    /** Whether there is something left to do. */
    public boolean isOpen() {
        return phase != SyncPhase.DONE && phase != SyncPhase.STOPPED;
    }
}
