package dev.retailcrm.core.rule;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects the names of what a rule asks about. Not thread-safe. */
final class FactNames implements ConditionVisitor<@Nullable Void> {
    final TreeSet<String> fields = new TreeSet<>();
    final TreeSet<String> tags = new TreeSet<>();
    final TreeSet<String> events = new TreeSet<>();
    final TreeSet<String> audiences = new TreeSet<>();

    @Override
    public @Nullable Void all(AllOf condition) {
        condition.conditions().forEach(it -> it.accept(this));
        return null;
    }

    @Override
    public @Nullable Void any(AnyOf condition) {
        condition.conditions().forEach(it -> it.accept(this));
        return null;
    }

    @Override
    public @Nullable Void not(Not condition) {
        return condition.condition().accept(this);
    }

    @Override
    public @Nullable Void field(FieldCondition condition) {
        fields.add(condition.field());
        return null;
    }

    @Override
    public @Nullable Void tags(TagCondition condition) {
        tags.addAll(condition.tags());
        return null;
    }

    @Override
    public @Nullable Void tagValue(TagValueCondition condition) {
        tags.add(condition.tag());
        return null;
    }

    @Override
    public @Nullable Void event(EventCondition condition) {
        events.add(condition.events().type());
        return null;
    }

    @Override
    public @Nullable Void sequence(SequenceCondition condition) {
        events.add(condition.first().type());
        events.add(condition.then().type());
        return null;
    }

    @Override
    public @Nullable Void periods(PeriodsCondition condition) {
        events.add(condition.events().type());
        return null;
    }

    @Override
    public @Nullable Void silence(SilenceCondition condition) {
        events.add(condition.events().type());
        return null;
    }

    @Override
    public @Nullable Void audience(AudienceCondition condition) {
        audiences.addAll(condition.audiences());
        return null;
    }
}
