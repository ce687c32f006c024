package dev.retailcrm.assets.earn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What programs gave, and what that used of caps. Immutable.
 *
 * @param programs by key, also those that gave nothing
 * @param uses what is to be added to the uses of caps, each of something else
 * @param currency the code of the purchase's currency; {@code null} for an event
 */
public record EarnOutcome(
        List<ProgramEarning> programs,
        List<CapUse> uses,
        @Nullable String currency) {
    /** Copies the lists. */
    public EarnOutcome {
        programs = List.copyOf(programs);
        uses = List.copyOf(uses);
    }
}
