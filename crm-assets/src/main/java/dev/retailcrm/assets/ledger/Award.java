package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;

/** One grant of a batch. Immutable. */
public record Award(CustomerId customer, Grant grant, Posting posting) {
    /** Refuses missing parts. */
    public Award {
        Check.present(customer, "customer");
        Check.present(grant, "grant");
        Check.present(posting, "posting");
    }

    /** The same for another customer. */
    Award to(CustomerId other) {
        return new Award(other, grant, posting);
    }
}
