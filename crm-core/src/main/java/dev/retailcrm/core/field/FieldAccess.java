package dev.retailcrm.core.field;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.Set;

/**
 * Which roles may see and edit the values of a field. It binds {@link CustomFields#guardedBy} the access of a principal, beside her rights;
 * without a principal it is kept with the definition only. Immutable.
 *
 * @param seenBy roles that may see values, at most 20 of 1 to 40 printable ASCII characters; none: all may
 * @param editedBy roles that may set values, likewise; none: all may that see them
 */
public record FieldAccess(Set<String> seenBy, Set<String> editedBy) {
    /** The most roles named. */
    public static final int MAX_ROLES = 20;

    /** Everybody may see and edit. */
    public static final FieldAccess ALL = new FieldAccess(Set.of(), Set.of());

    /** Copies the sets; refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public FieldAccess {
        seenBy = roles(seenBy);
        editedBy = roles(editedBy);
    }

    private static Set<String> roles(Set<String> given) {
        Check.range(Check.present(given, "roles").size(), 0, MAX_ROLES, "number of roles");
        given.forEach(role -> Check.code(role, 40, "role"));
        return Set.copyOf(given);
    }

    /** Whether a role may see values. */
    public boolean allowsToSee(String role) {
        return seenBy.isEmpty() || seenBy.contains(role);
    }

    /** Whether a role may set values. */
    public boolean allowsToEdit(String role) {
        return allowsToSee(role) && (editedBy.isEmpty() || editedBy.contains(role));
    }

    /** Whether who has this access may see values. */
    public boolean isSeenBy(Access access) {
        return seenBy.isEmpty() || access.hasRole(seenBy::contains);
    }

    boolean isEditedBy(Access access) {
        return isSeenBy(access) && (editedBy.isEmpty() || access.hasRole(editedBy::contains));
    }
}
