package dev.retailcrm.assets.spi;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.spi.FactObserver;

/** Everything checkout needs of its host beside the facades it books with. Immutable. */
public record CheckoutPorts(LedgerPorts ledger, CheckoutStore store) {
    /** Refuses what is missing. */
    public CheckoutPorts {
        Check.present(ledger, "ledger ports");
        Check.present(store, "store of orders");
    }

    /** The same, telling an observer of whatever is written of a customer. */
    public CheckoutPorts observedBy(FactObserver observer) {
        return new CheckoutPorts(ledger.observedBy(observer), store);
    }
}
