package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.SumQuestion;
import dev.retailcrm.core.spi.ValueQuestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/** Makes conditions ready to be answered, and refuses those that do not suit the catalog. Not thread-safe. */
final class RuleCompiler implements ConditionVisitor<Node> {
    private final RuleCatalog catalog;
    private final RequiredFacts required;
    private final BoundsCompiler bounds;
    private final StringBuilder path = new StringBuilder("/rule");

    RuleCompiler(RuleCatalog catalog, RequiredFacts required, RuleTime time) {
        this.catalog = catalog;
        this.required = required;
        this.bounds = new BoundsCompiler(time);
    }

    int edges() {
        return bounds.edges();
    }

    private Node part(Condition condition, String step) {
        int length = path.length();
        path.append(step);
        Node node = condition.accept(this);
        path.setLength(length);
        return node;
    }

    private List<Node> parts(List<Condition> conditions, String name) {
        List<Node> nodes = new ArrayList<>(conditions.size());
        for (int i = 0; i < conditions.size(); i++) {
            nodes.add(part(conditions.get(i), "/" + name + "/" + i));
        }
        return nodes;
    }

    @Override
    public Node all(AllOf condition) {
        return new LogicNode(condition, parts(condition.conditions(), "all"), true);
    }

    @Override
    public Node any(AnyOf condition) {
        return new LogicNode(condition, parts(condition.conditions(), "any"), false);
    }

    @Override
    public Node not(Not condition) {
        return new NotNode(condition, part(condition.condition(), "/not"));
    }

    @Override
    public Node field(FieldCondition condition) {
        CatalogField field = catalog.field(condition.field())
                .orElseThrow(() -> RuleProblem.at(path + "/field", "there is no such field"));
        int place = required.field(field.name());
        ValueTest test = condition.test();
        if (test instanceof ValueTest.Presence presence) {
            return new FieldNode.Present(condition, field, place, presence.there());
        }
        if (field.personal() && !isEquality(test)) {
            throw RuleProblem.at(path + "/op", "of a personal field only equality can be asked");
        }
        if (field.personal() && field.type() == FieldType.MONEY && isNot(test)) {
            throw RuleProblem.at(path + "/op", "of a personal amount it cannot be asked what it is not");
        }
        if (field.name().equals(KernelCatalog.BIRTHDAY) && !(test instanceof ValueTest.Anniversary)) {
            throw RuleProblem.at(path + "/op", "of a day of no year only its anniversary can be asked");
        }
        boolean folded = RuleCatalog.isFolded(field);
        var values = new ValueCompiler(bounds, field.type(), folded, field.options());
        ValueCheck check = values.compile(test, path.toString());
        return folded && check.tester() instanceof ValueTester.OfText text
                ? new FieldNode.Folded(condition, field, place, text, check)
                : new FieldNode(condition, field, place, check);
    }

    private static boolean isNot(ValueTest test) {
        return test instanceof ValueTest.Compare compare && compare.comparison() == Comparison.NE;
    }

    private static boolean isEquality(ValueTest test) {
        return test instanceof ValueTest.In
                || (test instanceof ValueTest.Compare compare
                        && (compare.comparison() == Comparison.EQ || compare.comparison() == Comparison.NE));
    }

    @Override
    public Node tags(TagCondition condition) {
        condition.tags().forEach(this::requireTag);
        ValueTest count = condition.count();
        MarkNode.HowMany number = count == null
                ? quantified(condition.quantifier(), condition.tags().size())
                : counting(count);
        return marks(condition, MarkNode.Marks.TAGS, condition.tags(), required::tag, number);
    }

    private static MarkNode.HowMany quantified(@Nullable Quantifier quantifier, int all) {
        return quantifier == Quantifier.ANY
                ? new MarkNode.HowMany(number -> number > 0, counted(Comparison.GT, 0))
                : quantifier == Quantifier.ALL
                        ? new MarkNode.HowMany(number -> number == all, counted(Comparison.EQ, all))
                        : new MarkNode.HowMany(number -> number == 0, counted(Comparison.EQ, 0));
    }

