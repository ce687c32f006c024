package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * Whom a customer belongs to: a member of staff, a store, or both. A store without staff is the store's own pool, from which its staff may
 * claim her. Immutable.
 *
 * @param staff who serves her; {@code null} if only a store does
 * @param store where she is served; {@code null} if that does not matter
 */
public record Owner(@Nullable StaffId staff, @Nullable StoreId store) {
    /** Refuses an owner who is nobody with {@link CoreError#INVALID_VALUE}: that is the pool. */
    public Owner {
        if (staff == null && store == null) {
            throw CoreError.INVALID_VALUE.because("an owner is a member of staff, a store, or both");
        }
    }

    /** A member of staff, wherever she works. */
    public static Owner staff(String code) {
        return new Owner(StaffId.of(code), null);
    }

    /** A store, whoever works there. */
    public static Owner store(String code) {
        return new Owner(null, StoreId.of(code));
    }

    /** The same staff in this store. */
    public Owner in(String code) {
        return new Owner(staff, StoreId.of(code));
    }

    /** Whether this member of staff is the owner. */
    public boolean isStaff(StaffId other) {
        return other.equals(staff);
    }

    /** Whether whom she would be given to serves her already: the same staff, and the same store unless none is named. */
    public boolean serves(Owner other) {
        return other.staff == null
                ? equals(other)
                : other.staff.equals(staff) && (other.store == null || other.store.equals(store));
    }
}
