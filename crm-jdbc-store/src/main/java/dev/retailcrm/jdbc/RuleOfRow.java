package dev.retailcrm.jdbc;

import org.jooq.Condition;

/** A condition about the customer's own row. Immutable. */
record RuleOfRow(Condition condition) implements RuleClause {}
