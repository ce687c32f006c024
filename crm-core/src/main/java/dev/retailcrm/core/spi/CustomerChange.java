package dev.retailcrm.core.spi;

import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The decision of one command about one customer: her next state and all that is to be written with it. Immutable.
 *
 * @param after her state as it is to be
 * @param created whether she is new
 * @param added the identities she gets
 * @param removed the identities she loses
 * @param changes her fields that change, for her history
 * @param event the command's one event; {@code null} if the command changes nothing but is booked all the same
 * @param key the request key to be booked for her
 * @param booked what is remembered under the key
 */
public record CustomerChange(
        CustomerSnapshot after,
        boolean created,
        List<Identity> added,
        List<Identity> removed,
        List<FieldChange> changes,
        @Nullable EventEnvelope event,
        RequestKey key,
        Booked booked) {
    /** Copies the lists. */
    public CustomerChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changes = List.copyOf(changes);
    }

    /** A decision that leaves no history. */
    public CustomerChange(
            CustomerSnapshot after,
            boolean created,
            List<Identity> added,
            List<Identity> removed,
            @Nullable EventEnvelope event,
            RequestKey key,
            Booked booked) {
        this(after, created, added, removed, List.of(), event, key, booked);
    }

    /** The look-up rows to be claimed for her, in the order of claiming: her new identities and, if she is new, the request key. */
    public List<LookupKey> claims() {
        Stream<LookupKey> identities = added.stream().map(LookupKey::of);
        Stream<LookupKey> registration = created ? Stream.of(LookupKey.registration(key)) : Stream.empty();
        return Stream.concat(identities, registration).sorted().toList();
    }

    /** The look-up rows to be given up, in their natural order. */
    public List<LookupKey> releases() {
        return removed.stream().map(LookupKey::of).sorted().toList();
    }

    /** The command's event; empty if it changes nothing. */
    public Optional<EventEnvelope> happened() {
        return Optional.ofNullable(event);
    }
}