    private static ValueQuestion counted(Comparison comparison, long number) {
        return new ValueQuestion.Compare(comparison, FieldValue.number(number));
    }

    private static Node marks(
            Condition condition,
            MarkNode.Marks marks,
            Set<String> keys,
            ToIntFunction<String> place,
            MarkNode.HowMany number) {
        return new MarkNode(
                condition,
                marks,
                List.copyOf(keys),
                keys.stream().mapToInt(place).toArray(),
                number);
    }

    private void requireTag(String key) {
        if (!catalog.hasTag(key)) {
            throw RuleProblem.at(path + "/tags", "there is no such tag");
        }
    }

    @Override
    public Node tagValue(TagValueCondition condition) {
        if (!catalog.hasTag(condition.tag())) {
            throw RuleProblem.at(path + "/tag", "there is no such tag");
        }
        FieldType type = catalog.tagValue(condition.tag())
                .orElseThrow(() -> RuleProblem.at(path + "/tag", "the tag has no value"));
        int place = required.tag(condition.tag());
        return condition.test() instanceof ValueTest.Presence presence
                ? new MarkNode.Value(condition, place, type, null, presence.there())
                : new MarkNode.Value(
                        condition,
                        place,
                        type,
                        new ValueCompiler(bounds, type).compile(condition.test(), path.toString()),
                        true);
    }

    @Override
    public Node audience(AudienceCondition condition) {
        for (String key : condition.audiences()) {
            if (!catalog.hasAudience(key)) {
                throw RuleProblem.at(path + "/audiences", "there is no such audience");
            }
        }
        return marks(
                condition,
                MarkNode.Marks.AUDIENCES,
                condition.audiences(),
                required::audience,
                quantified(condition.quantifier(), condition.audiences().size()));
    }

    @Override
    public Node event(EventCondition condition) {
        EventFilter filter = filter(condition.events(), "/event");
        requireInstants(condition.window());
        Bounds when = bounds.events(condition.window());
        ValueTest test = condition.test();
        return test == null
                ? new EventNode.FirstEver(condition, filter, when)
                : new EventNode(condition, filter, when, tally(condition, test));
    }

    private void requireInstants(@Nullable Window window) {
        if (window instanceof Window.Next) {
            throw RuleProblem.at(path + "/window", "events do not lie ahead");
        }
    }

    private EventNode.Tally tally(EventCondition condition, ValueTest test) {
        String property = condition.property();
        Aggregate aggregate = condition.aggregate();
        if (property == null) {
            return new Tallies.Count(null, null, counting(test));
        }
        FieldType type = property(condition.events().type(), property, "/property");
        return switch (aggregate) {
            case SUM, AVG -> sum(aggregate == Aggregate.AVG, property, type, test);
            case MIN, MAX -> {
                if (!type.isOrdered() || type == FieldType.MONEY) {
                    throw RuleProblem.at(path + "/property", "values of type %s have no least and greatest", type);
                }
                yield new Tallies.One(aggregate, property, type, value(type, test));
            }
            case FIRST, LAST -> new Tallies.One(aggregate, property, type, value(type, test));
            default -> new Tallies.Count(property, type, counting(test));
        };
    }

    private ValueCheck value(FieldType type, ValueTest test) {
        if (test instanceof ValueTest.Presence) {
            throw RuleProblem.at(path + "/test/op", "presence is asked of fields, tags and properties");
        }
        return new ValueCompiler(bounds, type).compile(test, path + "/test");
    }

    private MarkNode.HowMany counting(ValueTest test) {
        if (!(test instanceof ValueTest.Compare) && !(test instanceof ValueTest.Between)) {
            throw RuleProblem.at(path + "/test/op", "a number is compared");
        }
        Now any = new Now(0, bounds.time(), 0);
        ValueQuestion question = value(FieldType.LONG, test).question(any);
        if (test instanceof ValueTest.Compare compare) {
            long number = compare.value().asLong();
            return new MarkNode.HowMany(found -> compare.comparison().holds(Long.compare(found, number)), question);
        }
        ValueTest.Between between = (ValueTest.Between) test;
        long min = between.min().asLong();
        long max = between.max().asLong();
        return new MarkNode.HowMany(found -> min <= found && found <= max, question);
    }

