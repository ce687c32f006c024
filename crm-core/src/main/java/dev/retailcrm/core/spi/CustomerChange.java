package dev.retailcrm.core.spi;

import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The decision of one command about one customer: her next state and all that is to be written with it. Immutable.
 *
 * @param after her state as it is to be
 * @param created whether she is new
 * @param added the identities she gets
 * @param removed the identities she loses
 * @param verified those of her identities whose verification is new
 * @param claimed look-up rows to be claimed for her besides those of identities
 * @param released look-up rows of the same sort to be given up
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
        List<Identity> verified,
        List<LookupKey> claimed,
        List<LookupKey> released,
        List<FieldChange> changes,
        @Nullable EventEnvelope event,
        RequestKey key,
        Booked booked) {
    /** Copies the lists. */
    public CustomerChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        verified = List.copyOf(verified);
        claimed = List.copyOf(claimed);
        released = List.copyOf(released);
        changes = List.copyOf(changes);
    }

    /** A decision about nothing but the record and its identities. */
    public CustomerChange(
            CustomerSnapshot after,
            boolean created,
            List<Identity> added,
            List<Identity> removed,
            List<FieldChange> changes,
            @Nullable EventEnvelope event,
            RequestKey key,
            Booked booked) {
        this(after, created, added, removed, List.of(), List.of(), List.of(), changes, event, key, booked);
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

    /** The same with these verifications new. */
    public CustomerChange verifying(List<Identity> anew) {
        return new CustomerChange(after, created, added, removed, anew, claimed, released, changes, event, key, booked);
    }

    /** The same with look-up rows besides those of identities. */
    public CustomerChange lookedUpBy(List<LookupKey> more, List<LookupKey> less) {
        return new CustomerChange(after, created, added, removed, verified, more, less, changes, event, key, booked);
    }

    /**
     * The look-up rows to be claimed for her, in the order of claiming: her new identities, the request key if she is new, and
     * {@link #claimed()}.
     */
    public List<LookupKey> claims() {
        Stream<LookupKey> identities = added.stream().map(LookupKey::of);
        Stream<LookupKey> registration = created ? Stream.of(LookupKey.registration(key)) : Stream.empty();
        return Stream.of(identities, registration, claimed.stream())
                .flatMap(it -> it)
                .sorted()
                .toList();
    }

    /** The look-up rows to be given up, in their natural order. */
    public List<LookupKey> releases() {
        return Stream.concat(removed.stream().map(LookupKey::of), released.stream())
                .sorted()
                .toList();
    }

    /** The look-up rows shared with others that she gets: the last four of what she is known by, unless she has them by another already. */
    public List<LookupKey> listed() {
        Set<LookupKey> before = lastFours(
                Stream.concat(removed.stream(), after.identities().stream().filter(it -> !added.contains(it))));
        return lastFours(added.stream()).stream()
                .filter(it -> !before.contains(it))
                .toList();
    }

    /** The look-up rows shared with others that are to be given up: those that nothing she is known by has any more. */
    public List<LookupKey> unlisted() {
        Set<LookupKey> kept = lastFours(after.identities().stream());
        return lastFours(removed.stream()).stream()
                .filter(it -> !kept.contains(it))
                .toList();
    }

    private Set<LookupKey> lastFours(Stream<Identity> identities) {
        return identities
                .flatMap(it -> LookupKey.lastFour(it, after.id()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The command's event; empty if it changes nothing. */
    public Optional<EventEnvelope> happened() {
        return Optional.ofNullable(event);
    }
}
