package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Part;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.report.AssetReports;
import dev.retailcrm.assets.report.Cohort;
import dev.retailcrm.assets.report.DeferredMonth;
import dev.retailcrm.assets.report.Flow;
import dev.retailcrm.assets.report.Liability;
import dev.retailcrm.assets.report.LiabilityBy;
import dev.retailcrm.assets.report.Reconciliation;
import dev.retailcrm.assets.report.Settlement;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What reports over the ledger say: exact cases, and that they agree with the balances of all customers at any instant. */
public abstract class AssetReportContract extends FacadeContract {
    private static final StoreId NORTH = StoreId.of("north");
    private static final StoreId SOUTH = StoreId.of("south");

    /** A contract. */
    protected AssetReportContract() {}

    private AssetReports reports() {
        return new AssetReports(ACME, crm().ledgerHistory(), crm().unitOfWork(), ZONE);
    }

    private static Posting at(StoreId store, String key) {
        return Posting.key(key).in(store);
    }

    @Test
    public final void a_liability_is_told_apart_by_store_age_and_expiry_month_as_at_any_date() {
        CustomerId bob = crm().newCustomer(ACME);
        now("2030-01-31T23:30");
        points().earn(ann, Grant.of(100).expiring(Expiry.until(local("2030-03-01T00:00"))), at(NORTH, "a"));
        now("2030-02-01T00:30");
        points().earn(bob, Grant.of(40).expiring(Expiry.until(local("2030-02-28T23:59"))), at(SOUTH, "b"));
        points().earn(bob, 7, at(SOUTH, "c"));
        now("2030-02-10T12:00");
        points().spend(ann, 30, at(SOUTH, "d"));
        long hold = hold(points().hold(ann, 20, DAY, at(SOUTH, "e")));

        Liability owed = reports()
                .liability(
                        POINTS,
                        local("2030-02-10T12:00"),
                        Set.of(LiabilityBy.STORE, LiabilityBy.ISSUE_MONTH, LiabilityBy.EXPIRY_MONTH));

        assertThat(owed.rows())
                .containsExactly(
                        row(NORTH, "2030-01", "2030-03", 70),
                        row(SOUTH, "2030-02", "2030-02", 40),
                        row(SOUTH, "2030-02", null, 7));
        assertThat(owed.total()).isEqualTo(117);
        assertThat(owed.booked()).isEqualTo(117);
        points().release(ann, hold, at(SOUTH, "f"));

        assertThat(reports()
                        .liability(POINTS, local("2030-01-31T23:59"), Set.of())
                        .total())
                .isEqualTo(100);
        assertThat(reports()
                        .liability(POINTS, local("2030-02-01T00:30"), Set.of(LiabilityBy.STORE))
                        .rows())
                .containsExactly(row(NORTH, null, null, 100), row(SOUTH, null, null, 47));
        Liability later = reports().liability(POINTS, local("2030-02-28T23:59"), Set.of());
        assertThat(later.total()).isEqualTo(77);
        assertThat(later.lapsed()).isEqualTo(40);
        assertThat(later.booked()).isEqualTo(117);
        now("2030-03-02T00:00");
        points().sweep(null, 100);
        assertThat(reports().liability(POINTS, local("2030-03-02T00:00"), Set.of()))
                .isEqualTo(new Liability(POINTS, local("2030-03-02T00:00"), List.of(row(null, null, null, 7)), 0, 0));
        assertThat(reports().liability(POINTS, local("2030-02-28T23:59"), Set.of()))
                .as("the past, after the sweep")
                .isEqualTo(later);
    }

    private static Liability.Row row(
            @Nullable StoreId store, @Nullable String issued, @Nullable String expires, long amount) {
        return new Liability.Row(
                null,
                store,
                issued == null ? null : YearMonth.parse(issued),
                expires == null ? null : YearMonth.parse(expires),
                amount);
    }

