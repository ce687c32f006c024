package dev.retailcrm.core.membership;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    REOPENED(MembershipStatus.ACTIVE, MembershipStatus.CLOSED),
    /** Another member was merged into her, and she stands where that one stood. */
    INHERITED(null),
    /** She was taken apart from that one, and stands where she had stood before. */
    RETURNED(null);

    private final @Nullable MembershipStatus to;
    private final ImmutableSet<MembershipStatus> from;

    MembershipAct(@Nullable MembershipStatus to, MembershipStatus... from) {
        this.to = to;
        this.from = ImmutableSet.copyOf(from);
    }

    /** Where the member stands after it; empty if a merge decides. */
    public Optional<MembershipStatus> leadsTo() {
        return Optional.ofNullable(to);
    }

    /** Whether it is allowed to a member who stands here. */
    public boolean isAllowedFrom(MembershipStatus status) {
        return from.contains(status);
    }

    /** Whether a merge did it, or the undoing of one. */
    boolean isOfMerge() {
        return to == null;
    }

    /** The type of its event, such as {@code membership.closed}. */
    String eventType() {
        return "membership." + name().toLowerCase(Locale.ROOT);
    }
}
