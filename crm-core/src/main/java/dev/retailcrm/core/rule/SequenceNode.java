package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.RuleTranslation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event and another after it. */
final class SequenceNode extends Node {
    private final SequenceCondition condition;
    private final EventFilter first;
    private final EventFilter then;
    private final Bounds bounds;
    private final long within;

    SequenceNode(SequenceCondition condition, EventFilter first, EventFilter then, Bounds bounds) {
        this.condition = condition;
        this.first = first;
        this.then = then;
        this.bounds = bounds;
        this.within = condition.within().millis();
    }

    @Override
    boolean test(CustomerFacts facts, Now now) {
        return found(facts, now) != null;
    }

    /** The later event of the first such pair. */
    private @Nullable EventFact found(CustomerFacts facts, Now now) {
        EventFact[] earlier = first.of(facts, now);
        EventFact[] later = then.of(facts, now);
        long end = Math.min(now.value(bounds.to()), now.millis + 1);
        for (int i = EventFilter.from(earlier, now.value(bounds.from())); i < earlier.length; i++) {
            long start = earlier[i].millis();
            int next = EventFilter.from(later, start + 1);
            if (next == later.length || later[next].millis() >= end) {
                return null;
            }
            if (later[next].millis() - start <= within) {
                return later[next];
            }
        }
        return null;
    }

    @Override
    long next(CustomerFacts facts, Now now) {
        return Math.min(
                Math.min(first.next(facts, now), then.next(facts, now)),
                Math.min(
                        EventFilter.next(first.of(facts, now), bounds, now),
                        EventFilter.next(then.of(facts, now), bounds, now)));
    }

    @Override
    <C> C translate(RuleTranslation<C> language, Now now) {
        return language.sequence(first.question(bounds, now), then.question(bounds, now), within);
    }

    @Override
    Why why(CustomerFacts facts, Now now) {
        EventFact found = found(facts, now);
        return new Why(
                condition, found != null, found == null ? null : FieldValue.instant(found.at()), List.of(), List.of());
    }
}
