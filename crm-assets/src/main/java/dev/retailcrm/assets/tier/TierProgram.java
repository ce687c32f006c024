package dev.retailcrm.assets.tier;

import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * By what customers reach levels, and how they keep and lose them. Immutable; start from {@link #of} and add what differs. A level is reached at once
 * when the measure comes to it, and lasts as the validity says. When that ends, she keeps it for another validity if the period that ended with it
 * qualifies; else a time of grace begins, in which she keeps it and can still qualify; else the {@link Downgrade} decides.
 *
 * @param key its code, 1 to {@value #MAX_KEY} printable ASCII characters; stays for ever
 * @param levels 1 to {@value #MAX_LEVELS}, the first at 0, each higher than the one before
 * @param from the first day on which levels are reached; what was done before counts as the period says
 * @param valid how long a level lasts, from the day on which it was reached
 * @param graceDays 0 to 3,660
 * @param retired whether it is in use no more
 * @param version counts changes from 1; 0 before it is defined
 */
public record TierProgram(
        String key,
        TierMeasure measure,
        TierPeriod period,
        List<TierLevel> levels,
        LocalDate from,
        Validity valid,
        int graceDays,
        Downgrade downgrade,
        boolean retired,
        long version) {
    /** The most characters of a key. */
    public static final int MAX_KEY = 40;

    /** The most levels. */
    public static final int MAX_LEVELS = 50;

    /** The most a measure is compared with. */
    public static final long MAX_VALUE = 1_000_000_000_000_000L;

    static final int MAX_BYTES = 65_536;

    /**
     * How long a level lasts: through the day that is so many units after it was reached, or on to the end of a wider unit.
     *
     * @param count 0 to 1,200; of 0 days with a wider unit of a year, through the year
     */
    public record Validity(int count, Calendar unit, Calendar toEndOf) {
        /** Refuses anything else. */
        public Validity {
            Check.range(count, 0, 1_200, "units of a validity");
            Check.present(unit, "unit");
            Check.present(toEndOf, "wider unit");
        }

        /** So many units. */
        public static Validity of(int count, Calendar unit) {
            return new Validity(count, unit, Calendar.DAY);
        }

        Instant end(Instant from, ZoneId zone) {
            Instant end = Expiry.after(count, unit).toEndOf(toEndOf).endFor(from, zone);
            return end == null || !end.isAfter(from) ? from.plusMillis(1) : end;
        }

        /** The end of the next validity after one that ended there: a year later, and not a day more. */
        Instant renewed(Instant end, ZoneId zone) {
            Instant next = end(end.minusMillis(1), zone);
            return next.isAfter(end) ? next : end(end, zone);
        }
    }

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public TierProgram {
        Check.code(key, MAX_KEY, "key of the program");
        Check.present(measure, "measure");
        Check.present(period, "period");
        for (Object level : Check.present(levels, "levels")) {
            Check.present(level, "level");
        }
        levels = List.copyOf(levels);
        Check.range(levels.size(), 1, MAX_LEVELS, "number of levels");
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < levels.size(); i++) {
            long below = i == 0 ? -1 : levels.get(i - 1).threshold();
            boolean ascending =
                    levels.get(i).threshold() > below && (i > 0 || levels.get(0).threshold() == 0);
            if (!ascending || !keys.add(levels.get(i).key())) {
                throw CoreError.INVALID_VALUE.because("levels ascend from 0, each with a key of its own");
            }
        }
        Check.range(Check.present(from, "first day").getYear(), 1970, 9998, "year");
        Check.present(valid, "validity");
        Check.range(graceDays, 0, 3_660, "days of grace");
        Check.present(downgrade, "downgrade");
        if (version < 0) {
            throw CoreError.INVALID_VALUE.because("a version must be zero or more");
        }
    }

    /** A program whose levels last a year, without grace, and then become what is qualified for. */
    public static TierProgram of(
            String key, TierMeasure measure, TierPeriod period, List<TierLevel> levels, LocalDate from) {
        return new TierProgram(
                key, measure, period, levels, from, Validity.of(1, Calendar.YEAR), 0, Downgrade.TO_QUALIFIED, false, 0);
    }

    /**
     * The program that was written by {@link #toJson}, or by hand.
     *
     * @param json at most 65,536 bytes
     * @throws CrmException {@link dev.retailcrm.assets.ledger.AssetError#INVALID_DEFINITION} naming the place in the JSON
     */
    public static TierProgram parse(String json) {
        return TierText.program(json);
    }

    /** Its canonical JSON form: equal programs have equal texts, and {@link #parse} gives the program back. */
    public String toJson() {
        return TierText.of(this);
    }

    /** The same with other levels. */
    public TierProgram levels(List<TierLevel> others) {
        return new TierProgram(key, measure, period, others, from, valid, graceDays, downgrade, retired, version);
    }

    /** The same, whose levels last otherwise. */
    public TierProgram valid(Validity other) {
        return new TierProgram(key, measure, period, levels, from, other, graceDays, downgrade, retired, version);
    }

    /** The same with days of grace. */
    public TierProgram grace(int days) {
        return new TierProgram(key, measure, period, levels, from, valid, days, downgrade, retired, version);
    }

    /** The same with another downgrade. */
    public TierProgram downgrading(Downgrade other) {
        return new TierProgram(key, measure, period, levels, from, valid, graceDays, other, retired, version);
    }

    TierProgram at(long number, boolean ended) {
        return new TierProgram(key, measure, period, levels, from, valid, graceDays, downgrade, ended, number);
    }

    /** The level with a key; empty if there is none. */
    public Optional<TierLevel> level(String name) {
        int index = index(name);
        return index < 0 ? Optional.empty() : Optional.of(levels.get(index));
    }

    /** The place of a level from 0; −1 if there is none of this key. */
    int index(String name) {
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i).key().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The place of the highest level that a value comes to. */
    int qualified(long value) {
        int index = 0;
        while (index + 1 < levels.size() && levels.get(index + 1).threshold() <= value) {
            index++;
        }
        return index;
    }
}
