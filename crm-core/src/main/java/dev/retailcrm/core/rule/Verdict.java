package dev.retailcrm.core.rule;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says about a customer. Immutable.
 *
 * @param holds whether it holds
 * @param why for which reasons
 * @param changesAt when it is otherwise by time alone; {@code null} if it stays
 */
public record Verdict(boolean holds, Why why, @Nullable Instant changesAt) {
    /** The first instant at which the answer is another without new facts, before which it is this; empty if there is none. */
    public Optional<Instant> validUntil() {
        return Optional.ofNullable(changesAt);
    }
}
