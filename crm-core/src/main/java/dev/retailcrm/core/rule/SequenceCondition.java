package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;
import org.jspecify.annotations.Nullable;

/**
 * One event and after it another, within a span: {@code did("cart.filled")} then {@code did("purchase")} within a day. Immutable.
 *
 * @param first the earlier
 * @param then the later; not at the same instant
 * @param within how much later at the most, inclusive; a span of fixed length
 * @param window when both occurred; {@code null} for any time
 */
public record SequenceCondition(
        Events first, Events then, Span within, @Nullable Window window) implements Condition {
    /** Refuses missing parts and spans of months and years. */
    public SequenceCondition {
        Check.present(first, "first event");
        Check.present(then, "second event");
        if (!Check.present(within, "span").isFixed()) {
            throw RuleProblem.of("a sequence is within a span of weeks, days or less");
        }
    }

    /** Both within the last span of time. */
    public SequenceCondition inLast(Span span) {
        return new SequenceCondition(first, then, within, new Window.Last(span));
    }

    @Override
    public <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.sequence(this);
    }
}
