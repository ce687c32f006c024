package dev.retailcrm.assets.report;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Part;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a retailer owes its customers of an asset at an instant: everything they could use, then or later, held or not, that was not expired.
 * Immutable. Amounts are in the asset's smallest unit.
 *
 * @param rows what is owed, by what was asked for; without those that are zero
 * @param lapsed what had expired by then and was not booked as expired yet
 * @param debt what customers owed the retailer: value taken back that they had used
 */
public record Liability(Asset asset, Instant at, List<Row> rows, long lapsed, long debt) {
    /** Copies the list. */
    public Liability {
        rows = List.copyOf(rows);
    }

    /** Everything that is owed. */
    public long total() {
        return rows.stream().mapToLong(Row::amount).reduce(0, Math::addExact);
    }

    /** What the ledger says: the sum of all entries up to then. */
    public long booked() {
        return Math.subtractExact(Math.addExact(total(), lapsed), debt);
    }

    /**
     * A part of it. What was not asked for is {@code null}.
     *
     * @param store the store that issued it; {@code null} if it was issued in none
     * @param issued the month in which it was issued
     * @param expires the month in which it expires; {@code null} if it never does
     */
    public record Row(
            @Nullable Part part,
            @Nullable StoreId store,
            @Nullable YearMonth issued,
            @Nullable YearMonth expires,
            long amount) {}
}
