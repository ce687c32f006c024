package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.Check;
import java.time.InstantSource;

/** The ports that rules need. Immutable. */
public record RulePorts(
        UnitOfWork unitOfWork,
        CustomerStore customers,
        FieldStore fields,
        BehaviorStore behavior,
        RuleStore rules,
        InstantSource clock) {
    /** Refuses what is missing. */
    public RulePorts {
        Check.present(unitOfWork, "unit of work");
        Check.present(customers, "customer store");
        Check.present(fields, "field store");
        Check.present(behavior, "behavior store");
        Check.present(rules, "rule store");
        Check.present(clock, "clock");
    }
}