    private EventNode.Tally sum(boolean mean, String property, FieldType type, ValueTest test) {
        if (type != FieldType.LONG && type != FieldType.DECIMAL && type != FieldType.MONEY) {
            throw RuleProblem.at(path + "/property", "values of type %s have no sum", type);
        }
        FieldType summed = type == FieldType.MONEY ? type : FieldType.DECIMAL;
        var values = new ValueCompiler(bounds, summed);
        if (test instanceof ValueTest.Compare compare) {
            FieldValue value = values.literal(compare.value(), path + "/test/value");
            return sum(mean, property, type, value, compare.comparison(), null);
        }
        if (test instanceof ValueTest.Between between) {
            FieldValue min = values.literal(between.min(), path + "/test/min");
            FieldValue max = values.literal(between.max(), path + "/test/max");
            if (!ValueCompiler.isOrdered(min, max)) {
                throw RuleProblem.at(path + "/test/max", "both amounts are of one currency");
            }
            return sum(mean, property, type, min, Comparison.GE, number(max));
        }
        throw RuleProblem.at(path + "/test/op", "a sum is compared");
    }

    private static EventNode.Tally sum(
            boolean mean,
            String property,
            FieldType type,
            FieldValue value,
            Comparison comparison,
            @Nullable BigDecimal max) {
        CurrencyUnit currency =
                value.type() == FieldType.MONEY ? value.asMoney().getCurrencyUnit() : null;
        return new Tallies.Sum(new SumQuestion(mean, property, type, currency, comparison, number(value), max));
    }

    private static BigDecimal number(FieldValue value) {
        return value.type() == FieldType.MONEY ? value.asMoney().getAmount() : value.asDecimal();
    }

    private EventFilter filter(Events events, String step) {
        Map<String, FieldType> properties = properties(events.type(), step + "/type");
        List<EventFilter.Part> parts = new ArrayList<>(events.where().size());
        for (int i = 0; i < events.where().size(); i++) {
            PropertyTest part = events.where().get(i);
            String place = path + step + "/where/" + i;
            FieldType type = properties.get(part.property());
            if (type == null) {
                throw RuleProblem.at(place + "/property", "the event has no such property");
            }
            parts.add(
                    part.test() instanceof ValueTest.Presence presence
                            ? new EventFilter.Part(part.property(), type, null, presence.there())
                            : new EventFilter.Part(
                                    part.property(),
                                    type,
                                    new ValueCompiler(bounds, type).compile(part.test(), place),
                                    true));
        }
        return new EventFilter(events.type(), required.event(events.type()), parts);
    }

    private FieldType property(String event, String property, String step) {
        FieldType type = properties(event, "/event/type").get(property);
        if (type == null) {
            throw RuleProblem.at(path + step, "the event has no such property");
        }
        return type;
    }

    private Map<String, FieldType> properties(String event, String step) {
        return catalog.properties(event).orElseThrow(() -> RuleProblem.at(path + step, "there is no such event"));
    }

    @Override
    public Node sequence(SequenceCondition condition) {
        requireInstants(condition.window());
        return new SequenceNode(
                condition,
                filter(condition.first(), "/sequence/0"),
                filter(condition.then(), "/sequence/1"),
                bounds.events(condition.window()));
    }

    @Override
    public Node periods(PeriodsCondition condition) {
        return new PeriodsNode(condition, filter(condition.events(), "/periods"));
    }

    @Override
    public Node silence(SilenceCondition condition) {
        EventFilter filter = filter(condition.events(), "/silence");
        Span back = condition.back();
        return back == null
                ? new SilenceNode(condition, filter, bounds.since(condition.silence()), null)
                : new SilenceNode(condition, filter, bounds.since(condition.silence(), back), bounds.since(back));
    }
}
