package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is kept. Immutable.
 *
 * @param owner the customer who did it, or the own id of a visitor
 * @param type name of its type
 * @param occurredAt in milliseconds
 * @param receivedAt when it was first recorded, in milliseconds
 * @param channel {@code null} if not known
 * @param store {@code null} if not known
 * @param json {@link Properties#json()}
 * @param fingerprint a hash of all but owner and {@code receivedAt}, to tell a repetition from another event
 */
public record RecordedEvent(
        CustomerId owner,
        BehaviorId id,
        String type,
        Instant occurredAt,
        Instant receivedAt,
        @Nullable String channel,
        @Nullable StoreId store,
        String json,
        long fingerprint) {
    /** Refuses what is missing with {@link CoreError#INVALID_VALUE}. */
    public RecordedEvent {
        Check.present(owner, "owner of an event");
        Check.present(id, "id of an event");
        Check.present(type, "event type");
        Check.present(occurredAt, "instant of an event");
        Check.present(receivedAt, "instant of receipt");
        Check.present(json, "properties");
    }

    static RecordedEvent of(BehaviorEvent event, CustomerId owner, Instant receivedAt) {
        String json = event.properties().json();
        StoreId store = event.store();
        long fingerprint = Fingerprint.of("behavior.event")
                .and(event.type())
                .and(event.occurredAt())
                .and(event.channel())
                .and(store == null ? null : store.value())
                .and(json)
                .value();
        return new RecordedEvent(
                owner,
                event.id(),
                event.type(),
                event.occurredAt(),
                receivedAt,
                event.channel(),
                store,
                json,
                fingerprint);
    }

    /** The same, of another owner. */
    public RecordedEvent ownedBy(CustomerId other) {
        return new RecordedEvent(other, id, type, occurredAt, receivedAt, channel, store, json, fingerprint);
    }

    /** Its properties. */
    public Properties properties() {
        return Properties.parse(json);
    }

    /** Where it happened; empty if not known. */
    public Optional<String> happenedThrough() {
        return Optional.ofNullable(channel);
    }

    /** In which store; empty if not known. */
    public Optional<StoreId> happenedIn() {
        return Optional.ofNullable(store);
    }

    /** Where it stands in a timeline. */
    public TimelinePosition position() {
        return new TimelinePosition(occurredAt, id);
    }

    /** Everything but the properties. */
    @Override
    public String toString() {
        return "RecordedEvent[" + owner + ", " + id + ", " + type + ", " + occurredAt + ", received " + receivedAt
                + ", " + channel + ", " + store + ", " + fingerprint + "]";
    }
}
