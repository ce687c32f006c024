package dev.retailcrm.assets.report;

import static dev.retailcrm.assets.spi.ValueDimension.BOOKED_MONTH;
import static dev.retailcrm.assets.spi.ValueDimension.ISSUED_MONTH;
import static dev.retailcrm.assets.spi.ValueDimension.ISSUED_STORE;
import static dev.retailcrm.assets.spi.ValueDimension.LAPSED;
import static dev.retailcrm.assets.spi.ValueDimension.PART;
import static dev.retailcrm.assets.spi.ValueDimension.STORE;
import static dev.retailcrm.assets.spi.ValueDimension.TYPE;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Part;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.assets.spi.ValueDimension;
import dev.retailcrm.assets.spi.ValueQuery;
import dev.retailcrm.assets.spi.ValueSum;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.UnitOfWork;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger of all customers adds up to, at any instant and in any period: worked out from its entries and lots, so that every figure agrees
 * with the balances. Nothing is written or locked. Months are the retailer's, of the {@value #YEARS} years before and after the instants
 * of a question; what is beyond counts in the first or last of them. Immutable, thread-safe.
 */
public final class AssetReports {
    /** The years before and after that months are told apart in. */
    public static final int YEARS = 20;

    private static final Set<EntryType> USES = EnumSet.of(EntryType.SPEND, EntryType.CAPTURE, EntryType.REFUND);

    /** By their ids; none comes first. */
    private static final Comparator<StoreId> STORES = Comparator.nullsFirst(Comparator.comparing(StoreId::value));

    private static final Comparator<Liability.Row> ROWS = Comparator.comparing(
                    Liability.Row::part, Comparator.nullsFirst(Comparator.<Part>naturalOrder()))
            .thenComparing(Liability.Row::store, STORES)
            .thenComparing(Liability.Row::issued, Comparator.nullsFirst(Comparator.<YearMonth>naturalOrder()))
            .thenComparing(Liability.Row::expires, Comparator.nullsLast(Comparator.<YearMonth>naturalOrder()));

    private final TenantId tenant;
    private final LedgerHistoryStore history;
    private final UnitOfWork work;
    private final ZoneId zone;
    private final Access access;

    /** Reports about a tenant. */
    public AssetReports(TenantId tenant, LedgerHistoryStore history, UnitOfWork work, ZoneId zone) {
        this(tenant, history, work, zone, Access.unrestricted());
    }

    private AssetReports(TenantId tenant, LedgerHistoryStore history, UnitOfWork work, ZoneId zone, Access access) {
        this.tenant = Check.present(tenant, "tenant");
        this.history = Check.present(history, "ledger");
        this.work = Check.present(work, "unit of work");
        this.zone = Check.present(zone, "zone");
        this.access = access;
    }

    /** The same reports, as far as this access permits. */
    public AssetReports guardedBy(Access granted) {
        return new AssetReports(tenant, history, work, zone, Check.present(granted, "access"));
    }

    /**
     * What is owed at an instant, with what was booked then. One round trip.
     *
     * @param by what it is told apart by; one row if nothing
     */
    public Liability liability(Asset asset, Instant at, Set<LiabilityBy> by) {
        Instant when = instant(at, "instant");
        Set<ValueDimension> dimensions = EnumSet.of(LAPSED, PART);
        Check.present(by, "dimensions").forEach(it -> dimensions.add(Check.present(it, "dimension").dimension));
        return read(() -> liability(asset, when, by, dimensions));
    }

    private Liability liability(Asset asset, Instant at, Set<LiabilityBy> by, Set<ValueDimension> dimensions) {
        Months months = new Months(at, at);
        return liability(asset, at, by, months, sums(asset, Instant.EPOCH, at.plusMillis(1), at, dimensions, months));
    }

    private static Liability liability(
            Asset asset, Instant at, Set<LiabilityBy> by, Months months, List<ValueSum> sums) {
        Map<Liability.Row, Long> rows = new TreeMap<>(ROWS);
        long lapsed = 0;
        long debt = 0;
        for (ValueSum sum : sums) {
            if (sum.lapsed() == null) {
                debt = Math.subtractExact(debt, sum.amount());
            } else if (sum.lapsed()) {
                lapsed = Math.addExact(lapsed, sum.amount());
            } else {
                rows.merge(
                        new Liability.Row(
                                by.contains(LiabilityBy.PART) ? sum.part() : null,
                                sum.issuedStore(),
                                months.of(sum.issuedMonth()),
                                months.of(sum.expiryMonth()),
                                0),
                        sum.amount(),
                        Math::addExact);
            }
        }
        List<Liability.Row> owed = new ArrayList<>();
        rows.forEach((row, amount) -> {
            if (amount != 0) {
                owed.add(new Liability.Row(row.part(), row.store(), row.issued(), row.expires(), amount));
            }
        });
        return new Liability(asset, at, owed, lapsed, debt);
    }

