package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of an account's ledger, never changed or deleted, but for its reason when its customer is erased. Immutable. Amounts are in the asset's smallest unit.
 *
 * @param seq 1, 2, 3 … within the account, without gaps
 * @param amount what it adds to the balance
 * @param balanceAfter the balance as booked after it
 * @param heldAfter the part of the balance reserved by holds after it
 * @param at when it was booked; never before the entry it follows
 * @param occurredAt when it happened; before {@code at} if it was delivered late
 * @param key the command that booked it; {@code null} for a sweep
 * @param reverses the number of the entry it corrects, or of the hold it ends; 0 if none
 * @param proRata whether it used principal and bonus in proportion
 * @param reason the operator's reason; {@code null} if none was asked for
 */
public record Entry(
        long seq,
        EntryType type,
        long amount,
        long balanceAfter,
        long heldAfter,
        Instant at,
        Instant occurredAt,
        @Nullable RequestKey key,
        long reverses,
        boolean proRata,
        @Nullable String reference,
        @Nullable String reason,
        @Nullable StoreId store,
        @Nullable StaffId staff) {
    /** The same after its customer was erased: an operator's own words may name her. */
    public Entry withoutReason() {
        return new Entry(
                seq,
                type,
                amount,
                balanceAfter,
                heldAfter,
                at,
                occurredAt,
                key,
                reverses,
                proRata,
                reference,
                null,
                store,
                staff);
    }

    /** Everything but the reason: of that, whether there is one. */
    @Override
    public String toString() {
        return "Entry[" + seq + ", " + type + " " + amount + ", balance " + balanceAfter + ", held " + heldAfter
                + ", at "
                + at + ", occurred " + occurredAt + ", " + key + ", reverses " + reverses + ", pro rata " + proRata
                + ", "
                + reference + ", " + (reason == null ? "no reason" : "a reason") + ", " + store + ", " + staff + "]";
    }
}
