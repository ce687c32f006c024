package dev.retailcrm.core.ownership;

import java.util.Optional;

/** Says whether somebody may come to own a customer. Implementations are thread-safe, quick, and depend on the proposal alone. */
@FunctionalInterface
public interface OwnershipRule {
    /** Why not; empty if this rule has nothing against it. */
    Optional<Objection> objection(Proposal proposal);
}
