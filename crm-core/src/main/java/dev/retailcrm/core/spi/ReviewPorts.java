package dev.retailcrm.core.spi;

import java.time.InstantSource;

/** Everything reviews need of their host. Immutable. */
public record ReviewPorts(UnitOfWork unitOfWork, CustomerStore customers, ReviewStore reviews, InstantSource clock) {}
