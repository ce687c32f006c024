package dev.retailcrm.assets.earn;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.rule.RuleQueries;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** For whom rules of programs are. Stateless. */
final class Audiences {
    private Audiences() {}

    /** The audiences of programs, each once. */
    static Set<Rule> of(Collection<EarningProgram> programs) {
        Set<Rule> all = new LinkedHashSet<>();
        for (EarningProgram program : programs) {
            for (EarnRule rule : program.rules()) {
                if (rule.scope().audience() != null) {
                    all.add(rule.scope().audience());
                }
            }
        }
        return all;
    }

    /**
     * Those of the audiences in which a customer is, whose facts are asked for once. One that asks about what is defined no more holds of nobody, and
     * so does any of somebody whose data are restricted.
     */
    static Set<Rule> holding(RuleQueries rules, Set<Rule> audiences, CustomerId customer, Instant at) {
        RuleCatalog catalog = rules.catalog();
        List<Rule> sound =
                audiences.stream().filter(it -> isSound(it, catalog, rules)).toList();
        RequiredFacts all = sound.stream()
                .map(Rule::requiredFacts)
                .reduce(RequiredFacts::and)
                .orElse(null);
        Set<Rule> holding = new HashSet<>();
        if (all == null) {
            return holding;
        }
        CustomerFacts facts = rules.facts(sound.get(0).compile(catalog, rules.time(), all), List.of(customer))
                .get(customer);
        for (Rule rule : sound) {
            if (facts != null && rule.compile(catalog, rules.time(), all).test(facts, at)) {
                holding.add(rule);
            }
        }
        return holding;
    }

    private static boolean isSound(Rule rule, RuleCatalog catalog, RuleQueries rules) {
        try {
            rule.check(catalog, rules.time());
            return true;
        } catch (CrmException gone) {
            return false;
        }
    }
}
