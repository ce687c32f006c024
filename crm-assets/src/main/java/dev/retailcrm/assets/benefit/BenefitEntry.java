package dev.retailcrm.assets.benefit;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history of what a customer was granted, has and used, never changed. Immutable.
 *
 * @param seq 1, 2, 3 … among all of hers, without gaps
 * @param id of the grant, the card or the redemption
 * @param item what was used, granted or issued, such as {@code BENEFIT:cake} or {@code CARD:wash}
 * @param amount how many were used or taken back, or are on the card; 0 for none
 * @param at when it happened
 * @param booked when it was booked
 * @param till where in the store; {@code null} if not known
 */
public record BenefitEntry(
        CustomerId customer,
        long seq,
        BenefitAct act,
        BenefitId id,
        String item,
        long amount,
        Instant at,
        Instant booked,
        @Nullable StoreId store,
        @Nullable String till,
        @Nullable StaffId staff,
        @Nullable String reference) {
    /** Refuses what is missing. */
    public BenefitEntry {
        Check.present(customer, "customer");
        Check.positive(seq, "number of an entry");
        Check.present(act, "act");
        Check.present(id, "id");
        Check.present(item, "item");
        Check.present(at, "instant");
        Check.present(booked, "instant");
    }
}
