package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OwnershipChange;
import dev.retailcrm.core.spi.OwnershipPorts;
import dev.retailcrm.core.spi.OwnershipSnapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Runs commands about ownership: locks, decides and writes. Thread-safe. */
final class OwnershipBooks {
    private final TenantId tenant;
    private final OwnershipRules rules;
    private final OwnershipPorts ports;

    OwnershipBooks(TenantId tenant, OwnershipRules rules, OwnershipPorts ports) {
        this.tenant = tenant;
        this.rules = rules;
        this.ports = ports;
    }

    OwnershipEntry change(
            CustomerId customer, OwnershipRequest request, Function<OwnershipFile, OwnershipChange> command) {
        return command(customer, current -> book(lock(current), request, command));
    }

    /** Gives her to another owner if she still belongs to this member of staff; empty if not, unless this batch did so before. */
    Optional<OwnershipEntry> handOver(CustomerId customer, StaffId from, Owner to, OwnershipRequest request) {
        return command(customer, current -> {
            OwnershipSnapshot before = lock(current);
            return file(before).isOf(from)
                    ? Optional.of(book(before, request, file -> file.assign(to, request)))
                    : repeated(current, request);
        });
    }

    /** Books the end of an offer whose time is over; whether there was one. */
    boolean expire(CustomerId customer, Instant now) {
        return command(customer, current -> {
            OwnershipChange change = file(lock(current)).expire(now);
            return !change.entries().isEmpty() && ports.store().apply(change);
        });
    }

    /** Runs a command for her, or for the customer she was merged into. */
    private <T> T command(CustomerId customer, Function<CustomerId, T> command) {
        Check.present(customer, "customer");
        return ports.unitOfWork().run(() -> Survivors.follow(customer, command));
    }

    /** Whether the key is booked is asked only when deciding or writing fails: it seldom is. */
    private OwnershipEntry book(
            OwnershipSnapshot before, OwnershipRequest request, Function<OwnershipFile, OwnershipChange> command) {
        OwnershipChange change;
        try {
            change = command.apply(file(before));
        } catch (CrmException refusal) {
            return repeated(before.customer(), request).orElseThrow(() -> refusal);
        }
        if (ports.store().apply(change)) {
            return change.entries().get(change.entries().size() - 1);
        }
        return repeated(before.customer(), request)
                .orElseThrow(() ->
                        CoreError.STORE_FAILED.because("the store names a request as booked and does not find it"));
    }

    private OwnershipFile file(OwnershipSnapshot before) {
        return new OwnershipFile(before, rules);
    }

    private OwnershipSnapshot lock(CustomerId customer) {
        OwnershipSnapshot found = ports.store()
                .lock(tenant, customer)
                .orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer));
        if (found.mergedInto() != null) {
            throw Survivors.mergedInto(customer, found.mergedInto());
        }
        return found;
    }

    /** The entry that was booked under the request's key; empty if the key is new. */
    private Optional<OwnershipEntry> repeated(CustomerId customer, OwnershipRequest request) {
        return ports.requests()
                .find(tenant, customer, request.key())
                .flatMap(booked -> ports
                        .store()
                        .entries(
                                tenant, booked.home() == null ? customer : booked.home(), request.answer(booked) - 1, 1)
                        .stream()
                        .findFirst());
    }
}
