package dev.retailcrm.core.spi;

import dev.retailcrm.core.behavior.Retention;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.rule.CompiledRule;
import java.time.Instant;
import java.util.List;

/**
 * A rule that is asked about customers. Immutable.
 *
 * @param asOf the instant of the question
 * @param retentions up to when events are kept, by type; those past it are not there
 */
public record RuleQuery(CompiledRule rule, Instant asOf, List<Retention> retentions) {
    /** Refuses what is missing. */
    public RuleQuery {
        Check.present(rule, "rule");
        Check.present(asOf, "instant");
        retentions = List.copyOf(retentions);
    }
}
