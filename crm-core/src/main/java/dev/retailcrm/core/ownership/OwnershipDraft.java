package dev.retailcrm.core.ownership;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.spi.OwnershipChange;
import dev.retailcrm.core.spi.OwnershipSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decision about a customer's ownership while it is taken. Not thread-safe; made, filled and read by one command. */
final class OwnershipDraft {
    private final OwnershipSnapshot before;
    private final List<OwnershipEntry> entries = new ArrayList<>(2);
    private final List<EventEnvelope> events = new ArrayList<>(2);
    private @Nullable Tenure tenure;
    private @Nullable TransferOffer offer;

    OwnershipDraft(OwnershipSnapshot before) {
        this.before = before;
        this.tenure = before.tenure();
        this.offer = before.offer();
    }

    @Nullable
    Tenure tenure() {
        return tenure;
    }

    @Nullable
    Owner owner() {
        return tenure == null ? null : tenure.owner();
    }

    @Nullable
    TransferOffer offer() {
        return offer;
    }

    long nextSeq() {
        return before.lastSeq() + entries.size() + 1;
    }

    /** Books the end of an offer that nobody answered until now, at that end. */
    OwnershipDraft expire(Instant now) {
        TransferOffer waiting = offer;
        if (waiting != null && !waiting.isOpenAt(now)) {
            offer = null;
            add(OwnershipAct.EXPIRED, owner(), waiting, null, waiting.expiresAt());
        }
        return this;
    }

    /** She belongs to another from now on; an offer that waits becomes void. */
    OwnershipDraft give(OwnershipAct act, @Nullable Owner to, OwnershipRequest request, Instant at) {
        TransferOffer waiting = offer;
        offer = null;
        if (waiting != null && act != OwnershipAct.ACCEPTED) {
            add(OwnershipAct.WITHDRAWN, owner(), waiting, request, at);
        }
        Owner former = owner();
        tenure = to == null ? null : new Tenure(to, at, request.by());
        add(act, former, act == OwnershipAct.ACCEPTED ? waiting : null, request, at);
        return this;
    }

    /** Her owner stays; an offer begins to wait, or does so no more. */
    OwnershipDraft ask(OwnershipAct act, TransferOffer about, OwnershipRequest request, Instant at) {
        offer = act == OwnershipAct.OFFERED ? about : null;
        add(act, owner(), about, request, at);
        return this;
    }

    /** A merge takes back an offer that waits. */
    OwnershipDraft withdraw(Instant at) {
        TransferOffer waiting = offer;
        if (waiting != null) {
            offer = null;
            add(OwnershipAct.WITHDRAWN, owner(), waiting, null, at);
        }
        return this;
    }

    /** A merge gives her the owner of the one who was merged into her, or takes that owner back. */
    OwnershipDraft inherit(OwnershipAct act, @Nullable Tenure other, Instant at) {
        withdraw(at);
        Owner former = owner();
        tenure = other;
        add(act, former, null, null, at);
        return this;
    }

    private void add(
            OwnershipAct act,
            @Nullable Owner former,
            @Nullable TransferOffer about,
            @Nullable OwnershipRequest request,
            Instant at) {
        StaffId by = request == null ? null : request.by();
        boolean asManager = request != null && request.instruction().asManager();
        String reason = request == null ? null : request.instruction().reason();
        var entry = new OwnershipEntry(nextSeq(), act, former, owner(), about, by, asManager, reason, at);
        entries.add(entry);
        long eventSeq = before.eventSeq() + entries.size();
        events.add(EventEnvelope.of(
                before.tenant(), EventEnvelope.OWNERSHIP, eventSeq, new OwnershipChanged(before.customer(), entry)));
    }

    /** What is to be written; empty entries if nothing was decided. The answer to the request is the last entry. */
    OwnershipChange change(@Nullable OwnershipRequest request) {
        var after = new OwnershipSnapshot(
                before.tenant(),
                before.customer(),
                before.status(),
                nextSeq() - 1,
                before.eventSeq() + entries.size(),
                entries.isEmpty()
                        ? before.changedAt()
                        : entries.get(entries.size() - 1).at(),
                tenure,
                offer,
                before.transfers());
        var booking =
                request == null ? null : new OwnershipChange.Booking(request.key(), request.booked(nextSeq() - 1));
        return new OwnershipChange(after, entries, events, booking);
    }
}
