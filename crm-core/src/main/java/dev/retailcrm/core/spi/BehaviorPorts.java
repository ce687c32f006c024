package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerIds;
import java.time.InstantSource;

/**
 * All that behaviour needs. Immutable.
 *
 * @param ids give visitors their own
 */
public record BehaviorPorts(
        UnitOfWork unitOfWork, RequestStore requests, BehaviorStore store, CustomerIds ids, InstantSource clock) {}
