package dev.retailcrm.core.rule;

import java.util.List;

/** Counts conditions. Not thread-safe. */
final class RuleSize {
    private int conditions;

    void add(Condition condition, int depth) {
        if (depth > Rule.MAX_DEPTH) {
            throw RuleProblem.of("conditions are nested deeper than " + Rule.MAX_DEPTH);
        }
        if (++conditions > Rule.MAX_CONDITIONS) {
            throw RuleProblem.of("there are more than " + Rule.MAX_CONDITIONS + " conditions");
        }
        parts(condition).forEach(part -> add(part, depth + 1));
    }

    private static List<Condition> parts(Condition condition) {
        if (condition instanceof AllOf all) {
            return all.conditions();
        } else if (condition instanceof AnyOf any) {
            return any.conditions();
        }
        return condition instanceof Not not ? List.of(not.condition()) : List.of();
    }
}
