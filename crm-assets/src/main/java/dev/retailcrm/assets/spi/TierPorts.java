package dev.retailcrm.assets.spi;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.spi.FactObserver;

/** Everything tiers need of their host. Immutable. */
public record TierPorts(LedgerPorts ledger, DefinitionStore definitions, TierStore store) {
    /** Refuses what is missing. */
    public TierPorts {
        Check.present(ledger, "ledger ports");
        Check.present(definitions, "store of definitions");
        Check.present(store, "store of tiers");
    }

    /** The same, telling an observer of whatever is written of a customer. */
    public TierPorts observedBy(FactObserver observer) {
        return new TierPorts(ledger.observedBy(observer), definitions, store);
    }
}
