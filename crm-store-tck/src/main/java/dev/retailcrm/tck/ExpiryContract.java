package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.ledger.SweepProgress;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What time does to accounts, in exact numbers, whatever the store: expiry, availability, late delivery, the past. */
public abstract class ExpiryContract extends FacadeContract {
    /** A contract. */
    protected ExpiryContract() {}

    // --- expiry

    @Test
    public final void on_day_ninety_one_nothing_counts_though_nothing_was_swept() {
        Points points = points(terms().expiring(Expiry.days(90)));
        points.earn(ann, 75, by("e1"));
        points.earn(ann, 380, by("e2"));

        crm().clock().advance(Duration.ofDays(90).minusMillis(1));
        assertThat(points.balance(ann).available()).isEqualTo(455);
        crm().clock().advance(Duration.ofMillis(1));
        assertThat(points.balance(ann)).isEqualTo(Balance.ZERO);
        assertThat(points.account(ann).orElseThrow().lots()).as("not swept").hasSize(2);

        crm().clock().advance(DAY);
        SweepProgress swept = points.sweep(null, 100);

        assertThat(swept).isEqualTo(new SweepProgress(1, 2, 455, 0, null));
        assertThat(points.account(ann).orElseThrow().lots()).isEmpty();
        assertThat(points.account(ann).orElseThrow().account().posted()).isZero();
        assertThat(lines(points)).containsExactly("EARN 75", "EARN 380", "EXPIRE -455");
        assertThat(entries(points).get(2).key()).isNull();
        assertThat(points.sweep(null, 100)).isEqualTo(new SweepProgress(0, 0, 0, 0, null));
    }

    @Test
    public final void expiry_ends_as_the_worked_examples_say() {
        assertUsableThrough(Expiry.after(1, Calendar.MONTH), "2026-01-25T14:00", "2026-02-25");
        assertUsableThrough(Expiry.after(1, Calendar.MONTH), "2026-01-31T23:59", "2026-02-28");
        assertUsableThrough(Expiry.after(1, Calendar.MONTH), "2028-01-31T00:00", "2028-02-29");
        assertUsableThrough(Expiry.after(0, Calendar.MONTH), "2026-01-31T10:00", "2026-01-31");
        assertUsableThrough(Expiry.after(1, Calendar.YEAR).toEndOf(Calendar.YEAR), "2026-05-05T05:05", "2027-12-31");
        assertUsableThrough(Expiry.after(0, Calendar.DAY).toEndOf(Calendar.QUARTER), "2026-02-10T05:05", "2026-03-31");
        assertUsableThrough(Expiry.through(LocalDate.of(2026, 6, 18)), "2026-05-05T05:05", "2026-06-18");
    }

    private void assertUsableThrough(Expiry expiry, String earned, String lastDay) {
        CustomerId customer = crm().newCustomer(ACME);
        Instant end = LocalDate.parse(lastDay).plusDays(1).atStartOfDay(ZONE).toInstant();
        now(earned);
        points().earn(customer, Grant.of(100).expiring(expiry), by("earn"));

        crm().clock().set(end.minusMillis(1));
        assertThat(points().probe(customer, 100).allowed()).as("%s", expiry).isTrue();
        crm().clock().set(end);
        assertThat(points().balance(customer)).as("%s", expiry).isEqualTo(Balance.ZERO);
        refused(AssetError.INSUFFICIENT_VALUE, () -> points().spend(customer, 1, by("spend")));
    }

    @Test
    public final void days_are_counted_to_the_minute() {
        now("2026-01-01T10:30");
        points().earn(ann, Grant.of(100).expiring(Expiry.days(90)), by("earn"));

        assertThat(points().balance(ann, local("2026-04-01T10:29")).available()).isEqualTo(100);
        assertThat(points().balance(ann, local("2026-04-01T10:30")).available()).isZero();
    }

    @Test
    public final void what_was_due_is_booked_before_the_next_command() {
        points().earn(ann, Grant.of(40).expiring(Expiry.days(1)), by("e1"));
        points().earn(ann, Grant.of(60), by("e2"));
        crm().clock().advance(Duration.ofDays(2));

        Booking spent = points().spend(ann, 10, by("spend"));

        assertThat(lines(points())).containsExactly("EARN 40", "EARN 60", "EXPIRE -40", "SPEND -10");
        assertThat(spent.entry().seq()).isEqualTo(4);
        assertThat(points().spend(ann, 10, by("spend")))
                .as("the answer to a repetition")
                .isEqualTo(spent);
    }

