package dev.retailcrm.core.spi;

import java.time.InstantSource;

/** Everything privacy needs of its host. Immutable. */
public record PrivacyPorts(
        UnitOfWork unitOfWork,
        RequestStore requests,
        CustomerStore customers,
        ErasureStore erasures,
        InstantSource clock) {}