    /** What came and went at or after {@code from} and before {@code to}, by type, then by store. One round trip. */
    public List<Flow> flows(Asset asset, Instant from, Instant to) {
        Instant start = instant(from, "from");
        Instant end = instant(to, "to");
        return read(() -> sums(asset, start, end, end, EnumSet.of(TYPE, STORE), new Months(start, end)).stream()
                .map(it -> new Flow(Objects.requireNonNull(it.type()), it.store(), it.amount()))
                .sorted(Comparator.comparing(Flow::type).thenComparing(Flow::store, STORES))
                .toList());
    }

    /** What was owed right before {@code from} and right before {@code to}, and what happened between. Three round trips. */
    public Reconciliation reconcile(Asset asset, Instant from, Instant to) {
        Instant start = instant(from, "from");
        Instant end = instant(to, "to");
        Set<ValueDimension> whole = EnumSet.of(LAPSED, PART);
        return read(() -> new Reconciliation(
                liability(asset, start.minusMillis(1), Set.of(), whole),
                flows(asset, start, end),
                liability(asset, end.minusMillis(1), Set.of(), whole)));
    }

    /**
     * What was used at or after {@code from} and before {@code to} of what each store issued, also by itself; by store, then by part. What
     * came with a transfer or a merge counts as issued in none. One round trip.
     */
    public List<Settlement> settlement(Asset asset, Instant from, Instant to) {
        Instant start = instant(from, "from");
        Instant end = instant(to, "to");
        return read(() -> {
            Map<Settlement, Long> amounts = new TreeMap<>(Comparator.comparing(Settlement::issuedBy, STORES)
                    .thenComparing(Settlement::usedAt, STORES)
                    .thenComparing(Settlement::part));
            sums(asset, start, end, end, EnumSet.of(TYPE, STORE, ISSUED_STORE, PART), new Months(start, end)).stream()
                    .filter(it -> USES.contains(it.type()) && it.part() != null)
                    .forEach(it -> amounts.merge(
                            new Settlement(it.issuedStore(), it.store(), Objects.requireNonNull(it.part()), 0),
                            Math.negateExact(it.amount()),
                            Math::addExact));
            return amounts.entrySet().stream()
                    .filter(it -> it.getValue() != 0)
                    .map(it -> new Settlement(
                            it.getKey().issuedBy(),
                            it.getKey().usedAt(),
                            it.getKey().part(),
                            it.getValue()))
                    .toList();
        });
    }

    /** What became by an instant of what was issued in each month, ascending. One round trip. */
    public List<Cohort> cohorts(Asset asset, Instant at) {
        Instant when = instant(at, "instant");
        Months months = new Months(when, when);
        Set<ValueDimension> by = EnumSet.of(ISSUED_MONTH, TYPE, LAPSED);
        SortedMap<YearMonth, List<ValueSum>> byMonth = new TreeMap<>();
        read(() -> sums(asset, Instant.EPOCH, when.plusMillis(1), when, by, months))
                .forEach(it -> {
                    YearMonth month = months.of(it.issuedMonth());
                    if (month != null) {
                        byMonth.computeIfAbsent(month, first -> new ArrayList<>())
                                .add(it);
                    }
                });
        return byMonth.entrySet().stream()
                .map(it -> cohort(it.getKey(), it.getValue()))
                .toList();
    }

    private static Cohort cohort(YearMonth month, List<ValueSum> sums) {
        long issued = sum(sums, AssetReports::isIssue);
        long used = -sum(sums, it -> USES.contains(it.type()));
        long lapsed = sum(sums, it -> Boolean.TRUE.equals(it.lapsed()));
        long expired = lapsed - sum(sums, it -> it.type() == EntryType.EXPIRE);
        long open = sum(sums, it -> true) - lapsed;
        return new Cohort(month, issued, used, expired, issued - used - expired - open, open);
    }

