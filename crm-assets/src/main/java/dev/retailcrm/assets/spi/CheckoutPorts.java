package dev.retailcrm.assets.spi;

import dev.retailcrm.core.kernel.Check;

/** Everything checkout needs of its host beside the facades it books with. Immutable. */
public record CheckoutPorts(LedgerPorts ledger, CheckoutStore store) {
    /** Refuses what is missing. */
    public CheckoutPorts {
        Check.present(ledger, "ledger ports");
        Check.present(store, "store of orders");
    }
}
