package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Part;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A lot of the model. Mutable. */
final class LawLot {
    final long no;
    final Part part;
    final long granted;
    final Instant from;
    final int slideDays;

    /** What was paid for it; −1 if nothing. */
    final long cost;

    long remaining;
    long held;

    @Nullable
    Instant end;

    LawLot(long no, Part part, long granted, Instant from, @Nullable Instant end, int slideDays, long cost) {
        this.no = no;
        this.part = part;
        this.granted = granted;
        this.remaining = granted;
        this.from = from;
        this.end = end;
        this.slideDays = slideDays;
        this.cost = cost;
    }

    LawLot copy() {
        var copy = new LawLot(no, part, granted, from, end, slideDays, cost);
        copy.remaining = remaining;
        copy.held = held;
        return copy;
    }

    boolean isOver(Instant at) {
        return end != null && !at.isBefore(end);
    }

    boolean isPending(Instant at) {
        return from.isAfter(at);
    }

    boolean isUsable(Instant at) {
        return remaining > 0 && !isPending(at) && !isOver(at);
    }

    void slide(Instant activity) {
        if (slideDays > 0) {
            end = activity.plus(Duration.ofDays(slideDays));
        }
    }

    /** The cost of all that was used of it. */
    long costUsed() {
        return cost < 0 ? 0 : portion(cost, granted - remaining - held, granted, RoundingMode.HALF_UP);
    }

    static long portion(long whole, long part, long of, RoundingMode rounding) {
        return BigDecimal.valueOf(whole)
                .multiply(BigDecimal.valueOf(part))
                .divide(BigDecimal.valueOf(of), 0, rounding)
                .longValueExact();
    }
}
