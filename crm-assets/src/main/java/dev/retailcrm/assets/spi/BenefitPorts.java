package dev.retailcrm.assets.spi;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.FactObserver;

/** Everything benefits, cards and redemption need of their host. Immutable. */
public record BenefitPorts(
        LedgerPorts ledger, DefinitionStore definitions, CustomerStore customers, BenefitStore store) {
    /** Refuses what is missing. */
    public BenefitPorts {
        Check.present(ledger, "ledger ports");
        Check.present(definitions, "store of definitions");
        Check.present(customers, "store of customers");
        Check.present(store, "store of benefits");
    }

    /** The same, telling an observer of whatever is written of a customer. */
    public BenefitPorts observedBy(FactObserver observer) {
        return new BenefitPorts(ledger.observedBy(observer), definitions, customers, store);
    }
}
