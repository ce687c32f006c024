package dev.retailcrm.core.merge;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.core.spi.MergePorts;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes two customers of a tenant one, and two again. Everything a customer has is carried by the {@link MergeParticipant} of each feature,
 * in one transaction; her old id answers with the survivor for ever. Commands join the host's transaction if there is one. Thread-safe.
 */
public final class Merges {
    private static final String MERGE = "merge#";
    private static final String UNMERGE = "unmerge#";

    private final TenantId tenant;
    private final MergePorts ports;
    private final List<MergeParticipant> participants;
    private final Instants instants;
    private final Actor actor;
    private final Access access;

    /**
     * The merges of a tenant.
     *
     * @param participants one for every feature that keeps rows of customers, each with a name of its own
     */
    public Merges(TenantId tenant, MergePorts ports, List<MergeParticipant> participants) {
        this(tenant, ports, participants, Actor.UNKNOWN, Access.unrestricted());
        long names =
                participants.stream().map(MergeParticipant::name).distinct().count();
        if (names != participants.size()) {
            throw CoreError.INVALID_VALUE.because("two participants have one name");
        }
    }

    private Merges(TenantId tenant, MergePorts ports, List<MergeParticipant> participants, Actor actor, Access access) {
        this.tenant = Check.present(tenant, "tenant");
        this.ports = Check.present(ports, "merge ports");
        this.participants = List.copyOf(participants);
        this.instants = new Instants(ports.clock());
        this.actor = actor;
        this.access = access;
    }

    /** The same, done by this actor: histories name it. */
    public Merges as(Actor who) {
        return new Merges(tenant, ports, participants, Check.present(who, "actor"), access);
    }

    /** The same, as far as this access permits, and done by its principal. */
    public Merges guardedBy(Access granted) {
        Check.present(granted, "access");
        return new Merges(tenant, ports, participants, granted.actor().orElse(actor), granted);
    }

    /**
     * What a merge would do, without doing it. About ten round trips, and one more for every 500 changes of either.
     *
     * @throws CrmException as {@link #merge}, but for conflicts, which are listed
     */
    public MergePreview preview(CustomerId survivor, CustomerId merged, MergeStrategy strategy) {
        access.requireEach(Right.MERGE_CUSTOMERS, Arrays.asList(survivor, merged), it -> it);
        return access.show(
                Right.MERGE_CUSTOMERS,
                ports.unitOfWork(),
                () -> {
                    MergePair pair = pair(survivor, merged, strategy, RequestKey.of("preview"));
                    return preview(pair, decide(pair, record(pair.survivor()), record(pair.merged())));
                },
                preview -> List.of(preview.survivor(), preview.merged()));
    }

    /**
     * Makes two customers one. If either was merged before, the one she is by now is meant.
     *
     * @param survivor the one who stays
     * @param merged the one whose everything becomes the survivor's
     * @return what was done; on a repetition what was done first
     * @throws CrmException {@link CoreError#MERGE_REFUSED} with the blocking {@code conflicts}; {@link CoreError#UNKNOWN_CUSTOMER};
     *     {@link CoreError#CUSTOMER_ERASED}; {@link CoreError#REQUEST_KEY_REUSED}; {@link CoreError#INVALID_VALUE} if they are one
     */
    public Merge merge(CustomerId survivor, CustomerId merged, MergeStrategy strategy, RequestKey key) {
        access.requireEach(Right.MERGE_CUSTOMERS, Arrays.asList(survivor, merged), it -> it);
        var content = Check.present(strategy, "merge strategy")
                .addTo(Fingerprint.of("customer.merge")
                        .and(Check.present(survivor, "survivor").value())
                        .and(Check.present(merged, "merged customer").value()));
        long fingerprint = content.value();
        Check.present(key, "request key");
        return ports.unitOfWork().run(() -> {
            CustomerId into = current(survivor);
            Optional<Merge> first = booked(into, key, fingerprint, MERGE);
            if (first.isPresent()) {
                return first.get();
            }
            MergePair pair = pair(survivor, merged, strategy, key);
            Records records = locked(pair);
            Optional<Merge> meanwhile = booked(into, key, fingerprint, MERGE);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            requireApart(records);
            MergeDecision decision = decide(pair, records.survivor(), records.merged());
            requireNone(preview(pair, decision).allConflicts());
            return write(pair, decision, fingerprint);
        });
    }

    /**
     * What {@link #unmerge} could not give back, and what stands against it, without doing it.
     *
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#NOT_MERGED}
     */
    public List<MergeConflict> previewUnmerge(CustomerId merged) {
        access.require(Right.MERGE_CUSTOMERS, merged);
        return ports.unitOfWork().read(() -> {
            CustomerSnapshot record = record(merged);
            MergePair pair = apart(record, RequestKey.of("preview"));
            CustomerSnapshot survivor = record(pair.survivor());
            Merge merge = open(pair);
            var decision = new UnmergeDecision(pair, merge, survivor, record, ports.customers());
            return conflicts(pair, merge, survivor, decision);
        });
    }

