package dev.retailcrm.assets.redeem;

import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.spi.BenefitRow;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was used up, and how much of that was taken back. Immutable.
 *
 * @param customer whose it is by now
 * @param home whose it was before she was merged; else the same
 * @param amount how many were used, above zero
 * @param reversed how many of them were taken back, zero to the amount
 * @param points what all of it cost in points; 0 if nothing
 * @param version of the offer, by which a part of it is worth what it is; 0 if there is none
 * @param at when it happened
 * @param booked when it was booked
 * @param pass the one-time code by which it was used, as {@code customer:step}; {@code null} if by none
 */
public record Redemption(
        BenefitId id,
        CustomerId customer,
        CustomerId home,
        RedeemItem item,
        long amount,
        long reversed,
        long points,
        long version,
        Instant at,
        Instant booked,
        @Nullable StoreId store,
        @Nullable String till,
        @Nullable StaffId staff,
        @Nullable String reference,
        @Nullable String pass)
        implements BenefitRow {
    /** Refuses what is missing, and more taken back than was used. */
    public Redemption {
        Check.present(id, "id");
        Check.present(customer, "customer");
        Check.present(home, "customer");
        Check.present(item, "item");
        Check.present(at, "instant");
        Check.present(booked, "instant");
        if (amount <= 0 || reversed < 0 || reversed > amount) {
            throw new IllegalStateException("redemption out of balance: " + reversed + " of " + amount);
        }
    }

    /** How many of them are still used. */
    public long left() {
        return amount - reversed;
    }

    /** The key under which it is booked elsewhere. */
    RequestKey useKey() {
        return RequestKey.reserved("redeem/" + id);
    }

    /** The key under which it was taken back elsewhere so far. */
    RequestKey backKey() {
        return RequestKey.reserved("redeem/" + id + "/back/" + reversed);
    }

    Redemption costing(long all, long ofVersion) {
        return new Redemption(
                id, customer, home, item, amount, reversed, all, ofVersion, at, booked, store, till, staff, reference,
                pass);
    }

    Redemption reversing(long more) {
        return new Redemption(
                id,
                customer,
                home,
                item,
                amount,
                reversed + more,
                points,
                version,
                at,
                booked,
                store,
                till,
                staff,
                reference,
                pass);
    }

    @Override
    public Redemption of(CustomerId other) {
        return new Redemption(
                id, other, home, item, amount, reversed, points, version, at, booked, store, till, staff, reference,
                pass);
    }
}
