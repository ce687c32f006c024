package dev.retailcrm.tck;

import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.membership.MembershipEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The membership of one customer. Immutable.
 *
 * @param member {@code null} if she is none any more
 * @param entries ascending by number
 */
record MembershipRows(@Nullable Member member, long eventSeq, List<MembershipEntry> entries) {
    MembershipRows {
        entries = List.copyOf(entries);
    }
}
