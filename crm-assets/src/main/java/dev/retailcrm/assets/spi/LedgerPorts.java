package dev.retailcrm.assets.spi;

import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.InstantSource;

/** Everything a ledger needs of its host. Immutable. */
public record LedgerPorts(
        UnitOfWork unitOfWork,
        RequestStore requests,
        LedgerStore store,
        LedgerHistoryStore history,
        AccountOwners owners,
        InstantSource clock) {}
