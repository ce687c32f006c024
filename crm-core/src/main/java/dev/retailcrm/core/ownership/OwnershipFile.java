package dev.retailcrm.core.ownership;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.spi.OwnershipChange;
import dev.retailcrm.core.spi.OwnershipSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ownership of a customer. Its commands return decisions and write nothing; each first books the end of an offer whose time is over.
 * Immutable.
 */
final class OwnershipFile {
    private final OwnershipSnapshot state;
    private final OwnershipRules rules;

    OwnershipFile(OwnershipSnapshot state, OwnershipRules rules) {
        this.state = state;
        this.rules = rules;
    }

    /** An operator gives her to an owner. */
    OwnershipChange assign(Owner to, OwnershipRequest request) {
        requireNotErased();
        Instant at = at(request);
        OwnershipDraft draft = draft(at);
        Owner owner = draft.owner();
        var act = owner == null || owner.staff() == null ? OwnershipAct.ASSIGNED : OwnershipAct.REASSIGNED;
        require(act, to, draft, request, at);
        return draft.give(act, to, request, at).change(request);
    }

    /** Somebody takes her from the pool. */
    OwnershipChange claim(Owner claimer, OwnershipRequest request) {
        requireNotErased();
        Instant at = at(request);
        OwnershipDraft draft = draft(at);
        if (claimer.staff() == null) {
            throw CoreError.INVALID_VALUE.because("a customer is claimed by a member of staff");
        }
        requireEntitled(request.mayActFor(claimer), "only a manager claims for others");
        Tenure tenure = draft.tenure();
        if (tenure != null && !isInPoolOf(tenure.owner(), claimer)) {
            throw CoreError.ALREADY_OWNED.with(details(tenure), "the customer belongs to somebody");
        }
        require(OwnershipAct.CLAIMED, claimer, draft, request, at);
        return draft.give(OwnershipAct.CLAIMED, claimer, request, at).change(request);
    }

    /** She goes back to the pool, or to that of a store. */
    OwnershipChange release(@Nullable Owner pool, OwnershipRequest request) {
        Instant at = at(request);
        OwnershipDraft draft = draft(at);
        Owner owner = draft.owner();
        if (owner == null && state.lastSeq() > 0) {
            throw CoreError.NOT_OWNED.because("the customer is in the pool");
        }
        boolean isStaffless = owner == null || owner.staff() == null;
        requireEntitled(isStaffless || request.mayActFor(owner), "only her owner or a manager releases a customer");
        return draft.give(OwnershipAct.RELEASED, pool, request, at).change(request);
    }

    /** She is offered to another member of staff. */
    OwnershipChange offer(Owner to, Duration answeredWithin, OwnershipRequest request) {
        requireNotErased();
        Instant at = at(request);
        OwnershipDraft draft = draft(at);
        var offer = new TransferOffer(draft.nextSeq(), to, request.by(), at, at.plus(answeredWithin));
        Owner owner = draft.owner();
        if (owner == null) {
            throw CoreError.NOT_OWNED.because("the customer is in the pool, from which she can be claimed");
        }
        requireEntitled(request.mayActFor(owner), "only her owner or a manager offers a customer");
        if (draft.offer() != null) {
            throw CoreError.OFFER_OPEN.with(
                    Map.of("offer", draft.offer().number()), "an offer of the customer waits for its answer");
        }
        require(OwnershipAct.OFFERED, to, draft, request, at);
        return draft.ask(OwnershipAct.OFFERED, offer, request, at).change(request);
    }

    /** Whom she was offered to takes her. */
    OwnershipChange accept(long number, OwnershipRequest request) {
        requireNotErased();
        Instant at = at(request);
        OwnershipDraft draft = draft(at);
        TransferOffer offer = open(number, draft);
        requireEntitled(request.mayActFor(offer.to()), "only whom she was offered to or a manager answers");
        require(OwnershipAct.ACCEPTED, offer.to(), draft, request, at);
        return draft.give(OwnershipAct.ACCEPTED, offer.to(), request, at).change(request);
    }

