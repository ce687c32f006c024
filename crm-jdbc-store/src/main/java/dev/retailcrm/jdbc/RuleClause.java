package dev.retailcrm.jdbc;

import java.util.List;
import org.jooq.Condition;

/** A condition about a customer, as long as it is not known where in the statement it will stand. True or false, never unknown. Immutable. */
sealed interface RuleClause {
    /** All of these. */
    record All(List<RuleClause> parts) implements RuleClause {}

    /** One of these at least. */
    record Any(List<RuleClause> parts) implements RuleClause {}

    /** Not this. */
    record Negation(RuleClause part) implements RuleClause {}

    /** A condition about her own row. */
    record OfRow(Condition condition) implements RuleClause {}

    /** She is among these customers. */
    record Among(RuleSet customers) implements RuleClause {}
}