    /**
     * The revenue put off for points issued in some months, and how much of it became revenue in each of them ({@link Deferral}). The points of
     * a month, but those taken back since, are expected to be used but for the breakage, or as many as were used if that is more; what is put
     * off for points of which none is left is revenue. What lapses counts when it is booked. One round trip.
     *
     * @param first the first month of issue and of the schedule
     * @param last the last month of both, not before the first, at most {@value #YEARS} years later
     * @param value of a point
     * @param breakage the share that is expected to lapse, from 0 to 1
     * @param sales the price of what was sold with points in a month and not returned since, which is also what the goods cost alone; in the
     *     currency of the value
     */
    public List<DeferredMonth> deferredRevenue(
            Asset asset,
            YearMonth first,
            YearMonth last,
            Money value,
            BigDecimal breakage,
            Function<YearMonth, Money> sales) {
        Check.present(sales, "sales");
        Check.present(first, "first month");
        Check.range(first.getYear(), 1970, 9_900, "first year");
        if (Check.present(last, "last month").isBefore(first)
                || first.plusYears(YEARS).isBefore(last)) {
            throw CoreError.INVALID_VALUE.because(
                    "the last month is not before the first, and at most %d years later", YEARS);
        }
        Deferral.standAlone(0, value, breakage);
        Instant from = instant(start(first), "first month");
        Instant to = instant(start(last.plusMonths(1)), "last month");
        Months months = new Months(from, to);
        List<ValueSum> sums =
                read(() -> sums(asset, from, to, to, EnumSet.of(ISSUED_MONTH, BOOKED_MONTH, TYPE), months));
        SortedMap<YearMonth, Money> deferred = new TreeMap<>();
        SortedMap<YearMonth, Money> revenue = new TreeMap<>();
        for (YearMonth issued = first; !issued.isAfter(last); issued = issued.plusMonths(1)) {
            YearMonth month = issued;
            List<ValueSum> its = sums.stream()
                    .filter(it -> month.equals(months.of(it.issuedMonth())))
                    .toList();
            long points = sum(its, it -> isIssue(it) || it.type() == EntryType.TAKE_BACK);
            if (points > 0) {
                Money price = Check.present(sales.apply(month), "sales");
                Deferral deferral = Deferral.of(price, price, Deferral.standAlone(points, value, breakage));
                deferred.put(month, deferral.deferred());
                var schedule = deferral.schedule(uses(its, months, month, last, expected(points, breakage)));
                for (int i = 0; i < schedule.size(); i++) {
                    revenue.merge(month.plusMonths(i), schedule.get(i).revenue(), Money::plus);
                }
            }
        }
        List<DeferredMonth> table = new ArrayList<>();
        Money zero = value.multipliedBy(0);
        Money open = zero;
        for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            Money came = deferred.getOrDefault(month, zero);
            Money went = revenue.getOrDefault(month, zero);
            table.add(new DeferredMonth(month, open, came, went, open.plus(came).minus(went)));
            open = open.plus(came).minus(went);
        }
        return table;
    }

    private static long expected(long points, BigDecimal breakage) {
        return BigDecimal.valueOf(points)
                .multiply(BigDecimal.ONE.subtract(breakage))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** What each month from that of the issue on used, and expected. */
    private static List<Deferral.Use> uses(
            List<ValueSum> sums, Months months, YearMonth issued, YearMonth last, long expected) {
        List<Deferral.Use> uses = new ArrayList<>();
        long left = 0;
        long usedToDate = 0;
        for (YearMonth month = issued; !month.isAfter(last); month = month.plusMonths(1)) {
            YearMonth booked = month;
            left += sum(sums, it -> booked.equals(months.of(it.bookedMonth())));
            long used = -sum(sums, it -> USES.contains(it.type()) && booked.equals(months.of(it.bookedMonth())));
            usedToDate += used;
            uses.add(new Deferral.Use(used, left == 0 ? 0 : Math.max(expected, usedToDate)));
        }
        return uses;
    }

    private static boolean isIssue(ValueSum sum) {
        return sum.type() == EntryType.EARN || sum.type() == EntryType.TOP_UP;
    }

    private static long sum(List<ValueSum> sums, Predicate<ValueSum> these) {
        return sums.stream().filter(these).mapToLong(ValueSum::amount).reduce(0, Math::addExact);
    }

    private List<ValueSum> sums(
            Asset asset, Instant from, Instant to, Instant at, Set<ValueDimension> by, Months months) {
        return history.values(
                new ValueQuery(tenant, Check.present(asset, "asset"), from, to, at, by, months.beginnings()));
    }

    private <T> T read(Supplier<T> question) {
        access.require(Right.READ_ASSETS);
        return work.read(question);
    }

    private static Instant instant(Instant at, String what) {
        Instants.requireStorable(Check.present(at, what));
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    private Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }

    /** The months around a question. */
    private final class Months {
        private final YearMonth first;
        private final List<Instant> beginnings = new ArrayList<>();

        Months(Instant from, Instant to) {
            YearMonth last = YearMonth.from(to.atZone(zone)).plusYears(YEARS);
            this.first = YearMonth.from(from.atZone(zone)).minusYears(YEARS);
            for (YearMonth month = first.plusMonths(1); !month.isAfter(last); month = month.plusMonths(1)) {
                beginnings.add(start(month));
            }
        }

        List<Instant> beginnings() {
            return beginnings;
        }

        @Nullable
        YearMonth of(@Nullable Integer number) {
            return number == null ? null : first.plusMonths(number);
        }
    }
}
