package dev.retailcrm.core.membership;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.spi.MembershipChange;
import dev.retailcrm.core.spi.MembershipSnapshot;
import java.time.Instant;
import java.util.Map;

/** The membership of a customer. Its commands return decisions and write nothing. Immutable. */
final class MembershipFile {
    private final MembershipSnapshot state;

    MembershipFile(MembershipSnapshot state) {
        this.state = state;
    }

    /** She becomes a member. */
    MembershipChange join(Enrolment enrolment, Instant joinedAt, MembershipRequest request) {
        requireNotErased();
        Member member = state.member();
        if (member != null) {
            throw CoreError.ALREADY_MEMBER.with(
                    Map.of("status", member.status()), "the customer is or was a member: %s", member.status());
        }
        Instant at = at(request);
        var joined = new Member(
                state.customer(),
                MembershipStatus.ACTIVE,
                at,
                joinedAt,
                enrolment.store(),
                enrolment.channel(),
                enrolment.referrer());
        return change(joined, MembershipAct.JOINED, request, at);
    }

    /** She moves on, as far as the act allows. */
    MembershipChange move(MembershipAct act, MembershipRequest request) {
        if (act != MembershipAct.CLOSED) {
            requireNotErased();
        }
        Member member = state.member();
        if (member == null) {
            throw CoreError.NOT_MEMBER.because("the customer never was a member");
        }
        if (!act.isAllowedFrom(member.status())) {
            throw CoreError.MEMBERSHIP_STATUS.with(
                    Map.of("status", member.status()), "a membership that is %s cannot be %s", member.status(), act);
        }
        Instant at = at(request);
        return change(member.moved(act.leadsTo(), at), act, request, at);
    }

    /** What happens is dated by the clock, but never before what happened last: clocks of tills differ. */
    private Instant at(MembershipRequest request) {
        Member member = state.member();
        return member != null && member.since().isAfter(request.now()) ? member.since() : request.now();
    }

    private MembershipChange change(Member after, MembershipAct act, MembershipRequest request, Instant at) {
        Notice notice = request.notice();
        var entry = new MembershipEntry(state.lastSeq() + 1, act, notice.by(), notice.reason(), at);
        var event = EventEnvelope.of(
                state.tenant(), EventEnvelope.MEMBERSHIP, state.eventSeq() + 1, new MembershipChanged(after, entry));
        return new MembershipChange(state.tenant(), after, entry, event, notice.key(), request.booked(entry.seq()));
    }

    private void requireNotErased() {
        if (state.status() == CustomerStatus.ERASED) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", state.customer());
        }
    }
}