    /**
     * Makes a merged customer one of her own again, as she was. What was done since the merge stays with the survivor; what therefore
     * could not be given back is listed in {@link Merge#conflicts()}.
     *
     * @param merged the old id
     * @return the merge that was ended
     * @throws CrmException {@link CoreError#NOT_MERGED}; {@link CoreError#MERGE_REFUSED} with the blocking {@code conflicts}, such as an
     *     open hold, or that the survivor was merged into another since, which is to be taken apart first;
     *     {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED}; {@link CoreError#REQUEST_KEY_REUSED}
     */
    public Merge unmerge(CustomerId merged, RequestKey key) {
        access.require(Right.MERGE_CUSTOMERS, merged);
        long fingerprint = Fingerprint.of("customer.unmerge")
                .and(Check.present(merged, "merged customer").value())
                .value();
        Check.present(key, "request key");
        return ports.unitOfWork().run(() -> {
            Optional<Merge> first = booked(merged, key, fingerprint, UNMERGE);
            if (first.isPresent()) {
                return first.get();
            }
            MergePair pair = apart(record(merged), key);
            Records records = locked(pair);
            Optional<Merge> meanwhile = booked(merged, key, fingerprint, UNMERGE);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            if (!pair.survivor().equals(records.merged().mergedInto())) {
                throw CoreError.TRANSACTION_LOST.because("the customer was merged otherwise meanwhile");
            }
            requireNotErased(records);
            Merge merge = open(pair);
            var decision = new UnmergeDecision(pair, merge, records.survivor(), records.merged(), ports.customers());
            requireNone(conflicts(pair, merge, records.survivor(), decision));
            return write(pair, merge, decision, fingerprint);
        });
    }

    /** All merges into a customer, also those that were ended, the latest first. Two round trips. */
    public List<Merge> of(CustomerId survivor) {
        access.require(Right.MERGE_CUSTOMERS, survivor);
        return ports.unitOfWork().read(() -> ports.merges().of(tenant, current(survivor)));
    }

    private Merge write(MergePair pair, MergeDecision decision, long fingerprint) {
        CustomerChange left = decision.mergedChange(new Booked(fingerprint, "merged"));
        long version = left.after().version();
        CustomerChange joined =
                decision.survivorChange(new Booked(fingerprint, MERGE + pair.survivor() + "#" + decision.version()));
        apply(left);
        apply(joined);
        List<MergePart> parts = participants.stream().map(it -> it.merge(pair)).toList();
        ports.requests().adopt(tenant, pair.merged(), pair.survivor());
        var merge = new Merge(
                pair.survivor(),
                pair.merged(),
                joined.after().version(),
                version,
                pair.at(),
                actor,
                parts,
                null,
                List.of());
        ports.merges().write(tenant, merge);
        return merge;
    }

    private Merge write(MergePair pair, Merge merge, UnmergeDecision decision, long fingerprint) {
        var booked = new Booked(fingerprint, UNMERGE + pair.survivor() + "#" + merge.survivorVersion());
        ports.requests().disown(tenant, pair.merged(), pair.survivor());
        apply(decision.survivorChange(booked));
        apply(decision.mergedChange(booked));
        List<MergeConflict> left = new ArrayList<>(decision.conflicts());
        for (MergeParticipant participant : participants) {
            merge.part(participant.name()).ifPresent(part -> left.addAll(participant.unmerge(pair, part)));
        }
        Merge ended = merge.ended(pair.at(), left);
        ports.merges().end(tenant, ended);
        return ended;
    }

    private void apply(CustomerChange change) {
        if (!ports.customers().apply(change).written()) {
            throw CoreError.TRANSACTION_LOST.because("an identity or the request key was taken meanwhile");
        }
    }

    private MergePreview preview(MergePair pair, MergeDecision decision) {
        List<MergePart> parts =
                participants.stream().map(it -> it.preview(pair)).toList();
        return new MergePreview(pair.survivor(), pair.merged(), decision.outcomes(), parts, decision.conflicts());
    }

    private List<MergeConflict> conflicts(
            MergePair pair, Merge merge, CustomerSnapshot survivor, UnmergeDecision decision) {
        Stream<MergeConflict> chained = survivor.mergedInto() == null
                ? Stream.empty()
                : Stream.of(MergeConflict.blocking(
                        MergeDecision.PART, survivor.mergedInto().toString(), "SURVIVOR_MERGED"));
        Stream<MergeConflict> parts = participants.stream()
                .flatMap(it -> merge.part(it.name()).stream().flatMap(part -> it.previewUnmerge(pair, part).stream()));
        return Stream.of(chained, decision.conflicts().stream(), parts)
                .flatMap(it -> it)
                .toList();
    }

