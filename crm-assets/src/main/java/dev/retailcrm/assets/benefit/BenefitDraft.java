package dev.retailcrm.assets.benefit;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.BenefitRow;
import dev.retailcrm.assets.spi.BenefitTake;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.CustomerIds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A command of one customer while it is worked out, under her lock. Not thread-safe. */
public final class BenefitDraft {
    private final CustomerId customer;
    private final Posting posting;
    private final Instant at;
    private final Instant now;
    private final CustomerIds ids;
    private @Nullable Written written;

    /** What it came to. */
    record Written(
            BenefitRow row,
            boolean isNew,
            BenefitAct act,
            String item,
            long amount,
            @Nullable String till) {}

    private @Nullable BenefitTake take;
    private @Nullable Runnable then;

    BenefitDraft(CustomerId customer, Posting posting, Instant at, Instant now, CustomerIds ids) {
        this.customer = customer;
        this.posting = posting;
        this.at = at;
        this.now = now;
        this.ids = ids;
    }

    /** Whose it is, over all merges. */
    public CustomerId customer() {
        return customer;
    }

    /** How it was posted. */
    public Posting posting() {
        return posting;
    }

    /** When it happened. */
    public Instant at() {
        return at;
    }

    /** By the clock. */
    public Instant now() {
        return now;
    }

    /** An id that was not used before. */
    public BenefitId newId() {
        return BenefitId.of(ids.next().value());
    }

    /** Writes a new row. */
    public <T extends BenefitRow> T add(T row, BenefitAct act, String item, long amount, @Nullable String till) {
        written = new Written(row, true, act, item, amount, till);
        return row;
    }

    /** Writes a row that is there. */
    public <T extends BenefitRow> T change(T row, BenefitAct act, String item, long amount, @Nullable String till) {
        written = new Written(row, false, act, item, amount, till);
        return row;
    }

    /** Does this once everything is written: what books elsewhere, and was found to be acceptable before. */
    public void then(Runnable booking) {
        then = booking;
    }

    /** Takes from a stock, or gives back. */
    public void take(BenefitTake from) {
        take = from;
    }

    @Nullable
    Written written() {
        return written;
    }

    void finish() {
        if (then != null) {
            then.run();
        }
    }

    @Nullable
    BenefitTake taken() {
        return take;
    }
}
