package dev.retailcrm.core.ownership;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Reach;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;

/** What principals may do about ownership. Thread-safe. */
final class OwnershipGuard {
    private final Access access;
    private final OwnershipReads reads;

    OwnershipGuard(Access access, OwnershipReads reads) {
        this.access = access;
        this.reads = reads;
    }

    /** Who acts as somebody else, or as a manager, needs the right to give customers away instead of this one. */
    void require(Right right, CustomerId customer, Instruction instruction) {
        access.require(isForHerself(instruction) ? right : Right.ASSIGN_OWNERSHIP, customer);
    }

    /**
     * She is offered to the principal, or the principal may answer for all. Whose right reaches some customers only is told nothing of an
     * offer that was never made to her, not even whether there is one.
     */
    void requireAnswer(CustomerId customer, long offer, Instruction instruction) {
        if (!isForHerself(instruction)) {
            access.require(Right.ASSIGN_OWNERSHIP, customer);
            return;
        }
        access.requireSome(Right.TRANSFER_CUSTOMER);
        if (access.reach(Right.TRANSFER_CUSTOMER) == Reach.SOME
                && reads.offer(customer, offer)
                        .filter(it ->
                                it.to().staff() != null && access.isOf(it.to().staff()))
                        .isEmpty()) {
            throw Access.denied(Right.TRANSFER_CUSTOMER);
        }
    }

    private boolean isForHerself(Instruction instruction) {
        return !Check.present(instruction, "instruction").asManager() && access.isOf(instruction.by());
    }
}
