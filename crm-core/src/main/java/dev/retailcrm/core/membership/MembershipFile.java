package dev.retailcrm.core.membership;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.spi.MembershipChange;
import dev.retailcrm.core.spi.MembershipSnapshot;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        return act.leadsTo()
                .map(to -> change(member.moved(to, at), act, request, at))
                .orElseThrow(() -> new IllegalStateException("only a merge does this: " + act));
    }

    /** What happens is dated by the clock, but never before what happened last: clocks of tills differ. */
    private Instant at(MembershipRequest request) {
        return notBefore(request.now());
    }

    private Instant notBefore(Instant now) {
        Member member = state.member();
        return member != null && member.since().isAfter(now) ? member.since() : now;
    }

    private MembershipChange change(Member after, MembershipAct act, MembershipRequest request, Instant at) {
        Notice notice = request.notice();
        var entry = new MembershipEntry(state.lastSeq() + 1, act, notice.by(), notice.reason(), at);
        var event = EventEnvelope.of(
                state.tenant(), EventEnvelope.MEMBERSHIP, state.eventSeq() + 1, new MembershipChanged(after, entry));
        return new MembershipChange(state.tenant(), after, entry, event, notice.key(), request.booked(entry.seq()));
    }

    /** She stands where the member stood who was merged into her. */
    MembershipChange inherit(Member of, Instant now) {
        Instant at = notBefore(now);
        Member own = state.member();
        CustomerId referrer = state.customer().equals(of.referrer()) ? null : of.referrer();
        Member after = own != null
                ? own.moved(of.status(), at)
                : new Member(
                        state.customer(), of.status(), of.since(), of.joinedAt(), of.store(), of.channel(), referrer);
        return decided(after, MembershipAct.INHERITED, at);
    }

    /** She stands again where she stood. */
    MembershipChange giveBack(@Nullable Member own, Instant now) {
        return decided(own, MembershipAct.RETURNED, notBefore(now));
    }

    private MembershipChange decided(@Nullable Member after, MembershipAct act, Instant at) {
        var entry = new MembershipEntry(state.lastSeq() + 1, act, null, null, at);
        var event = EventEnvelope.of(
                state.tenant(),
                EventEnvelope.MEMBERSHIP,
                state.eventSeq() + 1,
                new MembershipChanged(state.customer(), after, entry));
        return new MembershipChange(state.tenant(), state.customer(), after, entry, event, null);
    }

    private void requireNotErased() {
        if (state.status() == CustomerStatus.ERASED) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", state.customer());
        }
    }
}
