package dev.retailcrm.core.access;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on whose behalf the host calls, after it found out who that is: the library checks rights and no passwords. Immutable.
 *
 * @param staff who, named as actor in histories
 * @param roles by the host's own codes, at most {@value #MAX} of 1 to 40 printable ASCII characters
 * @param stores she works for, at most {@value #MAX}
 * @param purpose why she looks at personal data, such as {@code complaint 4711}; kept for ever, so without personal data: 1 to 100
 *     printable ASCII characters; {@code null} if not said
 */
public record Principal(
        StaffId staff,
        Set<String> roles,
        Set<StoreId> stores,
        @Nullable String purpose) {
    /** The most roles, and the most stores. */
    public static final int MAX = 100;

    /** Copies the sets; refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public Principal {
        Check.present(staff, "staff");
        Check.range(Check.present(roles, "roles").size(), 0, MAX, "number of roles");
        roles.forEach(role -> Check.code(role, 40, "role"));
        Check.range(Check.present(stores, "stores").size(), 0, MAX, "number of stores");
        roles = Set.copyOf(roles);
        stores = Set.copyOf(stores);
        if (purpose != null) {
            Check.code(purpose, 100, "purpose");
        }
    }

    /** An operator of whom no role is known. */
    public static Principal of(StaffId staff) {
        return new Principal(staff, Set.of(), Set.of(), null);
    }

    /** An operator of whom no role is known. */
    public static Principal of(String staff) {
        return of(StaffId.of(staff));
    }

    /** The same in one more role. */
    public Principal as(String role) {
        return new Principal(staff, with(roles, role), stores, purpose);
    }

    /** The same working for one more store. */
    public Principal in(StoreId store) {
        return new Principal(staff, roles, with(stores, store), purpose);
    }

    /** The same for a purpose. Default: not said. */
    public Principal forPurpose(String why) {
        return new Principal(staff, roles, stores, Check.present(why, "purpose"));
    }

    private static <T> Set<T> with(Set<T> known, T added) {
        Set<T> all = new LinkedHashSet<>(known);
        all.add(Check.present(added, "role or store"));
        return all;
    }
}
