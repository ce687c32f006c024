package dev.retailcrm.tck;

import dev.retailcrm.core.event.EventKey;
import dev.retailcrm.core.event.ParkedEvent;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events in memory. Thread-safe. */
final class InMemoryOutboxStore implements OutboxStore {
    private final InMemoryDatabase database;

    InMemoryOutboxStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public List<Claimed> claim(TenantId tenant, Claim claim) {
        OutboxChanges changes = database.unitOfWork().required().outbox();
        List<Claimed> claimed = new ArrayList<>();
        for (CustomerRows customer : changes.customers(tenant, claim.after(), false)) {
            if (claimed.size() == claim.limit()) {
                break;
            }
            changes.claim(customer, tenant, claim, claimed);
        }
        return claimed;
    }

    @Override
    public void delivered(TenantId tenant, List<EventKey> events) {
        OutboxChanges changes = database.unitOfWork().required().outbox();
        events.forEach(key -> changes.change(tenant, key, event -> Optional.empty()));
    }

    @Override
    public void failed(TenantId tenant, List<Failure> failures) {
        OutboxChanges changes = database.unitOfWork().required().outbox();
        failures.forEach(failure -> changes.change(
                tenant,
                failure.event(),
                event -> Optional.of(event.failed(failure.tries(), failure.nextTry(), failure.error()))));
    }

    @Override
    public Page<ParkedEvent> parked(TenantId tenant, PageRequest page) {
        InMemoryTransaction joined = database.unitOfWork().joined();
        var reader = joined == null ? new OutboxChanges(new InMemoryTransaction(database), database) : joined.outbox();
        EventKey after = cursor(page.after());
        List<ParkedEvent> found = new ArrayList<>();
        String last = null;
        for (CustomerRows customer : reader.customers(tenant, after == null ? null : after.customer(), true)) {
            for (String source : reader.sources(customer)) {
                for (QueuedEvent event : reader.view(customer, source).values()) {
                    var key = new EventKey(customer.id, source, event.seq());
                    if (event.parked() && found.size() < page.size() && (after == null || key.compareTo(after) > 0)) {
                        last = key.toString();
                        String error = event.error() == null ? "" : event.error();
                        found.add(new ParkedEvent(event.envelope(tenant, source), event.tries(), error));
                    }
                }
            }
        }
        return new Page<>(found, found.size() < page.size() ? null : last);
    }

    @Override
    public boolean release(TenantId tenant, EventKey event) {
        OutboxChanges changes = database.unitOfWork().required().outbox();
        return changes.change(tenant, event, parked -> Optional.of(parked.released()), QueuedEvent::parked);
    }

    private static @Nullable EventKey cursor(@Nullable String cursor) {
        try {
            return cursor == null ? null : EventKey.parse(cursor);
        } catch (CrmException e) {
            throw CoreError.INVALID_CURSOR.causedBy(e, "not a cursor of this listing");
        }
    }
}
