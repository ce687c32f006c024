package dev.retailcrm.jdbc;

import java.util.List;

/** A condition about a customer, as long as it is not known where in the statement it will stand. True or false, never unknown. Immutable. */
sealed interface RuleClause permits RuleClause.All, RuleClause.Any, RuleClause.Negation, RuleClause.Among, RuleOfRow {
    /** All of these. */
    record All(List<RuleClause> parts) implements RuleClause {}

    /** One of these at least. */
    record Any(List<RuleClause> parts) implements RuleClause {}

    /** Not this. */
    record Negation(RuleClause part) implements RuleClause {}

    /** She is among these customers. */
    record Among(RuleSet customers) implements RuleClause {}
}
