package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.LapsedReturn;
import dev.retailcrm.assets.ledger.SpendOrder;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.stored.MoneyBooking;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What reserving does, in exact numbers, whatever the store. */
public abstract class HoldContract extends FacadeContract {
    /** A contract. */
    protected HoldContract() {}

    @Test
    public final void of_a_hold_of_ten_captured_with_nine_one_is_freed() {
        points().earn(ann, 100, by("earn"));
        long hold = hold(10, "hold");
        assertThat(points().balance(ann)).isEqualTo(new Balance(90, 0, 10, 0));

        Booking captured = points().capture(ann, hold, 9, by("capture"));

        assertThat(captured.entry().amount()).isEqualTo(-9);
        assertThat(captured.entry().reverses()).isEqualTo(hold);
        assertThat(captured.hold())
                .isEqualTo(new Hold(
                        hold,
                        10,
                        T0.plus(DAY),
                        Hold.State.CAPTURED,
                        9,
                        captured.entry().seq()));
        assertThat(points().balance(ann)).isEqualTo(new Balance(91, 0, 0, 0));
    }

    @Test
    public final void a_hold_takes_nothing_from_the_balance_but_its_use() {
        points().earn(ann, 100, by("earn"));

        Booking held = points().hold(ann, 60, DAY, by("hold"));

        assertThat(held.entry().amount()).isZero();
        assertThat(held.entry().balanceAfter()).isEqualTo(100);
        assertThat(held.entry().heldAfter()).isEqualTo(60);
        assertThat(refused(AssetError.INSUFFICIENT_VALUE, () -> points().spend(ann, 41, by("spend"))))
                .containsEntry("available", 40L);
        refused(AssetError.INSUFFICIENT_VALUE, () -> points().hold(ann, 41, DAY, by("more")));
        points().spend(ann, 40, by("spend"));
        points().capture(ann, 2, 60, by("capture"));
        assertThat(points().balance(ann)).isEqualTo(Balance.ZERO);
    }

    @Test
    public final void a_hold_is_answered_as_it_was_placed_even_after_it_ended() {
        points().earn(ann, 100, by("earn"));
        Booking held = points().hold(ann, 10, DAY, by("hold"));
        Booking captured = points().capture(ann, 2, 9, by("capture"));

        assertThat(points().hold(ann, 10, DAY, by("hold"))).isEqualTo(held);
        assertThat(points().capture(ann, 2, 9, by("capture"))).isEqualTo(captured);
    }

    @Test
    public final void more_than_a_hold_reserves_is_not_captured() {
        points().earn(ann, 100, by("earn"));
        long hold = hold(10, "hold");

        assertThat(refused(AssetError.CAPTURE_EXCEEDS_HOLD, () -> points().capture(ann, hold, 20, by("capture"))))
                .containsEntry("held", 10L);
    }

    @Test
    public final void a_hold_ends_once() {
        points().earn(ann, 100, by("earn"));
        long captured = hold(10, "h1");
        long released = hold(10, "h2");
        points().capture(ann, captured, 10, by("c1"));
        points().release(ann, released, by("r1"));

        assertThat(refused(AssetError.HOLD_ENDED, () -> points().capture(ann, captured, 10, by("c2"))))
                .containsEntry("state", "CAPTURED");
        assertThat(refused(AssetError.HOLD_ENDED, () -> points().release(ann, captured, by("r2"))))
                .containsEntry("state", "CAPTURED");
        assertThat(refused(AssetError.HOLD_ENDED, () -> points().release(ann, released, by("r2"))))
                .containsEntry("state", "RELEASED");
        assertThat(refused(AssetError.HOLD_ENDED, () -> points().capture(ann, released, 1, by("c2"))))
                .containsEntry("state", "RELEASED");
        assertThat(points().balance(ann)).isEqualTo(new Balance(90, 0, 0, 0));
    }

    @Test
    public final void of_many_that_capture_one_hold_one_succeeds() {
        points().earn(ann, 100, by("earn"));
        long hold = hold(100, "hold");

        var attempts = Race.of(
                8,
                till -> till % 2 == 0
                        ? points().capture(ann, hold, 60, by("till-" + till))
                        : points().release(ann, hold, by("till-" + till)));

        assertThat(attempts.stream().filter(Race.Attempt::succeeded)).hasSize(1);
        Balance balance = points().balance(ann);
        assertThat(balance.held()).isZero();
        assertThat(balance.available()).isIn(40L, 100L);
    }

    @Test
    public final void holds_of_others_are_unknown() {
        CustomerId bob = crm().newCustomer(ACME);
        points().earn(ann, 100, by("earn"));
        points().earn(bob, 100, by("earn"));
        long hold = hold(10, "hold");

        refused(AssetError.UNKNOWN_HOLD, () -> points().capture(bob, hold, 10, by("c")));
        refused(AssetError.UNKNOWN_HOLD, () -> points().release(ann, 1, by("r")));
        refused(AssetError.UNKNOWN_HOLD, () -> points().release(ann, 99, by("r")));
    }

