package dev.retailcrm.core.membership;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;

/** What became of a membership, and from where to where that leads. */
public enum MembershipAct {
    /** She became a member. */
    JOINED(MembershipStatus.ACTIVE),
    /** Her membership rests. */
    FROZEN(MembershipStatus.FROZEN, MembershipStatus.ACTIVE),
    /** It rests no more. */
    UNFROZEN(MembershipStatus.ACTIVE, MembershipStatus.FROZEN),
    /** She is no member any more. */
    CLOSED(MembershipStatus.CLOSED, MembershipStatus.ACTIVE, MembershipStatus.FROZEN),
    /** She came back, with her number. */
    REOPENED(MembershipStatus.ACTIVE, MembershipStatus.CLOSED);

    private final MembershipStatus to;
    private final ImmutableSet<MembershipStatus> from;

    MembershipAct(MembershipStatus to, MembershipStatus... from) {
        this.to = to;
        this.from = ImmutableSet.copyOf(from);
    }

    /** Where the member stands after it. */
    public MembershipStatus leadsTo() {
        return to;
    }

    /** Whether it is allowed to a member who stands here. */
    public boolean isAllowedFrom(MembershipStatus status) {
        return from.contains(status);
    }

    /** The type of its event, such as {@code membership.closed}. */
    String eventType() {
        return "membership." + name().toLowerCase(Locale.ROOT);
    }
}
