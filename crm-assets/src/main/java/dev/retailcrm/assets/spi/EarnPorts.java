package dev.retailcrm.assets.spi;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.spi.FactObserver;

/** Everything earning needs of its host. Immutable. */
public record EarnPorts(LedgerPorts ledger, DefinitionStore definitions, EarnStore store) {
    /** Refuses what is missing. */
    public EarnPorts {
        Check.present(ledger, "ledger ports");
        Check.present(definitions, "store of definitions");
        Check.present(store, "store of earnings");
    }

    /** The same, telling an observer of whatever is written of a customer. */
    public EarnPorts observedBy(FactObserver observer) {
        return new EarnPorts(ledger.observedBy(observer), definitions, store);
    }
}
