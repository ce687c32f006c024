package dev.retailcrm.tags.spi;

import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.InstantSource;

/** Everything tags need of their host. Immutable. */
public record TagPorts(
        UnitOfWork unitOfWork,
        RequestStore requests,
        CustomerStore customers,
        TagStore store,
        TagBatchStore batches,
        InstantSource clock) {}