    /** Whom she was offered to does not want her. */
    OwnershipChange reject(long number, OwnershipRequest request) {
        Instant at = at(request);
        OwnershipDraft draft = draft(at);
        TransferOffer offer = open(number, draft);
        requireEntitled(request.mayActFor(offer.to()), "only whom she was offered to or a manager answers");
        return draft.ask(OwnershipAct.REJECTED, offer, request, at).change(request);
    }

    /** The offer is taken back. */
    OwnershipChange withdraw(long number, OwnershipRequest request) {
        Instant at = at(request);
        OwnershipDraft draft = draft(at);
        TransferOffer offer = open(number, draft);
        requireEntitled(
                request.mayActFor(draft.owner()) || offer.by().equals(request.by()),
                "only her owner, who offered her or a manager takes an offer back");
        return draft.ask(OwnershipAct.WITHDRAWN, offer, request, at).change(request);
    }

    /** Books the end of an offer if its time is over, else nothing. */
    OwnershipChange expire(Instant now) {
        return draft(now).change(null);
    }

    /** She is merged into another: nobody answers an offer of hers any more. */
    OwnershipChange leave(Instant now) {
        Instant at = notBefore(now);
        return draft(at).withdraw(at).change(null);
    }

    /** She gets the owner of the one who was merged into her. */
    OwnershipChange inherit(Tenure other, Instant now) {
        Instant at = notBefore(now);
        return draft(at).inherit(OwnershipAct.INHERITED, other, at).change(null);
    }

    /** She has that owner no more. */
    OwnershipChange giveBack(Instant now) {
        Instant at = notBefore(now);
        return draft(at).inherit(OwnershipAct.RETURNED, null, at).change(null);
    }

    /** Whether she belongs to this member of staff. */
    boolean isOf(StaffId staff) {
        Tenure tenure = state.tenure();
        return tenure != null && tenure.owner().isStaff(staff);
    }

    /** What happens is dated by the clock, but never before what happened last: clocks of tills differ. */
    private Instant at(OwnershipRequest request) {
        return notBefore(request.now());
    }

    private Instant notBefore(Instant now) {
        Instant last = state.changedAt();
        return last != null && last.isAfter(now) ? last : now;
    }

    private OwnershipDraft draft(Instant at) {
        return new OwnershipDraft(state).expire(at);
    }

    /** A member of staff may claim from the pool of her own store. */
    private static boolean isInPoolOf(Owner owner, Owner claimer) {
        return owner.staff() == null && owner.store() != null && owner.store().equals(claimer.store());
    }

    private static TransferOffer open(long number, OwnershipDraft draft) {
        TransferOffer offer = draft.offer();
        if (offer == null || offer.number() != number) {
            throw CoreError.NO_SUCH_OFFER.because("no offer %d of the customer waits for an answer", number);
        }
        return offer;
    }

    private void require(OwnershipAct act, Owner to, OwnershipDraft draft, OwnershipRequest request, Instant at) {
        rules.require(new Proposal(
                state.customer(),
                act,
                draft.tenure(),
                to,
                request.by(),
                request.instruction().asManager(),
                state.transfers(),
                at));
    }

    private void requireNotErased() {
        if (state.status() == CustomerStatus.ERASED) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", state.customer());
        }
    }

    private static void requireEntitled(boolean entitled, String why) {
        if (!entitled) {
            throw CoreError.NOT_ENTITLED.because("%s", why);
        }
    }

    /** Whom she belongs to, for {@link CrmException#details()}. */
    private static Map<String, Object> details(Tenure tenure) {
        Map<String, Object> details = new HashMap<>();
        details.put("since", tenure.since());
        Owner owner = tenure.owner();
        if (owner.staff() != null) {
            details.put("staff", owner.staff().value());
        }
        if (owner.store() != null) {
            details.put("store", owner.store().value());
        }
        return details;
    }
}
