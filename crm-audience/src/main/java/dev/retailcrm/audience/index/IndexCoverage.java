package dev.retailcrm.audience.index;

import dev.retailcrm.core.rule.AllOf;
import dev.retailcrm.core.rule.AnyOf;
import dev.retailcrm.core.rule.AudienceCondition;
import dev.retailcrm.core.rule.Condition;
import dev.retailcrm.core.rule.ConditionVisitor;
import dev.retailcrm.core.rule.EventCondition;
import dev.retailcrm.core.rule.EventValues;
import dev.retailcrm.core.rule.Events;
import dev.retailcrm.core.rule.FieldCondition;
import dev.retailcrm.core.rule.Not;
import dev.retailcrm.core.rule.PeriodsCondition;
import dev.retailcrm.core.rule.SequenceCondition;
import dev.retailcrm.core.rule.SilenceCondition;
import dev.retailcrm.core.rule.TagCondition;
import dev.retailcrm.core.rule.TagValueCondition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what of a rule columns do not have. Not thread-safe. */
final class IndexCoverage implements ConditionVisitor<List<IndexGap>> {
    private final IndexColumns columns;
    private final List<IndexGap> gaps = new ArrayList<>();
    private String path = "/rule";

    IndexCoverage(IndexColumns columns) {
        this.columns = columns;
    }

    private void add(String step, IndexGap.@Nullable Reason reason) {
        if (reason != null) {
            gaps.add(new IndexGap(path + step, reason));
        }
    }

    private void part(String step, Condition condition) {
        String here = path;
        path = here + step;
        condition.accept(this);
        path = here;
    }

    private List<IndexGap> parts(String name, List<Condition> conditions) {
        for (int i = 0; i < conditions.size(); i++) {
            part("/" + name + "/" + i, conditions.get(i));
        }
        return gaps;
    }

    @Override
    public List<IndexGap> all(AllOf condition) {
        return parts("all", condition.conditions());
    }

    @Override
    public List<IndexGap> any(AnyOf condition) {
        return parts("any", condition.conditions());
    }

    @Override
    public List<IndexGap> not(Not condition) {
        part("/not", condition.condition());
        return gaps;
    }

    @Override
    public List<IndexGap> field(FieldCondition condition) {
        add("/field", columns.fieldGap(condition.field()));
        return gaps;
    }

    @Override
    public List<IndexGap> tags(TagCondition condition) {
        int i = 0;
        for (String tag : condition.tags()) {
            add("/tags/" + i++, columns.tagGap(tag, false));
        }
        return gaps;
    }

    @Override
    public List<IndexGap> tagValue(TagValueCondition condition) {
        add("/tag", columns.tagGap(condition.tag(), true));
        return gaps;
    }

    private void events(String step, Events events) {
        IndexGap.Reason missing = columns.eventGap(events.type());
        add(step + "/type", missing);
        for (int i = 0; missing == null && i < events.where().size(); i++) {
            String property = events.where().get(i).property();
            add(step + "/where/" + i + "/property", columns.propertyGap(events.type(), property));
        }
    }

    @Override
    public List<IndexGap> event(EventCondition condition) {
        events("/event", condition.events());
        String property = condition.property();
        if (property != null && columns.eventGap(condition.events().type()) == null) {
            add("/property", columns.propertyGap(condition.events().type(), property));
        }
        return gaps;
    }

    /** What of values of events is missing. */
    List<IndexGap> values(EventValues values) {
        events("/event", values.events());
        if (columns.eventGap(values.events().type()) == null) {
            add("/property", columns.propertyGap(values.events().type(), values.property()));
        }
        return gaps;
    }

    @Override
    public List<IndexGap> sequence(SequenceCondition condition) {
        events("/sequence/0", condition.first());
        events("/sequence/1", condition.then());
        return gaps;
    }

    @Override
    public List<IndexGap> periods(PeriodsCondition condition) {
        events("/periods", condition.events());
        return gaps;
    }

    @Override
    public List<IndexGap> silence(SilenceCondition condition) {
        events("/silence", condition.events());
        return gaps;
    }

    @Override
    public List<IndexGap> audience(AudienceCondition condition) {
        int i = 0;
        for (String audience : condition.audiences()) {
            add("/audiences/" + i++, columns.audienceGap(audience));
        }
        return gaps;
    }
}
