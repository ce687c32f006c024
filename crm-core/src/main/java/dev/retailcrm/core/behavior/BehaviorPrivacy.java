package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportLists;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.BehaviorPorts;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a customer did is exported and deleted, and so is which visitors she was. Thread-safe. */
public final class BehaviorPrivacy implements PrivacyParticipant {
    private static final String NAME = "behavior";

    private final BehaviorPorts ports;
    private final BehaviorStore store;

    /** On these ports. */
    public BehaviorPrivacy(BehaviorPorts ports) {
        this.ports = ports;
        this.store = ports.store();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** {@inheritDoc} Also what is past its retention and not deleted yet. Of visitors, since when she was each. */
    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return ExportLists.page(
                page,
                List.of(
                        events -> events(tenant, customer, events),
                        ExportLists.whole(() -> visitors(tenant, customer))));
    }

    private List<ExportRow> visitors(TenantId tenant, CustomerId customer) {
        return store.visitors(tenant, customer, Integer.MAX_VALUE).stream()
                .flatMap(hash -> store.visitor(tenant, hash).stream())
                .flatMap(visitor -> visitor.links().stream())
                .filter(link -> link.customer().equals(customer))
                .map(link -> ExportRow.of("visitors").and("since", link.since()))
                .toList();
    }

    private Page<ExportRow> events(TenantId tenant, CustomerId customer, PageRequest page) {
        String after = page.after();
        return Page.of(
                        store.timeline(
                                tenant,
                                TimelineQuery.of(customer),
                                List.of(),
                                after == null ? null : TimelinePosition.parse(after),
                                page.size() + 1),
                        page.size(),
                        last -> last.position().toString())
                .map(BehaviorPrivacy::row);
    }

    private static ExportRow row(RecordedEvent event) {
        return ExportRow.of("events")
                .and("source", event.id().source())
                .and("id", event.id().value())
                .and("type", event.type())
                .and("occurredAt", event.occurredAt())
                .and("receivedAt", event.receivedAt())
                .and("channel", event.channel())
                .and("store", event.store())
                .and("properties", event.properties().values());
    }

    @Override
    public Erased erase(ErasureStep step, int limit) {
        return forget(step.tenant(), step.customer(), limit);
    }

    /** Deletes up to so many events and visitors. */
    Erased forget(TenantId tenant, CustomerId customer, int limit) {
        List<String> visitors = store.visitors(tenant, customer, limit);
        for (String hash : visitors) {
            VisitorFile file = Objects.requireNonNull(
                    store.open(tenant, Map.of(hash, ports.ids().next())).get(hash));
            store.unlink(tenant, hash, file.forgetting(customer), customer);
        }
        List<BehaviorId> events = store.timeline(tenant, TimelineQuery.of(customer), List.of(), null, limit).stream()
                .map(RecordedEvent::id)
                .toList();
        store.remove(tenant, customer, events);
        return new Erased((long) visitors.size() + events.size(), visitors.size() < limit && events.size() < limit);
    }

    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return Ties.active(store.latest(tenant, customers));
    }
}
