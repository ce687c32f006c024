package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.ledger.Asset;
import java.time.Instant;
import java.util.List;

/**
 * What a purchase or an event would earn, and why. Immutable.
 *
 * @param programs what each program would give, also those that would give nothing, by key
 */
public record Simulation(Instant at, List<ProgramEarning> programs) {
    /** Copies the list. */
    public Simulation {
        programs = List.copyOf(programs);
    }

    /** What all programs would give of an asset. */
    public long points(Asset asset) {
        return programs.stream()
                .filter(it -> it.asset().equals(asset))
                .mapToLong(ProgramEarning::points)
                .sum();
    }
}
