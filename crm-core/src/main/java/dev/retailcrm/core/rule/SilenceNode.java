package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.RuleTranslation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether events ceased, and, if so asked, came back. */
final class SilenceNode extends Node {
    private final SilenceCondition condition;
    private final EventFilter filter;
    private final Edge silent;
    private final @Nullable Edge back;

    /**
     * Asks about these events.
     *
     * @param silent where the silence begins
     * @param back where it ends; {@code null} if it lasts until now
     */
    SilenceNode(SilenceCondition condition, EventFilter filter, Edge silent, @Nullable Edge back) {
        this.condition = condition;
        this.filter = filter;
        this.silent = silent;
        this.back = back;
    }

    @Override
    boolean test(CustomerFacts facts, Now now) {
        EventFact[] events = filter.of(facts, now);
        int ahead = EventFilter.from(events, now.millis + 1);
        int start = EventFilter.from(events, now.value(silent));
        int end = back == null ? ahead : Math.min(ahead, EventFilter.from(events, now.value(back)));
        return start > 0 && start >= end && (back == null || end < ahead);
    }

    @Override
    long next(CustomerFacts facts, Now now) {
        EventFact[] events = filter.of(facts, now);
        long next = filter.next(facts, now);
        int ahead = EventFilter.from(events, now.millis + 1);
        if (ahead < events.length) {
            next = Math.min(next, events[ahead].millis());
        }
        next = Math.min(next, passing(events, silent, now));
        return back == null ? next : Math.min(next, passing(events, back, now));
    }

    private static long passing(EventFact[] events, Edge edge, Now now) {
        int first = EventFilter.from(events, now.value(edge));
        return first < events.length
                ? Math.max(now.millis + 1, edge.beyond(events[first].millis(), now.time()))
                : Now.NEVER;
    }

    @Override
    <C> C translate(RuleTranslation<C> language, Now now) {
        return language.silence(filter.question(now), now.value(silent), back == null ? null : now.value(back));
    }

    @Override
    Why why(CustomerFacts facts, Now now) {
        EventFact[] events = filter.of(facts, now);
        int ahead = EventFilter.from(events, now.millis + 1);
        FieldValue latest = ahead == 0 ? null : FieldValue.instant(events[ahead - 1].at());
        return new Why(condition, test(facts, now), latest, List.of(), List.of());
    }
}
