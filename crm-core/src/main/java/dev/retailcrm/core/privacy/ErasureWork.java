package dev.retailcrm.core.privacy;

import dev.retailcrm.core.customer.CustomerPrivacy;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.ErasurePolicy;
import dev.retailcrm.core.spi.PrivacyParticipant;
import dev.retailcrm.core.spi.PrivacyPorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Erases people, step by step. Thread-safe. */
final class ErasureWork {
    private static final int MOST_OBSTACLES = 20;

    private final TenantId tenant;
    private final PrivacyPorts ports;
    private final CustomerPrivacy records;
    private final List<PrivacyParticipant> participants;
    private final ErasurePolicy policy;
    private final Instants instants;
    private final Actor actor;

    ErasureWork(
            TenantId tenant,
            PrivacyPorts ports,
            List<PrivacyParticipant> participants,
            ErasurePolicy policy,
            Actor actor) {
        this.tenant = Check.present(tenant, "tenant");
        this.ports = Check.present(ports, "privacy ports");
        this.records = new CustomerPrivacy(ports.customers());
        this.participants = List.copyOf(participants);
        this.policy = policy;
        this.instants = new Instants(ports.clock());
        this.actor = actor;
    }

    Erasure begun(CustomerSnapshot record, RequestKey key) {
        Optional<Erasure> known = ports.erasures().find(tenant, record.id());
        boolean isNew = records.requireSame(ports.requests(), record, key);
        if (known.isPresent() && known.get().state() != Erasure.State.WITHDRAWN) {
            return advanced(record, known.get());
        }
        if (!isNew) {
            return known.orElseThrow(
                    () -> CoreError.STORE_FAILED.because("the store names an erasure as booked and does not find it"));
        }
        Instant now = instants.now();
        CustomerSnapshot restricted = records.restrict(record, key, now, actor);
        return advanced(restricted, Erasure.requested(record.id(), now, actor));
    }

    Erasure resumed(CustomerId customer) {
        CustomerSnapshot record = survivor(customer, true);
        Erasure known = ports.erasures().find(tenant, record.id()).orElseThrow(() -> unknown(customer));
        return advanced(record, known);
    }

    /** Does as much of an erasure as fits in a transaction, and writes how far it got. */
    private Erasure advanced(CustomerSnapshot record, Erasure before) {
        if (!before.state().isOpen()) {
            return before;
        }
        List<CustomerId> ids = ids(record.id());
        Instant now = instants.now();
        Erasure after = before;
        if (before.state() == Erasure.State.REQUESTED) {
            after = record.status() == CustomerStatus.ACTIVE
                    ? before.in(Erasure.State.WITHDRAWN, now)
                    : before.waitingFor(obstacles(ids, now));
            if (after.obstacles().isEmpty() && after.state() == Erasure.State.REQUESTED) {
                ids.forEach(id -> records.eraseRecord(step(id, now, before)));
                after = after.in(Erasure.State.ERASING, now);
            }
        }
        if (after.state() == Erasure.State.ERASING) {
            after = erased(ids, after, now);
        }
        ports.erasures().write(tenant, after);
        return after;
    }

    private Erasure erased(List<CustomerId> ids, Erasure before, Instant now) {
        Erasure after = before;
        long left = Privacy.CHUNK;
        for (CustomerId id : ids) {
            for (PrivacyParticipant participant : all().toList()) {
                Erased done = participant.erase(step(id, now, before), (int) left);
                after = done.rows() == 0 ? after : after.plus(participant.name(), done.rows());
                left -= done.rows();
                if (!done.done() && done.rows() == 0) {
                    throw CoreError.STORE_FAILED.because("%s erases nothing and is not done", participant.name());
                }
                if (!done.done() || left <= 0) {
                    return after;
                }
            }
        }
        return after.in(Erasure.State.ERASED, now);
    }

    Erasure finished(Erasure begun) {
        Erasure erasure = begun;
        while (erasure.state() == Erasure.State.ERASING) {
            CustomerId customer = erasure.customer();
            erasure = ports.unitOfWork().run(() -> resumed(customer));
        }
        return erasure;
    }

    private ErasureStep step(CustomerId id, Instant now, Erasure erasure) {
        return new ErasureStep(tenant, id, now, erasure.requestedBy());
    }

    private List<ErasureObstacle> obstacles(List<CustomerId> ids, Instant now) {
        Ties ties = participants.stream()
                .flatMap(it -> it.ties(tenant, ids, now).values().stream())
                .reduce(Ties.NONE, Ties::and);
        List<ErasureObstacle> all = policy.obstacles(tenant, ids.get(0), ties);
        return all.subList(0, Math.min(MOST_OBSTACLES, all.size()));
    }

    /** Hers, and those of all who were merged into her. */
    List<CustomerId> ids(CustomerId survivor) {
        Set<CustomerId> found = new LinkedHashSet<>(Set.of(survivor));
        List<CustomerId> last = List.of(survivor);
        while (!last.isEmpty()) {
            List<CustomerId> merged = new ArrayList<>();
            last.forEach(id -> merged.addAll(ports.customers().mergedInto(tenant, id)));
            merged.removeIf(id -> !found.add(id));
            last = merged;
        }
        return List.copyOf(found);
    }

    Stream<PrivacyParticipant> all() {
        return Stream.concat(Stream.of(records, new ErasureTrace(ports.erasures())), participants.stream());
    }

    CustomerSnapshot survivor(CustomerId customer, boolean toLock) {
        Check.present(customer, "customer");
        CustomerSnapshot found = record(customer, toLock);
        while (found.mergedInto() != null) {
            found = record(found.mergedInto(), toLock);
        }
        return found;
    }

    CustomerSnapshot record(CustomerId customer, boolean toLock) {
        return (toLock
                        ? ports.customers().lock(tenant, customer)
                        : ports.customers().find(tenant, customer))
                .orElseThrow(() -> unknown(customer));
    }

    private static CrmException unknown(CustomerId customer) {
        return CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer);
    }

    /** Restricts a customer whose record is locked. */
    void restrict(CustomerSnapshot record, RequestKey key) {
        records.restrict(record, key, instants.now(), actor);
    }
}
