package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.RuleTranslation;
import java.util.ArrayList;
import java.util.List;

/** In how many of the last periods there were events. */
final class PeriodsNode extends Node {
    private final PeriodsCondition condition;
    private final EventFilter filter;

    PeriodsNode(PeriodsCondition condition, EventFilter filter) {
        this.condition = condition;
        this.filter = filter;
    }

    @Override
    boolean test(CustomerFacts facts, Now now) {
        return count(filter.of(facts, now), now) >= condition.atLeast();
    }

    private int count(EventFact[] events, Now now) {
        int ahead = EventFilter.from(events, now.millis + 1);
        int count = 0;
        int to = ahead;
        for (int back = 0; back < condition.last() && to > 0; back++) {
            int from = Math.min(to, EventFilter.from(events, start(now, -back)));
            count += to - from >= condition.perPeriod() ? 1 : 0;
            to = from;
        }
        return count;
    }

    private long start(Now now, int shift) {
        RuleTime time = now.time();
        return time.startOf(time.period(condition.unit(), now.today(), shift));
    }

    /** Periods go on while events lie in one of them. */
    @Override
    long next(CustomerFacts facts, Now now) {
        EventFact[] events = filter.of(facts, now);
        int ahead = EventFilter.from(events, now.millis + 1);
        long next = filter.next(facts, now);
        if (ahead < events.length) {
            next = Math.min(next, events[ahead].millis());
        }
        boolean inside = ahead > 0 && events[ahead - 1].millis() >= start(now, 1 - condition.last());
        return inside ? Math.min(next, start(now, 1)) : next;
    }

    @Override
    <C> C translate(RuleTranslation<C> language, Now now) {
        List<Long> starts = new ArrayList<>();
        for (int back = 0; back < condition.last(); back++) {
            starts.add(start(now, -back));
        }
        long from = starts.get(starts.size() - 1);
        return language.periods(
                filter.question(from, now.millis + 1, now), starts, condition.perPeriod(), condition.atLeast());
    }

    @Override
    Why why(CustomerFacts facts, Now now) {
        int count = count(filter.of(facts, now), now);
        return new Why(condition, test(facts, now), FieldValue.number(count), List.of(), List.of());
    }
}
