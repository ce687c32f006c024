package dev.retailcrm.assets.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;

/**
 * What became of the value that was issued in one month. Immutable. Amounts are in the asset's smallest unit, and
 * {@code issued = used + expired + other + open}.
 *
 * @param issued what was earned, bought or otherwise given then
 * @param used what was used of it, less what came back
 * @param expired what lapsed of it, booked or not
 * @param other what was taken back, paid out, corrected or given away of it
 * @param open what can still be used
 */
public record Cohort(YearMonth month, long issued, long used, long expired, long other, long open) {
    /** The share that lapsed, from 0 to 1 with six places, rounded half up: the breakage. Zero if nothing was issued. */
    public BigDecimal breakage() {
        return issued == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(expired).divide(BigDecimal.valueOf(issued), 6, RoundingMode.HALF_UP);
    }
}