    private MergeDecision decide(MergePair pair, CustomerSnapshot survivor, CustomerSnapshot merged) {
        requireNotErased(new Records(survivor, merged));
        return new MergeDecision(pair, survivor, merged, dates(survivor), dates(merged));
    }

    private StatedDates dates(CustomerSnapshot record) {
        return StatedDates.before(record.version() + 1, ports.customers(), tenant, record.id());
    }

    private MergePair pair(CustomerId survivor, CustomerId merged, MergeStrategy strategy, RequestKey key) {
        CustomerId into = current(Check.present(survivor, "survivor"));
        CustomerId from = current(Check.present(merged, "merged customer"));
        if (into.equals(from)) {
            throw CoreError.INVALID_VALUE.because("%s and %s are one customer", survivor, merged);
        }
        return new MergePair(tenant, into, from, Check.present(strategy, "merge strategy"), key, instants.now(), actor);
    }

    private MergePair apart(CustomerSnapshot record, RequestKey key) {
        if (record.mergedInto() == null) {
            throw CoreError.NOT_MERGED.because("customer %s is not merged into another", record.id());
        }
        return new MergePair(
                tenant, record.mergedInto(), record.id(), MergeStrategy.standard(), key, instants.now(), actor);
    }

    private Merge open(MergePair pair) {
        return ports.merges().of(tenant, pair.survivor()).stream()
                .filter(it -> it.merged().equals(pair.merged()) && it.endedAt() == null)
                .findFirst()
                .orElseThrow(() -> CoreError.STORE_FAILED.because("the store does not know a merge it shows"));
    }

    /** The records of both. */
    private record Records(CustomerSnapshot survivor, CustomerSnapshot merged) {}

    /** The records of both, locked in the order of their ids, and what every feature has of them. */
    private Records locked(MergePair pair) {
        boolean survivorFirst = pair.both().get(0).equals(pair.survivor());
        CustomerSnapshot first = locked(pair.both().get(0));
        CustomerSnapshot second = locked(pair.both().get(1));
        participants.forEach(it -> it.lock(pair));
        return survivorFirst ? new Records(first, second) : new Records(second, first);
    }

    private CustomerSnapshot locked(CustomerId customer) {
        return ports.customers().lock(tenant, customer).orElseThrow(() -> unknown(customer));
    }

    private static void requireApart(Records records) {
        if (records.survivor().mergedInto() != null || records.merged().mergedInto() != null) {
            throw CoreError.TRANSACTION_LOST.because("one of the customers was merged into another meanwhile");
        }
    }

    private static void requireNotErased(Records records) {
        for (CustomerSnapshot record : List.of(records.survivor(), records.merged())) {
            if (record.status() == CustomerStatus.ERASED) {
                throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", record.id());
            }
        }
    }

    private static void requireNone(List<MergeConflict> conflicts) {
        List<MergeConflict> blocking =
                conflicts.stream().filter(MergeConflict::blocking).toList();
        if (!blocking.isEmpty()) {
            throw CoreError.MERGE_REFUSED.with(
                    Map.of("conflicts", blocking), "%d conflicts, the first: %s", blocking.size(), blocking.get(0));
        }
    }

    /** The merge that was booked under a key; refuses a key of other content. */
    private Optional<Merge> booked(CustomerId customer, RequestKey key, long fingerprint, String command) {
        Optional<Booked> booked = ports.requests().find(tenant, customer, key);
        if (booked.isEmpty()) {
            return Optional.empty();
        }
        String answer = booked.get().answer();
        if (booked.get().fingerprint() != fingerprint || !answer.startsWith(command)) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was used for other content");
        }
        int end = answer.lastIndexOf('#');
        CustomerId survivor = CustomerId.parse(answer.substring(command.length(), end));
        long version = Long.parseLong(answer.substring(end + 1));
        return ports.merges().of(tenant, survivor).stream()
                .filter(it -> it.survivorVersion() == version)
                .findFirst();
    }

    /** The customer an id answers with. */
    private CustomerId current(CustomerId customer) {
        return Survivors.current(customer, it -> Optional.ofNullable(record(it).mergedInto()));
    }

    private CustomerSnapshot record(CustomerId customer) {
        return ports.customers()
                .find(tenant, Check.present(customer, "customer"))
                .orElseThrow(() -> unknown(customer));
    }

    private static CrmException unknown(CustomerId customer) {
        return CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer);
    }
}