    @Test
    public final void stores_settle_what_one_issued_and_another_took() {
        now("2030-01-10T12:00");
        stored().topUp(ann, TopUp.of(yuan("100.00")).bonus(yuan("10.00")), at(NORTH, "a"));
        now("2030-01-11T12:00");
        stored().spend(ann, yuan("55.00"), at(SOUTH, "b"));
        stored().spend(ann, yuan("5.00"), at(NORTH, "c"));
        stored().refund(ann, RequestKey.of("b"), yuan("11.00"), at(SOUTH, "d"));
        now("2030-02-01T00:00");
        stored().spend(ann, yuan("1.00"), at(SOUTH, "e"));

        List<Settlement> january =
                reports().settlement(Asset.storedValue(CNY), local("2030-01-01T00:00"), local("2030-02-01T00:00"));

        assertThat(january.stream()
                        .filter(it -> SOUTH.equals(it.usedAt()))
                        .mapToLong(Settlement::amount)
                        .sum())
                .isEqualTo(4_400);
        assertThat(january.stream()
                        .filter(it -> NORTH.equals(it.usedAt()))
                        .mapToLong(Settlement::amount)
                        .sum())
                .isEqualTo(500);
        assertThat(january).allSatisfy(it -> assertThat(it.issuedBy()).isEqualTo(NORTH));
        long used = Math.subtractExact(
                11_000, stored().balance(ann, local("2030-01-31T23:59")).total().getAmountMinorLong());
        assertThat(january.stream().mapToLong(Settlement::amount).sum()).isEqualTo(used);
    }

    @Test
    public final void cohorts_say_what_became_of_what_was_issued_in_a_month() {
        Points points = points(terms().onShortfall(ShortfallPolicy.DEBT));
        now("2030-01-10T12:00");
        points.earn(ann, Grant.of(100).expiring(Expiry.until(local("2030-02-20T00:00"))), at(NORTH, "a"));
        points.earn(ann, 50, at(NORTH, "b"));
        now("2030-02-01T12:00");
        points.earn(ann, 10, at(NORTH, "c"));
        points.spend(ann, 60, at(NORTH, "d"));
        points.takeBack(ann, RequestKey.of("b"), 20, at(NORTH, "e"));

        assertThat(reports().cohorts(POINTS, local("2030-02-01T12:00")))
                .containsExactly(
                        new Cohort(YearMonth.of(2030, 1), 150, 60, 0, 20, 70),
                        new Cohort(YearMonth.of(2030, 2), 10, 0, 0, 0, 10));
        List<Cohort> march = reports().cohorts(POINTS, local("2030-03-01T00:00"));
        assertThat(march.get(0)).isEqualTo(new Cohort(YearMonth.of(2030, 1), 150, 60, 40, 20, 30));
        assertThat(march.get(0).breakage()).isEqualByComparingTo(new BigDecimal("0.266667"));
        now("2030-03-01T00:00");
        points.sweep(null, 100);
        assertThat(reports().cohorts(POINTS, local("2030-03-01T00:00"))).isEqualTo(march);
    }

    @Test
    public final void revenue_is_put_off_for_points_until_they_are_used() {
        now("2030-01-10T12:00");
        points().earn(ann, 10_000, at(NORTH, "a"));
        now("2030-02-10T12:00");
        points().spend(ann, 4_500, at(NORTH, "b"));
        now("2030-03-10T12:00");
        points().spend(ann, 5_500, at(NORTH, "c"));

        List<DeferredMonth> schedule = reports()
                .deferredRevenue(
                        POINTS,
                        YearMonth.of(2030, 1),
                        YearMonth.of(2030, 3),
                        yuan("1.00"),
                        new BigDecimal("0.05"),
                        month -> yuan("100000.00"));

        assertThat(schedule)
                .containsExactly(
                        month("2030-01", "0.00", "8675.80", "0.00", "8675.80"),
                        month("2030-02", "8675.80", "0.00", "4109.59", "4566.21"),
                        month("2030-03", "4566.21", "0.00", "4566.21", "0.00"));
    }

    private static DeferredMonth month(String month, String opening, String deferred, String revenue, String closing) {
        return new DeferredMonth(YearMonth.parse(month), yuan(opening), yuan(deferred), yuan(revenue), yuan(closing));
    }

