package dev.retailcrm.tags.sync;

import com.google.common.collect.Maps;
import dev.retailcrm.tags.spi.SyncPhase;
import dev.retailcrm.tags.spi.SyncRun;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is. Immutable.
 *
 * @param run its number
 * @param dry whether nothing is written
 * @param phase where it is
 * @param counts what was done so far
 * @param nextAt when the next step may be taken; {@code null} for at once, or if there is none
 * @param lastProblem the code of what went wrong before; {@code null} if nothing did
 */
public record SyncProgress(
        long run,
        boolean dry,
        SyncPhase phase,
        Map<SyncCount, Long> counts,
        @Nullable Instant nextAt,
        @Nullable String lastProblem) {
    /** Copies the counts. */
    public SyncProgress {
        counts = Maps.immutableEnumMap(counts);
    }

    static SyncProgress of(SyncRun run) {
        Map<SyncCount, Long> counts = new EnumMap<>(SyncCount.class);
        run.counts().forEach((name, number) -> counts.put(SyncCount.valueOf(name), number));
        return new SyncProgress(run.number(), run.dry(), run.phase(), counts, run.notBefore(), run.problem());
    }

    /** How many; 0 if none. */
    public long count(SyncCount what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Whether no step is left, because it is through or stopped. */
    public boolean isOver() {
        return phase == SyncPhase.DONE || phase == SyncPhase.STOPPED;
    }

    /** When the next step may be taken. */
    public Optional<Instant> waitingUntil() {
        return isOver() ? Optional.empty() : Optional.ofNullable(nextAt);
    }
}
