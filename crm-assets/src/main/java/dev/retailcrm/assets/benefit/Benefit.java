package dev.retailcrm.assets.benefit;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.StoreId;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A benefit as a tenant defined it: what it gives, who has it without being given it, and when and where it is good. Days are counted in the customer's
 * zone, or the retailer's where hers is not known. Immutable; start from {@link #of} and add what differs.
 *
 * @param key its code, 1 to {@value #MAX_KEY} printable ASCII characters; stays for ever
 * @param name 1 to 100 characters
 * @param everybody whether every customer has it
 * @param tiers who has it by her level; at most {@value #MAX_TIERS}
 * @param limit how often it can be used; {@code null} for any number. Of one with a birthday the uses around each birthday count, whatever its period
 * @param firstDay {@code null} for any
 * @param lastDay {@code null} for any; not before the first
 * @param blockedDays on which it is not good; at most {@value #MAX_DAYS}
 * @param blockedWeekdays on which it is not good; not all seven
 * @param stores in which it is good; everywhere if there are none
 * @param birthday around which it is good; {@code null} for all year
 * @param retired whether it is in use no more
 * @param version counts changes from 1; 0 before it is defined
 */
public record Benefit(
        String key,
        String name,
        BenefitWorth worth,
        boolean everybody,
        List<TierClaim> tiers,
        @Nullable UseLimit limit,
        @Nullable LocalDate firstDay,
        @Nullable LocalDate lastDay,
        SortedSet<LocalDate> blockedDays,
        SortedSet<DayOfWeek> blockedWeekdays,
        SortedSet<StoreId> stores,
        @Nullable BirthdayWindow birthday,
        boolean retired,
        long version) {
    /** The most characters of a key. */
    public static final int MAX_KEY = 40;

    /** The most programs of tiers. */
    public static final int MAX_TIERS = 20;

    /** The most blocked days. */
    public static final int MAX_DAYS = 400;

    /** The most stores. */
    public static final int MAX_STORES = 5_000;

    static final int MAX_BYTES = 262_144;

    private static final Comparator<StoreId> BY_ID = Comparator.comparing(StoreId::value);

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public Benefit {
        Check.code(key, MAX_KEY, "key of the benefit");
        Check.text(name, 100, "name");
        Check.present(worth, "worth");
        tiers = List.copyOf(each(tiers, MAX_TIERS, "claims by tier"));
        if (tiers.stream().map(TierClaim::program).distinct().count() < tiers.size()) {
            throw CoreError.INVALID_VALUE.because("a program of tiers is named once");
        }
        day(firstDay);
        day(lastDay);
        if (firstDay != null && lastDay != null && lastDay.isBefore(firstDay)) {
            throw CoreError.INVALID_VALUE.because("the last day must not lie before the first");
        }
        blockedDays = Collections.unmodifiableSortedSet(new TreeSet<>(each(blockedDays, MAX_DAYS, "blocked days")));
        blockedDays.forEach(Benefit::day);
        blockedWeekdays = Collections.unmodifiableSortedSet(
                new TreeSet<>(each(blockedWeekdays, DayOfWeek.values().length - 1, "blocked weekdays")));
        TreeSet<StoreId> sorted = new TreeSet<>(BY_ID);
        sorted.addAll(each(stores, MAX_STORES, "stores"));
        stores = Collections.unmodifiableSortedSet(sorted);
        if (version < 0) {
            throw CoreError.INVALID_VALUE.because("a version must be zero or more");
        }
    }

    private static <T, C extends Collection<T>> C each(C all, int most, String name) {
        Check.range(Check.present(all, name).size(), 0, most, "number of " + name);
        for (Object one : all) {
            Check.present(one, name);
        }
        return all;
    }

    private static void day(@Nullable LocalDate day) {
        if (day != null) {
            Check.range(day.getYear(), 1970, 9_998, "year");
        }
    }

    /** A benefit that is good always and everywhere, any number of times, for those whom it is granted to, or whose card gives it. */
    public static Benefit of(String key, String name, BenefitWorth worth) {
        return new Benefit(
                key,
                name,
                worth,
                false,
                List.of(),
                null,
                null,
                null,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(BY_ID),
                null,
                false,
                0);
    }

    /**
     * The benefit that was written by {@link #toJson}, or by hand.
     *
     * @param json at most 262,144 bytes
     * @throws CrmException {@link AssetError#INVALID_DEFINITION} naming the place in the JSON
     */
    public static Benefit parse(String json) {
        return BenefitText.benefit(json);
    }

    /** Its canonical JSON form: equal benefits have equal texts, and {@link #parse} gives the benefit back. */
    public String toJson() {
        return BenefitText.of(this);
    }

    /** The same for every customer. */
    public Benefit forEverybody() {
        return with(true, tiers, limit, firstDay, lastDay, blockedDays, blockedWeekdays, stores, birthday);
    }

    /** The same for those at levels of a program too. */
    public Benefit forTier(String program, Set<String> levels) {
        List<TierClaim> more = new ArrayList<>(tiers);
        more.add(TierClaim.of(program, levels));
        return with(everybody, more, limit, firstDay, lastDay, blockedDays, blockedWeekdays, stores, birthday);
    }

    /** The same, so often. */
    public Benefit limitedTo(UseLimit other) {
        return with(
                everybody,
                tiers,
                Check.present(other, "limit"),
                firstDay,
                lastDay,
                blockedDays,
                blockedWeekdays,
                stores,
                birthday);
    }

    /** The same on these days; {@code null} for no first or last one. */
    public Benefit between(@Nullable LocalDate first, @Nullable LocalDate last) {
        return with(everybody, tiers, limit, first, last, blockedDays, blockedWeekdays, stores, birthday);
    }

    /** The same but on these days and weekdays. */
    public Benefit blockedOn(Set<LocalDate> days, Set<DayOfWeek> weekdays) {
        return with(
                everybody,
                tiers,
                limit,
                firstDay,
                lastDay,
                new TreeSet<>(each(days, MAX_DAYS, "blocked days")),
                new TreeSet<>(each(weekdays, DayOfWeek.values().length, "blocked weekdays")),
                stores,
                birthday);
    }

    /** The same in these stores only. */
    public Benefit in(Set<StoreId> only) {
        TreeSet<StoreId> sorted = new TreeSet<>(BY_ID);
        sorted.addAll(each(only, MAX_STORES, "stores"));
        return with(everybody, tiers, limit, firstDay, lastDay, blockedDays, blockedWeekdays, sorted, birthday);
    }

    /** The same around birthdays only. */
    public Benefit around(BirthdayWindow window) {
        return with(
                everybody,
                tiers,
                limit,
                firstDay,
                lastDay,
                blockedDays,
                blockedWeekdays,
                stores,
                Check.present(window, "window"));
    }

    private Benefit with(
            boolean all,
            List<TierClaim> claims,
            @Nullable UseLimit times,
            @Nullable LocalDate first,
            @Nullable LocalDate last,
            SortedSet<LocalDate> days,
            SortedSet<DayOfWeek> weekdays,
            SortedSet<StoreId> only,
            @Nullable BirthdayWindow window) {
        return new Benefit(
                key, name, worth, all, claims, times, first, last, days, weekdays, only, window, retired, version);
    }

    /** The same at a version, in use or not; {@link Benefits} decides on both. */
    public Benefit at(long number, boolean ended) {
        return new Benefit(
                key,
                name,
                worth,
                everybody,
                tiers,
                limit,
                firstDay,
                lastDay,
                blockedDays,
                blockedWeekdays,
                stores,
                birthday,
                ended,
                number);
    }
}
