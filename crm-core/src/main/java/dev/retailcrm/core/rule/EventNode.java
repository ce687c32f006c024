package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.EventQuestion;
import dev.retailcrm.core.spi.RuleTranslation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What events come to within bounds. */
final class EventNode extends Node {
    private final EventCondition condition;
    private final EventFilter filter;
    private final Bounds bounds;
    private final Tally tally;

    /** What is made of events. */
    interface Tally {
        /** Whether events {@code from} to {@code to}, exclusive, come to what is asked. */
        boolean test(EventFact[] events, int from, int to, Now now);

        /** What they come to; {@code null} if it is missing. */
        @Nullable
        FieldValue value(EventFact[] events, int from, int to);

        /** The same in another language, of these events. */
        <C> C translate(RuleTranslation<C> language, EventQuestion events, Now now);

        /** The next instant at which the answer may change though the events are the same. */
        default long next(EventFact[] events, int from, int to, Now now) {
            return Now.NEVER;
        }
    }

    EventNode(EventCondition condition, EventFilter filter, Bounds bounds, Tally tally) {
        this.condition = condition;
        this.filter = filter;
        this.bounds = bounds;
        this.tally = tally;
    }

    @Override
    boolean test(CustomerFacts facts, Now now) {
        EventFact[] events = filter.of(facts, now);
        if (filter.isWhole()) {
            long[] times = filter.times(facts);
            int from = EventFilter.from(times, now.value(bounds.from()));
            return tally.test(events, from, EventFilter.from(times, end(now)), now);
        }
        return tally.test(events, from(events, now), to(events, now), now);
    }

    /** Which events these are at an instant. */
    EventQuestion question(Now now) {
        return filter.question(bounds, now);
    }

    /** The different values of a property of theirs. */
    Set<FieldValue> values(CustomerFacts facts, Now now, String property) {
        EventFact[] events = filter.of(facts, now);
        Set<FieldValue> values = new HashSet<>();
        for (int i = from(events, now); i < to(events, now); i++) {
            FieldValue value = events[i].properties().get(property);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private long end(Now now) {
        return Math.min(now.value(bounds.to()), now.millis + 1);
    }

    private int from(EventFact[] events, Now now) {
        return EventFilter.from(events, now.value(bounds.from()));
    }

    private int to(EventFact[] events, Now now) {
        return EventFilter.from(events, end(now));
    }

    @Override
    long next(CustomerFacts facts, Now now) {
        EventFact[] events = filter.of(facts, now);
        return Math.min(
                Math.min(filter.next(facts, now), EventFilter.next(events, bounds, now)),
                tally.next(events, from(events, now), to(events, now), now));
    }

    @Override
    <C> C translate(RuleTranslation<C> language, Now now) {
        return tally.translate(language, question(now), now);
    }

    @Override
    Why why(CustomerFacts facts, Now now) {
        EventFact[] events = filter.of(facts, now);
        return new Why(
                condition,
                test(facts, now),
                tally.value(events, from(events, now), to(events, now)),
                List.of(),
                List.of());
    }

    /** Whether the first event of all lies within the bounds. */
    static final class FirstEver extends Node {
        private final EventCondition condition;
        private final EventFilter filter;
        private final Bounds bounds;

        FirstEver(EventCondition condition, EventFilter filter, Bounds bounds) {
            this.condition = condition;
            this.filter = filter;
            this.bounds = bounds;
        }

        @Override
        boolean test(CustomerFacts facts, Now now) {
            EventFact[] events = filter.of(facts, now);
            return events.length > 0 && events[0].millis() <= now.millis && bounds.contains(events[0].millis(), now);
        }

        @Override
        long next(CustomerFacts facts, Now now) {
            EventFact[] events = filter.of(facts, now);
            long changed = filter.next(facts, now);
            if (events.length == 0) {
                return changed;
            }
            long at = events[0].millis();
            return Math.min(changed, at > now.millis ? at : bounds.next(at, now));
        }

        @Override
        <C> C translate(RuleTranslation<C> language, Now now) {
            return language.firstEver(filter.question(now), now.value(bounds.from()), now.value(bounds.to()));
        }

        @Override
        Why why(CustomerFacts facts, Now now) {
            EventFact[] events = filter.of(facts, now);
            boolean did = events.length > 0 && events[0].millis() <= now.millis;
            FieldValue first = did ? FieldValue.instant(events[0].at()) : null;
            return new Why(condition, test(facts, now), first, List.of(), List.of());
        }
    }
}
