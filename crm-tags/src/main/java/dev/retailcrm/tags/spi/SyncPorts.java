package dev.retailcrm.tags.spi;

import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.InstantSource;

/** What synchronisation needs of its host. Immutable. */
public record SyncPorts(UnitOfWork unitOfWork, CustomerStore customers, SyncStore store, InstantSource clock) {}
