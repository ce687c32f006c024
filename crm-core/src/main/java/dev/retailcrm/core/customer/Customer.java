package dev.retailcrm.core.customer;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A customer: who she is and what she is known by. Her commands return decisions and write nothing. Personal data: {@link #toString()}
 * shows ids only. Immutable.
 */
public final class Customer {
    private final CustomerSnapshot state;

    private Customer(CustomerSnapshot state) {
        this.state = state;
    }

    static Customer of(CustomerSnapshot state) {
        return new Customer(state);
    }

    static CustomerChange register(
            TenantId tenant,
            CustomerId id,
            Profile profile,
            List<Identity> identities,
            Joining joining,
            Request request) {
        var state = new CustomerSnapshot(
                tenant, id, 1, 1, CustomerStatus.ACTIVE, profile, identities, joining, request.at());
        List<IdentityKind> kinds =
                state.identities().stream().map(Identity::kind).distinct().toList();
        var event = new CustomerRegistered(id, joining, kinds, request.at());
        return new CustomerChange(
                state,
                true,
                state.identities(),
                List.of(),
                Changes.between(null, state, request),
                EventEnvelope.of(tenant, EventEnvelope.CUSTOMER, 1, event),
                request.key(),
                request.booked(1));
    }

    /** Changes the status, unless she was erased. */
    CustomerChange become(CustomerStatus status, Request request) {
        if (state.status() == status) {
            return unchanged(request);
        }
        requireNotErased();
        boolean erased = status == CustomerStatus.ERASED;
        var event = new CustomerStatusChanged(id(), state.status(), status, request.at());
        return changed(
                status,
                erased ? Profile.of(ProfilePatch.none()) : state.profile(),
                erased ? List.of() : state.identities(),
                event,
                request);
    }

    private void requireNotErased() {
        if (state.status() == CustomerStatus.ERASED) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", id());
        }
    }

    CustomerChange update(ProfilePatch patch, OptionalLong expected, Request request) {
        requireNotErased();
        if (expected.isPresent() && expected.getAsLong() != state.version()) {
            throw CoreError.VERSION_CONFLICT.because(
                    "version %d was expected, the customer is at %d", expected.getAsLong(), state.version());
        }
        List<ProfileField> fields = state.profile().changedBy(patch);
        if (fields.isEmpty()) {
            return unchanged(request);
        }
        var event = new CustomerUpdated(id(), fields, state.version() + 1, request.at());
        return changed(state.status(), state.profile().with(patch), state.identities(), event, request);
    }

    CustomerChange add(Identity identity, Request request) {
        requireNotErased();
        if (state.identities().contains(identity)) {
            return unchanged(request);
        }
        List<Identity> all = new ArrayList<>(state.identities());
        all.add(identity);
        var event = new IdentityAdded(id(), identity.kind(), identity.system(), request.at());
        return changed(state.status(), state.profile(), all, event, request);
    }

    CustomerChange remove(Identity identity, Request request) {
        List<Identity> rest = new ArrayList<>(state.identities());
        if (!rest.remove(identity)) {
            throw CoreError.UNKNOWN_IDENTITY.because("the customer has no such %s", identity.kind());
        }
        var event = new IdentityRemoved(id(), identity.kind(), identity.system(), request.at());
        return changed(state.status(), state.profile(), rest, event, request);
    }

    /** Names her for ever. */
    public CustomerId id() {
        return state.id();
    }

    /** Counts the changes of her record, from 1; given to an update that must not overwrite what the caller has not seen. */
    public long version() {
        return state.version();
    }

    /** Where she stands. */
    public CustomerStatus status() {
        return state.status();
    }

    /** What is known about her. */
    public Profile profile() {
        return state.profile();
    }

    /** Her name; empty if it is not known. */
    public Optional<PersonName> name() {
        return state.profile().name();
    }

    /** What she is known by, sorted; at most 20. */
    public List<Identity> identities() {
        return state.identities();
    }

    /** What she is known by of this kind, sorted; empty if nothing. */
    public List<Identity> identities(IdentityKind kind) {
        return state.identities().stream().filter(it -> it.kind() == kind).toList();
    }

    /** How she became a customer. */
    public Joining joining() {
        return state.joining();
    }

    /** When her record was last changed, in milliseconds. */
    public Instant changedAt() {
        return state.changedAt();
    }

    /** A change that books the key and nothing else, so that a repetition is told from another command. */
    private CustomerChange unchanged(Request request) {
        return change(state, null, request);
    }

    private CustomerChange changed(
            CustomerStatus status, Profile profile, List<Identity> identities, DomainEvent event, Request request) {
        var after = new CustomerSnapshot(
                state.tenant(),
                id(),
                state.version() + 1,
                state.eventSeq() + 1,
                status,
                profile,
                identities,
                state.joining(),
                request.at(),
                state.mergedInto());
        return change(
                after, EventEnvelope.of(state.tenant(), EventEnvelope.CUSTOMER, after.eventSeq(), event), request);
    }

    private CustomerChange change(CustomerSnapshot after, @Nullable EventEnvelope event, Request request) {
        List<Identity> before = state.identities();
        return new CustomerChange(
                after,
                false,
                after.identities().stream().filter(it -> !before.contains(it)).toList(),
                before.stream().filter(it -> !after.identities().contains(it)).toList(),
                Changes.between(state, after, request),
                event,
                request.key(),
                request.booked(after.version()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Customer that && state.equals(that.state);
    }

    @Override
    public int hashCode() {
        return state.hashCode();
    }

    @Override
    public String toString() {
        return "Customer[" + state.tenant() + "/" + id() + ", version " + version() + ", " + status() + "]";
    }
}
