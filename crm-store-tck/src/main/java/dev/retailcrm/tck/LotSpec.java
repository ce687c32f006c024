package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Part;
import java.time.Instant;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/** A lot to be opened by a change that a contract writes. */
record LotSpec(
        long amount,
        Part part,
        @Nullable Instant from,
        @Nullable Instant expiresAt,
        int slideDays,
        Lot.@Nullable Cost cost) {
    static LotSpec of(long amount) {
        return new LotSpec(amount, Part.PRINCIPAL, null, null, 0, null);
    }

    LotSpec bonus() {
        return new LotSpec(amount, Part.BONUS, from, expiresAt, slideDays, cost);
    }

    LotSpec from(Instant instant) {
        return new LotSpec(amount, part, instant, expiresAt, slideDays, cost);
    }

    LotSpec until(Instant instant) {
        return new LotSpec(amount, part, from, instant, slideDays, cost);
    }

    LotSpec sliding(int days, Instant until) {
        return new LotSpec(amount, part, from, until, days, cost);
    }

    LotSpec costing(CurrencyUnit currency, long minor) {
        return new LotSpec(amount, part, from, expiresAt, slideDays, new Lot.Cost(currency, minor));
    }

    Lot lot(long no, Instant at) {
        return new Lot(no, part, amount, amount, 0, from == null ? at : from, expiresAt, slideDays, cost);
    }
}
