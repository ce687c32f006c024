package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the customers of a member of staff who leaves to others, a customer a transaction. */
final class HandOverRun {
    private final HandOver batch;
    private final OwnershipRequest request;
    private final OwnershipBooks books;
    private final OwnershipReads reads;

    HandOverRun(HandOver batch, OwnershipRequest request, OwnershipBooks books, OwnershipReads reads) {
        this.batch = batch;
        this.request = request;
        this.books = books;
        this.reads = reads;
    }

    /** Chunks start at different owners, so that many small ones share out as evenly as a large one. */
    HandOverProgress after(@Nullable CustomerId cursor, int limit) {
        List<CustomerId> customers = reads.customersOf(batch.from(), cursor, limit);
        List<HandOverOutcome> outcomes = new ArrayList<>();
        for (CustomerId customer : customers) {
            int turn = Math.floorMod(
                    customers.get(0).hashCode() + outcomes.size(), batch.to().size());
            outcomes.add(give(customer, batch.to().get(turn)));
        }
        return new HandOverProgress(outcomes, customers.size() < limit ? null : customers.get(limit - 1));
    }

    private HandOverOutcome give(CustomerId customer, Owner to) {
        try {
            OwnershipEntry entry =
                    books.handOver(customer, batch.from(), to, request).orElse(null);
            return new HandOverOutcome(customer, entry, null);
        } catch (CrmException refusal) {
            if (refusal.kind() == ErrorKind.REJECTED || refusal.code() == CoreError.REQUEST_KEY_REUSED) {
                return new HandOverOutcome(customer, null, refusal);
            }
            throw refusal;
        }
    }
}
