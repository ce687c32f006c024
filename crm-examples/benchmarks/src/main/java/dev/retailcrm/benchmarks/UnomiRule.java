package dev.retailcrm.benchmarks;

import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.unomi.api.Metadata;
import org.apache.unomi.api.Profile;
import org.apache.unomi.api.conditions.Condition;
import org.apache.unomi.api.conditions.ConditionType;
import org.apache.unomi.persistence.elasticsearch.conditions.ConditionEvaluator;
import org.apache.unomi.persistence.elasticsearch.conditions.ConditionEvaluatorDispatcher;
import org.apache.unomi.plugins.baseplugin.conditions.BooleanConditionEvaluator;
import org.apache.unomi.plugins.baseplugin.conditions.PropertyConditionEvaluator;

/**
 * The rule as conditions of Apache Unomi, evaluated by its own classes as its server does for a profile. The instant of 30 days ago is given,
 * not worked out for each profile, and tags are segments, which Unomi keeps as a set.
 */
final class UnomiRule {
    private final ConditionEvaluatorDispatcher dispatcher = new ConditionEvaluatorDispatcher();
    private final ConditionType property = type("profilePropertyCondition", "propertyConditionEvaluator");
    private final ConditionType logic = type("booleanCondition", "booleanConditionEvaluator");
    private final Condition rule;
    private final Profile[] profiles;

    UnomiRule(List<Shopper> shoppers) {
        var properties = new PropertyConditionEvaluator();
        properties.setUsePropertyConditionOptimizations(true);
        add("propertyConditionEvaluator", properties);
        add("booleanConditionEvaluator", new BooleanConditionEvaluator());
        rule = joined(
                "and",
                asked("properties.gender", "equals", "propertyValue", "female"),
                asked("properties.age", "greaterThanOrEqualTo", "propertyValueInteger", 30),
                joined(
                        "or",
                        asked("properties.city", "in", "propertyValues", Shopper.CITIES),
                        asked("properties.spend", "greaterThan", "propertyValueInteger", 800)),
                asked("properties.lastPurchase", "greaterThan", "propertyValueDate", Date.from(Shopper.SINCE)),
                asked("segments", "in", "propertyValues", List.of("t7")));
        profiles = shoppers.stream().map(UnomiRule::profile).toArray(Profile[]::new);
    }

    boolean test(int i) {
        return dispatcher.eval(rule, profiles[i]);
    }

    private void add(String name, ConditionEvaluator evaluator) {
        dispatcher.addEvaluator(name, evaluator);
    }

    private static ConditionType type(String id, String evaluator) {
        ConditionType type = new ConditionType(new Metadata(id));
        type.setConditionEvaluator(evaluator);
        return type;
    }

    private Condition asked(String name, String operator, String parameter, Object value) {
        Condition condition = new Condition(property);
        condition.setParameterValues(
                new HashMap<>(Map.of("propertyName", name, "comparisonOperator", operator, parameter, value)));
        return condition;
    }

    private Condition joined(String operator, Condition... parts) {
        Condition condition = new Condition(logic);
        condition.setParameter("operator", operator);
        condition.setParameter("subConditions", List.of(parts));
        return condition;
    }

    private static Profile profile(Shopper shopper) {
        Profile profile = new Profile();
        profile.setProperty("gender", shopper.gender());
        profile.setProperty("age", shopper.age());
        profile.setProperty("city", shopper.city());
        profile.setProperty("spend", shopper.spend());
        profile.setProperty("lastPurchase", Date.from(shopper.last()));
        profile.setSegments(Set.copyOf(shopper.tags()));
        return profile;
    }
}
