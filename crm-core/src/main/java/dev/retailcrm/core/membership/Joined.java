package dev.retailcrm.core.membership;

import dev.retailcrm.core.customer.Identity;
import java.util.Optional;

/**
 * Who became a member, or came back. Immutable; {@code toString} masks the number.
 *
 * @param entry the entry by which she did
 * @param card her member number, which she is found by at the till; on a repetition the one she has by then, empty if that was taken from her
 *     meanwhile
 */
public record Joined(MembershipEntry entry, Optional<Identity> card) {}