    @Test
    public final void a_refusal_books_not_even_what_was_due() {
        points().earn(ann, Grant.of(40).expiring(Expiry.days(1)), by("e1"));
        crm().clock().advance(Duration.ofDays(2));

        assertThat(refused(AssetError.INSUFFICIENT_VALUE, () -> points().spend(ann, 10, by("spend"))))
                .containsEntry("available", 0L);
    }

    @Test
    public final void what_is_born_expired_lapses_at_once() {
        Booking earned =
                points().earn(ann, Grant.of(100).expiring(Expiry.through(LocalDate.of(2026, 1, 1))), by("earn"));

        assertThat(earned.entry().amount()).isEqualTo(100);
        assertThat(points().balance(ann)).isEqualTo(Balance.ZERO);
        assertThat(lines(points())).containsExactly("EARN 100", "EXPIRE -100");
    }

    @Test
    public final void activity_renews_what_slides() {
        Points points = points(terms().expiring(Expiry.sliding(30)));
        points.earn(ann, 100, by("earn"));
        crm().clock().advance(Duration.ofDays(29));
        points.spend(ann, 10, by("spend"));

        crm().clock().advance(Duration.ofDays(30).minusMillis(1));
        assertThat(points.balance(ann).available()).isEqualTo(90);
        crm().clock().advance(Duration.ofMillis(1));
        assertThat(points.balance(ann)).isEqualTo(Balance.ZERO);
        points.sweep(null, 9);
        assertThat(points.account(ann).orElseThrow().account().posted()).isZero();
    }

    @Test
    public final void what_others_do_to_the_account_renews_nothing() {
        Points points = points(terms().expiring(Expiry.sliding(30)));
        points.earn(ann, 100, by("earn"));
        crm().clock().advance(Duration.ofDays(29));
        points.adjust(ann, -10, "typo", by("minus"));

        crm().clock().advance(DAY);

        assertThat(points.balance(ann)).isEqualTo(Balance.ZERO);
    }

    @Test
    public final void a_sweep_goes_page_by_page_and_the_second_time_finds_nothing() {
        List<CustomerId> customers = new ArrayList<>(List.of(ann));
        for (int i = 0; i < 6; i++) {
            customers.add(crm().newCustomer(ACME));
        }
        customers.forEach(customer -> points().earn(customer, Grant.of(10).expiring(Expiry.days(1)), by("earn")));
        crm().clock().advance(Duration.ofDays(2));

        long lapsed = 0;
        int pages = 0;
        CustomerId cursor = null;
        do {
            SweepProgress page = points().sweep(cursor, 3);
            lapsed += page.lapsed();
            cursor = page.cursor();
            pages++;
        } while (cursor != null);

        assertThat(lapsed).isEqualTo(70);
        assertThat(pages).isEqualTo(3);
        assertThat(points().sweep(null, 100).accounts()).isZero();
        assertThat(sums()).allMatch(AccountSums::agree);
    }

    @Test
    public final void lots_that_expire_soon_are_listed() {
        CustomerId bob = crm().newCustomer(ACME);
        points().earn(ann, Grant.of(10).expiring(Expiry.days(9)), by("e1"));
        points().earn(ann, Grant.of(20).expiring(Expiry.days(5)), by("e2"));
        points().earn(bob, Grant.of(30).expiring(Expiry.days(7)), by("e3"));
        Instant in8Days = T0.plus(Duration.ofDays(8));

        assertThat(points().expiring(ann, T0.plus(Duration.ofDays(10))))
                .extracting(lot -> lot.remaining())
                .containsExactly(20L, 10L);
        var page = points().expiring(T0, in8Days, PageRequest.first(1));
        var rest = points().expiring(T0, in8Days, page.next(9).orElseThrow());
        assertThat(page.items()).hasSize(1);
        assertThat(page.items().get(0).remaining() + rest.items().get(0).remaining())
                .isEqualTo(50);
    }

    // --- availability

