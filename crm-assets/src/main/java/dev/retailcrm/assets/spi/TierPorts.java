package dev.retailcrm.assets.spi;

import dev.retailcrm.core.kernel.Check;

/** Everything tiers need of their host. Immutable. */
public record TierPorts(LedgerPorts ledger, DefinitionStore definitions, TierStore store) {
    /** Refuses what is missing. */
    public TierPorts {
        Check.present(ledger, "ledger ports");
        Check.present(definitions, "store of definitions");
        Check.present(store, "store of tiers");
    }
}