    @Test
    public final void a_hold_whose_time_is_over_reserves_no_more_swept_or_not() {
        points().earn(ann, 100, by("earn"));
        points().hold(ann, 60, Duration.ofMinutes(10), by("hold"));

        crm().clock().advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(points().balance(ann)).isEqualTo(new Balance(40, 0, 60, 0));
        crm().clock().advance(Duration.ofMillis(1));
        assertThat(points().balance(ann)).isEqualTo(new Balance(100, 0, 0, 0));
        assertThat(refused(AssetError.HOLD_ENDED, () -> points().capture(ann, 2, 60, by("c"))))
                .containsEntry("state", "EXPIRED");

        points().spend(ann, 100, by("spend"));
        assertThat(lines(points())).containsExactly("EARN 100", "HOLD 0", "HOLD_EXPIRE 0", "SPEND -100");
    }

    @Test
    public final void a_sweep_frees_holds_whose_time_is_over() {
        points().earn(ann, 100, by("earn"));
        points().hold(ann, 60, Duration.ofMinutes(10), by("hold"));
        crm().clock().advance(DAY);

        var swept = points().sweep(null, 100);

        assertThat(swept.freedHolds()).isEqualTo(1);
        assertThat(swept.isDone()).isTrue();
        assertThat(points().account(ann).orElseThrow().holds()).isEmpty();
        assertThat(points().account(ann).orElseThrow().account().held()).isZero();
        assertThat(refused(AssetError.HOLD_ENDED, () -> points().release(ann, 2, by("r"))))
                .containsEntry("state", "EXPIRED");
    }

    @Test
    public final void what_is_held_does_not_lapse_before_the_hold_ends() {
        points().earn(ann, Grant.of(100).expiring(Expiry.days(1)), by("earn"));
        points().hold(ann, 100, Duration.ofDays(3), by("hold"));
        crm().clock().advance(Duration.ofDays(2));
        points().sweep(null, 100);

        assertThat(points().balance(ann)).isEqualTo(new Balance(0, 0, 100, 0));
        points().capture(ann, 2, 70, by("capture"));

        assertThat(points().balance(ann)).isEqualTo(Balance.ZERO);
        assertThat(lines(points())).containsExactly("EARN 100", "HOLD 0", "CAPTURE -70", "EXPIRE -30");
    }

    @Test
    public final void principal_and_bonus_are_reserved_and_freed_in_proportion() {
        StoredValue stored = stored(terms().spending(SpendOrder.PRO_RATA));
        stored.topUp(ann, TopUp.of(yuan("100.00")).bonus(yuan("20.00")), by("top-up"));
        MoneyBooking held = stored.hold(ann, yuan("60.00"), DAY, by("hold"));

        MoneyBooking paid = stored.capture(ann, held.holdNo(), yuan("30.00"), by("capture"));

        assertThat(paid.principal()).isEqualTo(yuan("-25.00"));
        assertThat(paid.bonus()).isEqualTo(yuan("-5.00"));
        assertThat(stored.balance(ann).available()).isEqualTo(yuan("90.00"));
        assertThat(stored.balance(ann).held()).isEqualTo(yuan("0.00"));
    }

    @Test
    public final void a_capture_can_be_refunded_until_it_is_used_up() {
        points().earn(ann, 100, by("earn"));
        long hold = hold(100, "hold");
        points().capture(ann, hold, 100, by("capture"));

        points().refund(ann, RequestKey.of("capture"), 60, by("r1"));

        assertThat(refused(
                        AssetError.REVERSAL_EXCEEDS_BOOKING,
                        () -> points().refund(ann, RequestKey.of("capture"), 60, by("r2"))))
                .containsEntry("left", 40L);
        points().refund(ann, RequestKey.of("capture"), 40, by("r2"));
        assertThat(points().balance(ann)).isEqualTo(new Balance(100, 0, 0, 0));
        refused(AssetError.NOT_REVERSIBLE, () -> points().refund(ann, RequestKey.of("hold"), 1, by("r3")));
    }

    @Test
    public final void what_an_overdue_hold_frees_in_an_expired_lot_lapses() {
        Points points = points(terms().onLapsedReturn(LapsedReturn.grace(7)));
        points.earn(ann, Grant.of(100).expiring(Expiry.days(1)), by("earn"));
        points.hold(ann, 100, Duration.ofDays(3), by("hold"));
        crm().clock().advance(Duration.ofDays(4));

        assertThat(points.balance(ann)).isEqualTo(Balance.ZERO);
        points.sweep(null, 10);
        assertThat(points.statement(ann, PageRequest.first(9)).items())
                .extracting(entry -> entry.type())
                .containsExactly(EntryType.EARN, EntryType.HOLD, EntryType.HOLD_EXPIRE, EntryType.EXPIRE);
    }

    private long hold(long points, String key) {
        return points().hold(ann, points, DAY, by(key)).holdNo();
    }
}
