package dev.retailcrm.core.spi;

import java.time.InstantSource;

/** Everything membership needs of its host. Immutable. */
public record MembershipPorts(
        UnitOfWork unitOfWork, RequestStore requests, MembershipStore store, InstantSource clock) {}