    @Test
    public final void reports_agree_with_the_balances_of_all_customers_at_any_instant() {
        Random random = new Random(20_300_101);
        Terms terms = terms().onShortfall(ShortfallPolicy.DEBT);
        Points points = points(terms);
        List<CustomerId> customers = new ArrayList<>(List.of(ann));
        for (int i = 0; i < 4; i++) {
            customers.add(crm().newCustomer(ACME));
        }
        List<Instant> instants = new ArrayList<>();
        Map<CustomerId, List<String>> earned = new HashMap<>();
        for (int i = 0; i < 120; i++) {
            crm().clock().advance(Duration.ofHours(random.nextInt(60)));
            CustomerId customer = customers.get(random.nextInt(customers.size()));
            Posting posting = at(random.nextBoolean() ? NORTH : SOUTH, "k" + i);
            book(points, customer, random, posting, earned);
            instants.add(crm().clock().instant());
        }

        for (int i = 0; i < 12; i++) {
            Instant when = instants.get(random.nextInt(instants.size()));
            Liability owed = reports().liability(POINTS, when, Set.of(LiabilityBy.STORE, LiabilityBy.EXPIRY_MONTH));
            long total = 0;
            long debt = 0;
            for (CustomerId customer : customers) {
                Balance balance = points.balance(customer, when);
                total += balance.available() + balance.pending() + balance.held();
                debt += balance.debt();
            }
            assertThat(owed.total()).as("owed at %s", when).isEqualTo(total);
            assertThat(owed.debt()).as("debt at %s", when).isEqualTo(debt);
            assertThat(reports().liability(POINTS, when, Set.of()).total()).isEqualTo(total);
        }
        Instant from = instants.get(30);
        Instant to = instants.get(100);
        Reconciliation reconciled = reports().reconcile(POINTS, from, to);
        assertThat(reconciled.difference()).isZero();
        Map<EntryType, Long> byType = new HashMap<>();
        reconciled.flows().forEach((Flow flow) -> byType.merge(flow.type(), flow.amount(), Long::sum));
        Map<EntryType, Long> flows = new HashMap<>(points.ledger().reads().flows(from, to));
        flows.values().removeIf(it -> it == 0);
        byType.values().removeIf(it -> it == 0);
        assertThat(byType).isEqualTo(flows);
        long open =
                reports().cohorts(POINTS, to).stream().mapToLong(Cohort::open).sum();
        assertThat(open).isEqualTo(reports().liability(POINTS, to, Set.of()).total());
    }

    private static void book(
            Points points, CustomerId customer, Random random, Posting posting, Map<CustomerId, List<String>> earned) {
        int amount = 1 + random.nextInt(50);
        List<String> hers = earned.computeIfAbsent(customer, first -> new ArrayList<>());
        try {
            switch (random.nextInt(6)) {
                case 0 -> points.spendUpTo(customer, amount, posting);
                case 1 -> points.hold(customer, amount, Duration.ofDays(random.nextInt(9) + 1), posting);
                case 2 -> {
                    if (!hers.isEmpty()) {
                        points.takeBack(
                                customer, RequestKey.of(hers.get(random.nextInt(hers.size()))), amount, posting);
                    }
                }
                case 3 -> points.sweep(null, 100);
                default -> {
                    points.earn(
                            customer,
                            Grant.of(amount)
                                    .bonus(random.nextInt(5))
                                    .expiring(
                                            random.nextBoolean()
                                                    ? Expiry.days(1 + random.nextInt(40))
                                                    : Expiry.never()),
                            posting);
                    hers.add(posting.key().value());
                }
            }
        } catch (CrmException refusal) {
            assertThat(refusal.code().id()).as("a refusal").startsWith("CRM-ASSET");
        }
    }

    @Test
    public final void nothing_of_another_tenant_or_asset_is_counted() {
        points().earn(ann, 10, at(NORTH, "a"));
        points(ZENITH, terms()).earn(crm().newCustomer(ZENITH), 5, at(NORTH, "a"));
        stored().topUp(ann, TopUp.of(yuan("3.00")), at(NORTH, "b"));

        assertThat(reports()
                        .liability(POINTS, crm().clock().instant(), Set.of(LiabilityBy.PART))
                        .rows())
                .containsExactly(new Liability.Row(Part.PRINCIPAL, null, null, null, 10));
    }

    @Test
    public final void what_cannot_be_asked_is_refused() {
        refused(CoreError.INVALID_VALUE, () -> deferred("2030-02", "2030-01", "1.00", "0"));
        refused(CoreError.INVALID_VALUE, () -> deferred("2030-01", "2051-01", "1.00", "0"));
        refused(CoreError.INVALID_VALUE, () -> deferred("2030-01", "2030-01", "1.00", "1.01"));
        refused(CoreError.INSTANT_OUT_OF_RANGE, () -> reports().liability(POINTS, Instant.MAX, Set.of()));
    }

    private void deferred(String first, String last, String value, String breakage) {
        Money sales = yuan("1.00");
        reports()
                .deferredRevenue(
                        POINTS,
                        YearMonth.parse(first),
                        YearMonth.parse(last),
                        yuan(value),
                        new BigDecimal(breakage),
                        month -> sales);
    }

    private static long hold(Booking booking) {
        return booking.entry().seq();
    }
}
