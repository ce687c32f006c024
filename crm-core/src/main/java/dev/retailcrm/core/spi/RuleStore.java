package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CompiledEventValues;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventTally;
import dev.retailcrm.core.rule.RuleTally;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers rules from everything that is kept of customers. Thread-safe; every method joins the current transaction, never ends it, and
 * writes nothing. Nothing of one tenant is ever found by a call for another (<b>[RL-1]</b>). Numbered rules are checked by
 * {@code RuleStoreContract} under the same numbers.
 *
 * <p><b>[RL-2]</b> Only {@linkplain dev.retailcrm.core.customer.CustomerStatus#ACTIVE active} customers are found: neither those merged
 * into others, nor erased, nor those whose processing is restricted.
 */
public interface RuleStore {
    /**
     * <b>[RL-3]</b> What the rule {@linkplain dev.retailcrm.core.rule.CompiledRule#requiredFacts() requires} to be known of each of these
     * customers, no more, as of now; others are absent. <b>[RL-4]</b> Events of one instant are in the order of their ids, lines in that of their
     * numbers. Up to 1,000 customers take a number of round trips that does not grow with them.
     */
    Map<CustomerId, CustomerFacts> facts(TenantId tenant, RuleQuery query, Collection<CustomerId> customers);

    /**
     * <b>[RL-5]</b> The customers for whom the rule holds, by ascending id, at most {@code limit}: exactly those for whose facts it does. One
     * round trip.
     *
     * @param after only greater ids; {@code null} to start with the least
     */
    List<CustomerId> members(TenantId tenant, RuleQuery query, @Nullable CustomerId after, int limit);

    /** <b>[RL-6]</b> How many customers the rule holds for. One round trip. */
    long count(TenantId tenant, RuleQuery query);

    /**
     * <b>[RL-7]</b> How many of the customers for whom the rule holds have which values of these fields and which of these tags, at its instant.
     * Counted on the database: a round trip for all custom fields, one for all tags, one for each other field, and one for the customers.
     *
     * @param fields of the rule's catalog, none of them personal; the rule requires them to be known
     * @param tags the rule requires them, too
     * @throws dev.retailcrm.core.kernel.CrmException {@link dev.retailcrm.core.kernel.CoreError#RULE_UNSUPPORTED}
     */
    RuleTally tally(TenantId tenant, RuleQuery query, Set<String> fields, Set<String> tags);

    /**
     * <b>[RL-8]</b> How many of the customers for whom the rule holds have had events with which values of a property, at its instant; each
     * customer counts once for each value. Counted on the database: a round trip for the values, and one for the customers.
     *
     * @param values compiled for the facts that the rule requires
     * @throws dev.retailcrm.core.kernel.CrmException {@link dev.retailcrm.core.kernel.CoreError#RULE_UNSUPPORTED}
     */
    EventTally tallyEvents(TenantId tenant, RuleQuery query, CompiledEventValues values);
}
