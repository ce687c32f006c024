package dev.retailcrm.core.spi;

import java.time.InstantSource;

/** Everything merging needs of its host. Immutable. */
public record MergePorts(
        UnitOfWork unitOfWork,
        RequestStore requests,
        CustomerStore customers,
        MergeStore merges,
        InstantSource clock) {}
