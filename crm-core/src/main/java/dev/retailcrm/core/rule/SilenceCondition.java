package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;
import org.jspecify.annotations.Nullable;

/**
 * Events, and then none for a while: who stopped, or, with {@code back}, who started again after it. Spans count back from now, one
 * after the other. Immutable.
 *
 * @param events which events
 * @param silence how long there was none
 * @param back during which last span there is one again, before which the silence lies; {@code null} if it lasts until now
 */
public record SilenceCondition(
        Events events, Span silence, @Nullable Span back) implements Condition {
    /** Refuses missing parts, empty spans, and spans that do not add up because one is of months or years and one of days. */
    public SilenceCondition {
        Check.present(events, "events");
        Check.positive(Check.present(silence, "silence").number(), "silence");
        if (back != null) {
            Check.positive(back.number(), "span");
            if (!back.isFixed() || !silence.isFixed()) {
                throw RuleProblem.of("a silence between events is counted in weeks, days or less");
            }
        }
    }

    @Override
    public <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.silence(this);
    }
}
