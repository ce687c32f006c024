package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.StaffId;
import java.util.List;

/**
 * All customers of a member of staff who leaves, to be given to others. Immutable.
 *
 * @param from who leaves
 * @param to who gets them, in turn; 1 to {@value #MAX_OWNERS}
 * @param instruction by whom and why; its key names the whole batch and is booked for each of the customers
 */
public record HandOver(StaffId from, List<Owner> to, Instruction instruction) {
    /** The most owners that customers are shared out among. */
    public static final int MAX_OWNERS = 100;

    /** Copies the list; refuses missing parts, and a number of owners outside the range, with {@link CoreError#INVALID_VALUE}. */
    public HandOver {
        Check.present(from, "staff");
        Check.present(instruction, "instruction");
        Check.range(Check.present(to, "owners").size(), 1, MAX_OWNERS, "number of owners");
        to.forEach(owner -> Check.present(owner, "owner"));
        to = List.copyOf(to);
    }

    /** To one owner. */
    public static HandOver of(StaffId from, Owner to, Instruction instruction) {
        return new HandOver(from, List.of(Check.present(to, "owner")), instruction);
    }

    /** What a repetition is compared by: who gets which customer is not part of it. */
    Fingerprint content() {
        Fingerprint content = Fingerprint.of("ownership.hand-over").and(from.value());
        to.forEach(owner -> OwnershipRequest.with(content, owner));
        return content;
    }
}
