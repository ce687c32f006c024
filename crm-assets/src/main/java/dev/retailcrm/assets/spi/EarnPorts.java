package dev.retailcrm.assets.spi;

import dev.retailcrm.core.kernel.Check;

/** Everything earning needs of its host. Immutable. */
public record EarnPorts(LedgerPorts ledger, DefinitionStore definitions, EarnStore store) {
    /** Refuses what is missing. */
    public EarnPorts {
        Check.present(ledger, "ledger ports");
        Check.present(definitions, "store of definitions");
        Check.present(store, "store of earnings");
    }
}
