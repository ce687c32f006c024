package dev.retailcrm.core.rule;

import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects the names of what a rule asks about. Not thread-safe. */
final class FactNames implements ConditionVisitor<FactNames> {
    final TreeSet<String> fields = new TreeSet<>();
    final TreeSet<String> tags = new TreeSet<>();
    final TreeMap<String, SortedSet<String>> events = new TreeMap<>();
    final TreeSet<String> audiences = new TreeSet<>();

    @Override
    public FactNames all(AllOf condition) {
        condition.conditions().forEach(it -> it.accept(this));
        return this;
    }

    @Override
    public FactNames any(AnyOf condition) {
        condition.conditions().forEach(it -> it.accept(this));
        return this;
    }

    @Override
    public FactNames not(Not condition) {
        return condition.condition().accept(this);
    }

    @Override
    public FactNames field(FieldCondition condition) {
        fields.add(condition.field());
        return this;
    }

    @Override
    public FactNames tags(TagCondition condition) {
        tags.addAll(condition.tags());
        return this;
    }

    @Override
    public FactNames tagValue(TagValueCondition condition) {
        tags.add(condition.tag());
        return this;
    }

    @Override
    public FactNames event(EventCondition condition) {
        events(condition.events());
        String property = condition.property();
        if (property != null) {
            properties(condition.events()).add(property);
        }
        return this;
    }

    private void events(Events some) {
        some.where().forEach(test -> properties(some).add(test.property()));
        properties(some);
    }

    private SortedSet<String> properties(Events some) {
        return events.computeIfAbsent(some.type(), first -> new TreeSet<>());
    }

    @Override
    public FactNames sequence(SequenceCondition condition) {
        events(condition.first());
        events(condition.then());
        return this;
    }

    @Override
    public FactNames periods(PeriodsCondition condition) {
        events(condition.events());
        return this;
    }

    @Override
    public FactNames silence(SilenceCondition condition) {
        events(condition.events());
        return this;
    }

    @Override
    public FactNames audience(AudienceCondition condition) {
        audiences.addAll(condition.audiences());
        return this;
    }
}
