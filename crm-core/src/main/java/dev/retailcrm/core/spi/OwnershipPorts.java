package dev.retailcrm.core.spi;

import java.time.InstantSource;

/** Everything ownership needs of its host. Immutable. */
public record OwnershipPorts(UnitOfWork unitOfWork, RequestStore requests, OwnershipStore store, InstantSource clock) {}
