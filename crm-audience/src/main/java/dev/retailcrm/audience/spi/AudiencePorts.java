package dev.retailcrm.audience.spi;

import dev.retailcrm.audience.AudienceCatalog;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.rule.RuleIndexes;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.InstantSource;

/**
 * Everything audiences need of their host. Immutable.
 *
 * @param due keeps when live audiences are to be asked about customers again
 * @param indexes shared by all who use these stores
 */
public record AudiencePorts(
        UnitOfWork unitOfWork,
        RequestStore requests,
        CustomerStore customers,
        AudienceStore definitions,
        AudienceMemberStore members,
        DueStore due,
        RuleIndexes<AudienceCatalog, AudienceRule> indexes,
        InstantSource clock) {
    /** Refuses what is missing. */
    public AudiencePorts {
        Check.present(unitOfWork, "unit of work");
        Check.present(requests, "request store");
        Check.present(customers, "customer store");
        Check.present(definitions, "store of audiences");
        Check.present(members, "store of members");
        Check.present(due, "store of what is due");
        Check.present(indexes, "indexes");
        Check.present(clock, "clock");
    }
}