    @Test
    public final void pending_value_counts_from_its_first_instant() {
        points().earn(ann, Grant.of(100).availableFrom(T0.plus(DAY)), by("earn"));

        assertThat(points().balance(ann)).isEqualTo(new Balance(0, 100, 0, 0));
        assertThat(refused(AssetError.INSUFFICIENT_VALUE, () -> points().spend(ann, 1, by("spend"))))
                .containsEntry("available", 0L);
        crm().clock().advance(DAY);
        assertThat(points().balance(ann)).isEqualTo(new Balance(100, 0, 0, 0));
        points().spend(ann, 100, by("spend"));
    }

    @Test
    public final void pending_value_does_not_hide_what_is_available() {
        points().earn(ann, Grant.of(100).availableFrom(T0.plus(DAY)), by("e1"));
        points().earn(ann, 30, by("e2"));

        points().spend(ann, 30, by("spend"));

        assertThat(points().balance(ann)).isEqualTo(new Balance(0, 100, 0, 0));
    }

    // --- late delivery

    @Test
    public final void a_late_delivery_is_booked_now_and_counted_from_when_it_happened() {
        points().earn(ann, 1, by("e1"));

        Entry late = points().earn(
                        ann, Grant.of(100).expiring(Expiry.days(10)), by("e2").at(T0.minus(Duration.ofDays(3))))
                .entry();

        assertThat(late.at()).isEqualTo(T0);
        assertThat(late.occurredAt()).isEqualTo(T0.minus(Duration.ofDays(3)));
        assertThat(points().account(ann).orElseThrow().lots().get(1).expiresAt())
                .isEqualTo(T0.plus(Duration.ofDays(7)));
    }

    @Test
    public final void a_till_whose_clock_is_ahead_does_not_stop_the_others() {
        Instant ahead = T0.plus(Duration.ofHours(30));
        points().earn(ann, 100, by("e1").at(ahead));

        Entry spent = points().spend(ann, 40, by("spend")).entry();

        assertThat(spent.at()).isEqualTo(ahead);
        assertThat(spent.occurredAt()).isEqualTo(T0);
        refused(
                CoreError.INSTANT_OUT_OF_RANGE,
                () -> points().earn(
                                ann,
                                1,
                                by("e2").at(T0.plus(Duration.ofHours(36)).plusMillis(1))));
    }

    // --- the past and the future

    @Test
    public final void every_past_balance_is_the_one_shown_then() {
        Points points = points(terms().onShortfall(ShortfallPolicy.DEBT));
        List<Balance> shown = new ArrayList<>();
        List<Runnable> days = List.of(
                () -> points.earn(ann, Grant.of(100).expiring(Expiry.days(6)), by("e1")),
                () -> points.earn(
                        ann, Grant.of(50).availableFrom(crm().clock().instant().plus(DAY)), by("e2")),
                () -> points.hold(ann, 30, Duration.ofDays(2), by("h1")),
                () -> points.spend(ann, 20, by("s1")),
                () -> {},
                () -> points.takeBack(ann, RequestKey.of("e1"), 100, by("b1")),
                () -> {},
                () -> points.earn(ann, 10, by("e3")));
        for (Runnable day : days) {
            day.run();
            shown.add(points.balance(ann));
            crm().clock().advance(DAY);
        }

        for (int i = 0; i < shown.size(); i++) {
            assertThat(points.balance(ann, T0.plus(Duration.ofDays(i))))
                    .as("day %d", i)
                    .isEqualTo(shown.get(i));
        }
        assertThat(points.balance(ann, T0.minusMillis(1))).isEqualTo(Balance.ZERO);
    }

    @Test
    public final void a_future_balance_is_what_will_be_if_nothing_happens() {
        points().earn(ann, Grant.of(100).expiring(Expiry.days(10)), by("e1"));
        points().earn(ann, Grant.of(50).availableFrom(T0.plus(Duration.ofDays(5))), by("e2"));
        points().hold(ann, 30, Duration.ofDays(2), by("hold"));

        assertThat(points().balance(ann)).isEqualTo(new Balance(70, 50, 30, 0));
        assertThat(points().balance(ann, T0.plus(Duration.ofDays(2)))).isEqualTo(new Balance(100, 50, 0, 0));
        assertThat(points().balance(ann, T0.plus(Duration.ofDays(5)))).isEqualTo(new Balance(150, 0, 0, 0));
        assertThat(points().balance(ann, T0.plus(Duration.ofDays(10)))).isEqualTo(new Balance(50, 0, 0, 0));
    }

    private List<AccountSums> sums() {
        return points().ledger().reads().sums(PageRequest.first(1000)).items();
    }
}
