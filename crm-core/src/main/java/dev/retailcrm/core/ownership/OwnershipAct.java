package dev.retailcrm.core.ownership;

import java.util.Locale;

/** What became of a customer's ownership. */
public enum OwnershipAct {
    /** An operator gave her to an owner; no member of staff had her before. */
    ASSIGNED,
    /** An operator took her from a member of staff and gave her to another owner. */
    REASSIGNED,
    /** A member of staff took her from the pool, or from that of the store. */
    CLAIMED,
    /** She was given back to the pool, or to that of a store. */
    RELEASED,
    /** She was offered to another member of staff; her owner stays until that one accepts. */
    OFFERED,
    /** Whom she was offered to took her. */
    ACCEPTED,
    /** Whom she was offered to did not want her. */
    REJECTED,
    /** An offer was taken back, or became void because her owner changed or she was merged into another. */
    WITHDRAWN,
    /** Nobody answered an offer in time. */
    EXPIRED,
    /** She belonged to nobody, and a customer was merged into her whose owner is hers now. */
    INHERITED,
    /** She was taken apart from that customer, and is in the pool again. */
    RETURNED;

    /** Whether by it she went from one member of staff to another owner, which rules may limit. */
    public boolean isTransfer() {
        return this == REASSIGNED || this == ACCEPTED;
    }

    /** Whether by it a command gave her to an owner or to a pool. */
    boolean isGiving() {
        return switch (this) {
            case ASSIGNED, REASSIGNED, CLAIMED, RELEASED, ACCEPTED -> true;
            case OFFERED, REJECTED, WITHDRAWN, EXPIRED, INHERITED, RETURNED -> false;
        };
    }

    /** The type of its event, such as {@code ownership.claimed}. */
    String eventType() {
        return "ownership." + name().toLowerCase(Locale.ROOT);
    }
}
