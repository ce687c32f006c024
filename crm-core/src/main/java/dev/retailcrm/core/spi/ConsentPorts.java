package dev.retailcrm.core.spi;

import java.time.InstantSource;

/** Everything consent needs of its host. Immutable. */
public record ConsentPorts(UnitOfWork unitOfWork, RequestStore requests, ConsentStore store, InstantSource clock) {}
