package dev.retailcrm.audience.spi;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.InstantSource;

/** Everything audiences need of their host. Immutable. */
public record AudiencePorts(
        UnitOfWork unitOfWork,
        RequestStore requests,
        CustomerStore customers,
        AudienceStore definitions,
        AudienceMemberStore members,
        InstantSource clock) {
    /** Refuses what is missing. */
    public AudiencePorts {
        Check.present(unitOfWork, "unit of work");
        Check.present(requests, "request store");
        Check.present(customers, "customer store");
        Check.present(definitions, "store of audiences");
        Check.present(members, "store of members");
        Check.present(clock, "clock");
    }
}
