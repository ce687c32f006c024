package dev.retailcrm.assets.tier;

import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Over what a measure is added up, in whole days of the retailer. Immutable.
 *
 * @param count units of a rolling period, above zero; 0 for the calendar's, or for ever
 */
public record TierPeriod(Form form, int count, Calendar unit) {
    /** How a period lies. Names are kept. */
    public enum Form {
        /** Everything. */
        EVER,
        /** The last units up to now: of 12 months on 29 November, from 30 November of the year before. */
        ROLLING,
        /** The unit of the calendar that is now; when a level ends with it, the one that ended. */
        CALENDAR
    }

    /** Refuses more than 1,200 units. */
    public TierPeriod {
        Check.present(form, "form of a period");
        Check.present(unit, "unit");
        Check.range(count, form == Form.ROLLING ? 1 : 0, form == Form.ROLLING ? 1_200 : 0, "units of a period");
    }

    /** Everything. */
    public static TierPeriod ever() {
        return new TierPeriod(Form.EVER, 0, Calendar.DAY);
    }

    /** The last so many units. */
    public static TierPeriod last(int count, Calendar unit) {
        return new TierPeriod(Form.ROLLING, count, unit);
    }

    /** The calendar's. */
    public static TierPeriod calendar(Calendar unit) {
        return new TierPeriod(Form.CALENDAR, 0, unit);
    }

    /** Where the period that ends there begins; the end is exclusive. */
    Instant start(Instant end, ZoneId zone) {
        LocalDate last = end.minusMillis(1).atZone(zone).toLocalDate();
        return switch (form) {
            case EVER -> Instant.EPOCH;
            case ROLLING ->
                unit.plus(last, -count).plusDays(1).atStartOfDay(zone).toInstant();
            case CALENDAR -> unit.firstDay(last).atStartOfDay(zone).toInstant();
        };
    }

    /** The first instant at which a rolling period does not contain another any more. */
    Instant leaves(Instant point, ZoneId zone) {
        LocalDate day = point.atZone(zone).toLocalDate();
        LocalDate last = unit.plus(day, count).minusDays(1);
        while (!unit.plus(last, -count).plusDays(1).isAfter(day)) {
            last = last.plusDays(1);
        }
        return last.atStartOfDay(zone).toInstant();
    }
}
