package dev.retailcrm.tck;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.ownership.OwnershipEntry;
import dev.retailcrm.core.ownership.Proposal;
import dev.retailcrm.core.spi.OwnershipSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The ownership of one customer. Immutable.
 *
 * @param now as it was written last; her status and transfers are looked up
 * @param entries ascending by number
 */
record OwnershipRows(OwnershipSnapshot now, List<OwnershipEntry> entries) {
    OwnershipRows {
        entries = List.copyOf(entries);
    }

    /** As it is for a customer of this status. */
    OwnershipSnapshot of(CustomerStatus status) {
        return new OwnershipSnapshot(
                now.tenant(),
                now.customer(),
                status,
                now.lastSeq(),
                now.eventSeq(),
                now.changedAt(),
                now.tenure(),
                now.offer(),
                transfers());
    }

    private List<Instant> transfers() {
        List<Instant> transfers = new ArrayList<>(entries.stream()
                .filter(entry -> entry.act().isTransfer())
                .map(OwnershipEntry::at)
                .toList());
        Collections.reverse(transfers);
        return transfers.stream().limit(Proposal.MAX_TRANSFERS).toList();
    }
}
