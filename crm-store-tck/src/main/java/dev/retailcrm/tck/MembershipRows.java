package dev.retailcrm.tck;

import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.membership.MembershipEntry;
import java.util.List;

/**
 * The membership of one customer. Immutable.
 *
 * @param entries ascending by number
 */
record MembershipRows(Member member, long eventSeq, List<MembershipEntry> entries) {
    MembershipRows {
        entries = List.copyOf(entries);
    }
}
