package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;

/** The rules of {@link LedgerStore}. Customers are not registered: who may own an account is not this port's question. */
public abstract class LedgerStoreContract extends LedgerPortContract {
    /** Two characters that need four bytes each in UTF-8, one of them a rare Han character. */
    private static final String RARE = "\uD842\uDFB7\uD83C\uDF81";

    /** A contract. */
    protected LedgerStoreContract() {}

    // --- LS-1 lock

    @Test
    public final void ls_1_an_account_never_opened_is_not_locked() {
        assertThat(committed(() -> ledger().lock(ann))).isEmpty();
    }

    @Test
    public final void ls_1_lock_returns_the_account_as_it_was_written() {
        LedgerChange change = earned(ann, "k", LotSpec.of(100).from(T1).sliding(30, T2));

        assertThat(locked(ann)).isEqualTo(change.after());
    }

    @Test
    public final void ls_1_a_lock_that_waited_returns_what_the_holder_left() {
        earned(ann, "k1", LotSpec.of(100));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            Account first = ledger().lock(ann).orElseThrow();
            Future<Account> second = race.start(() -> locked(ann));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            ledger().apply(ChangeDraft.earn(first, "k2", T0, LotSpec.of(11)));
            host.commit();

            assertThat(Race.result(second).posted()).isEqualTo(111);
        }
    }

    @Test
    public final void ls_1_the_whole_wallet_is_locked() {
        earned(ann, "k1", LotSpec.of(100));
        AccountId club = new AccountId(ACME, ann.customer(), CLUB);
        earned(club, "k2", LotSpec.of(5));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            ledger().lock(ann);
            Future<Account> other = race.start(() -> locked(club));
            assertThat(Race.waits(other)).as("the other account waits").isTrue();

            host.rollback();

            assertThat(Race.result(other).posted()).isEqualTo(5);
        }
    }

    @Test
    public final void ls_1_customers_are_locked_one_by_one() {
        AccountId bob = new AccountId(ACME, nobody(), POINTS);
        earned(ann, "k1", LotSpec.of(100));
        earned(bob, "k1", LotSpec.of(7));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            ledger().lock(ann);

            assertThat(Race.result(race.start(() -> locked(bob))).posted()).isEqualTo(7);
            host.rollback();
        }
    }

    @Test
    public final void ls_1_the_event_number_is_the_highest_of_the_wallet() {
        AccountId club = new AccountId(ACME, ann.customer(), CLUB);
        earned(ann, "k1", LotSpec.of(100));
        earned(club, "k2", LotSpec.of(5));
        earned(club, "k3", LotSpec.of(5));

        assertThat(locked(ann).eventSeq()).isEqualTo(3);
        assertThat(locked(club).eventSeq()).isEqualTo(3);
    }

    @Test
    public final void ls_1_a_lock_sees_what_its_own_transaction_wrote() {
        commit(() -> {
            ledger().open(ann);
            ledger().apply(ChangeDraft.earn(ledger().lock(ann).orElseThrow(), "k1", T0, LotSpec.of(60)));
            ledger().apply(ChangeDraft.earn(ledger().lock(ann).orElseThrow(), "k2", T0, LotSpec.of(40)));
        });

        assertThat(locked(ann).posted()).isEqualTo(100);
    }

    @Test
    public final void ls_1_no_increment_is_lost_among_many_threads() {
        earned(ann, "k", LotSpec.of(1));

        Race.of(
                8,
                thread -> committed(() -> {
                    Account account = ledger().lock(ann).orElseThrow();
                    return ledger().apply(ChangeDraft.earn(account, "t" + thread, T0, LotSpec.of(1)));
                }));

        assertThat(locked(ann).posted()).isEqualTo(9);
        assertThat(locked(ann).seq()).isEqualTo(9);
    }

    @Test
    public final void ls_1_accounts_of_another_tenant_are_not_found() {
        earned(ann, "k", LotSpec.of(100));
        AccountId stranger = new AccountId(ZENITH, ann.customer(), POINTS);

        assertThat(committed(() -> ledger().lock(stranger))).isEmpty();
        assertThat(committed(() -> ledger().open(stranger)).posted()).isZero();
        assertThat(ledger().openLots(stranger)).isEmpty();
        assertThat(ledger().entry(stranger, 1)).isEmpty();
    }

    // --- LS-2 open

    @Test
    public final void ls_2_an_opened_account_is_empty_and_stays() {
        Account opened = committed(() -> ledger().open(ann));

        assertThat(opened).isEqualTo(Account.opened(ann, 0));
        assertThat(locked(ann)).isEqualTo(opened);
    }

    @Test
    public final void ls_2_opening_again_returns_the_account_as_it_is() {
        LedgerChange change = earned(ann, "k", LotSpec.of(100));

        assertThat(committed(() -> ledger().open(ann))).isEqualTo(change.after());
    }

    @Test
    public final void ls_2_the_second_account_of_a_wallet_continues_its_events() {
        earned(ann, "k", LotSpec.of(100));

        assertThat(committed(() -> ledger().open(new AccountId(ACME, ann.customer(), CLUB)))
                        .eventSeq())
                .isEqualTo(1);
    }

    @Test
    public final void ls_2_many_open_at_once_and_none_fails() {
        List<Race.Attempt<Boolean>> attempts = Race.of(
                8,
                thread -> committed(() -> {
                    Account account = ledger().open(ann);
                    return ledger().apply(ChangeDraft.earn(account, "t" + thread, T0, LotSpec.of(1)));
                }));

        assertThat(attempts).allMatch(attempt -> attempt.orFail());
        assertThat(locked(ann).posted()).isEqualTo(8);
    }

    @Test
    public final void ls_2_many_open_different_accounts_of_one_wallet_at_once_and_none_fails() {
        List<Race.Attempt<Boolean>> attempts = Race.of(
                6,
                thread -> committed(() -> {
                    Account account = ledger().open(new AccountId(ACME, ann.customer(), Asset.points("p" + thread)));
                    return ledger().apply(ChangeDraft.earn(account, "t" + thread, T0, LotSpec.of(1)));
                }));

        assertThat(attempts).allMatch(attempt -> attempt.orFail());
        assertThat(committed(() -> ledger().open(ann)).eventSeq()).isEqualTo(6);
    }

    @Test
    public final void ls_2_opening_locks_the_wallet() {
        committed(() -> ledger().open(ann));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            Account first = ledger().open(ann);
            Future<Account> second = race.start(() -> committed(() -> ledger().open(ann)));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            ledger().apply(ChangeDraft.earn(first, "k", T0, LotSpec.of(100)));
            host.commit();

            assertThat(Race.result(second).posted()).isEqualTo(100);
        }
    }

    @Test
    public final void ls_2_an_opening_rolled_back_leaves_nothing() {
        List<String> before = crm().dump();

        rolledBack(() -> ledger().apply(ChangeDraft.earn(ledger().open(ann), "k", T0, LotSpec.of(100))));

        assertThat(crm().dump()).isEqualTo(before);
        assertThat(committed(() -> ledger().open(ann))).isEqualTo(Account.opened(ann, 0));
    }

    // --- LS-3 apply

    @Test
    public final void ls_3_every_part_of_a_change_comes_back_as_it_was_written() {
        Instant late = Instant.parse("9998-12-31T23:59:59.999Z");
        LedgerChange first = apply(
                ann,
                account -> ChangeDraft.on(account, " !~ key ", T0)
                        .entry(EntryType.TOP_UP, 0)
                        .said(RARE.repeat(32), RARE.repeat(100), StoreId.of("S-01"), StaffId.of("~cashier 7"))
                        .open(LotSpec.of(999_999_999_999_999L).costing(CurrencyUnit.EUR, 9_999_999_999_999_999L))
                        .open(LotSpec.of(5).bonus().from(T1).until(late).costing(CurrencyUnit.of("JPY"), 0))
                        .open(LotSpec.of(7).sliding(36_600, late))
                        .change());
        Lot lot = first.opened().get(0);
        LedgerChange second = apply(
                ann,
                account -> ChangeDraft.on(account, "k".repeat(120), T1)
                        .entry(EntryType.HOLD, 0)
                        .proRata()
                        .move(lot, -10, 10)
                        .place(10, late)
                        .entry(EntryType.SPEND, 0)
                        .move(lot, -3, 0)
                        .costing(-17)
                        .active(T1)
                        .change());

        assertThat(ledger().entry(ann, 1)).contains(first.entries().get(0));
        assertThat(ledger().entry(ann, 2)).contains(second.entries().get(0));
        assertThat(ledger().entry(ann, 3)).contains(second.entries().get(1));
        assertThat(ledger().lots(ann, List.of(lot.no(), lot.no() + 1, lot.no() + 2)))
                .containsExactly(
                        second.changed().get(0),
                        first.opened().get(1),
                        first.opened().get(2));
        assertThat(ledger().movements(ann, 2))
                .containsExactly(second.movements().get(0));
        assertThat(ledger().movements(ann, 3))
                .containsExactly(second.movements().get(1));
        assertThat(ledger().openHolds(ann)).isEqualTo(second.placed());
        assertThat(locked(ann)).isEqualTo(second.after());
    }

    @Test
    public final void ls_3_a_key_is_booked_once() {
        earned(ann, "k", LotSpec.of(100));
        List<String> before = crm().dump();

        boolean again = committed(
                () -> ledger().apply(ChangeDraft.earn(ledger().lock(ann).orElseThrow(), "k", T1, LotSpec.of(100))));

        assertThat(again).isFalse();
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void ls_3_a_key_is_booked_once_for_all_assets_of_a_customer() {
        earned(ann, "k", LotSpec.of(100));
        AccountId club = new AccountId(ACME, ann.customer(), CLUB);

        boolean again = committed(() -> ledger().apply(ChangeDraft.earn(ledger().open(club), "k", T0, LotSpec.of(1))));

        assertThat(again).isFalse();
        assertThat(locked(club).posted()).isZero();
    }

    @Test
    public final void ls_3_a_key_is_booked_for_each_customer_and_tenant() {
        earned(ann, "k", LotSpec.of(1));
        earned(new AccountId(ACME, nobody(), POINTS), "k", LotSpec.of(2));
        earned(new AccountId(ZENITH, ann.customer(), POINTS), "k", LotSpec.of(3));

        assertThat(locked(ann).posted()).isEqualTo(1);
        assertThat(locked(new AccountId(ZENITH, ann.customer(), POINTS)).posted())
                .isEqualTo(3);
    }

    @Test
    public final void ls_3_keys_that_differ_in_case_or_blanks_are_different_keys() {
        List<String> keys = List.of("k1", "K1", "k1 ", " k1", "k1  ", "k 1", "k%", "k_", "k'", "k\\");

        keys.forEach(key -> earned(ann, key, LotSpec.of(1)));

        assertThat(locked(ann).posted()).isEqualTo(keys.size());
    }

    @Test
    public final void ls_3_a_refused_key_leaves_the_transaction_usable() {
        earned(ann, "k", LotSpec.of(100));

        commit(() -> {
            Account account = ledger().lock(ann).orElseThrow();
            assertThat(ledger().apply(ChangeDraft.earn(account, "k", T0, LotSpec.of(1))))
                    .isFalse();
            assertThat(ledger().apply(ChangeDraft.earn(account, "k2", T0, LotSpec.of(11))))
                    .isTrue();
        });

        assertThat(locked(ann).posted()).isEqualTo(111);
    }

    @Test
    public final void ls_3_a_key_written_earlier_in_the_transaction_is_known() {
        commit(() -> {
            ledger().apply(ChangeDraft.earn(ledger().open(ann), "k", T0, LotSpec.of(100)));
            Account after = ledger().lock(ann).orElseThrow();
            assertThat(ledger().apply(ChangeDraft.earn(after, "k", T0, LotSpec.of(100))))
                    .isFalse();
        });

        assertThat(locked(ann).posted()).isEqualTo(100);
    }

    @Test
    public final void ls_3_of_many_threads_with_one_key_one_books() {
        List<Race.Attempt<Boolean>> attempts = Race.of(
                8,
                thread -> committed(
                        () -> ledger().apply(ChangeDraft.earn(ledger().open(ann), "k", T0, LotSpec.of(100)))));

        assertThat(attempts.stream().filter(attempt -> attempt.orFail())).hasSize(1);
        assertThat(locked(ann).posted()).isEqualTo(100);
    }

    @Test
    public final void ls_3_a_change_rolled_back_leaves_nothing() {
        Lot lot = earned(ann, "k1", LotSpec.of(100)).opened().get(0);
        List<String> before = crm().dump();

        rolledBack(() -> {
            ledger().apply(ChangeDraft.spend(ledger().lock(ann).orElseThrow(), "k2", T1, lot, 30));
            assertThat(ledger().openLots(ann).get(0).remaining()).isEqualTo(70);
        });

        assertThat(crm().dump()).isEqualTo(before);
        assertThat(apply(ann, account -> ChangeDraft.spend(account, "k2", T1, lot, 30))
                        .after()
                        .posted())
                .isEqualTo(70);
    }

    @Test
    public final void ls_3_nobody_sees_a_change_before_it_is_committed() {
        Lot lot = earned(ann, "k1", LotSpec.of(100)).opened().get(0);
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            ledger().apply(ChangeDraft.spend(ledger().lock(ann).orElseThrow(), "k2", T1, lot, 30));

            assertThat(Race.result(race.start(() -> ledger().openLots(ann)))).containsExactly(lot);
            assertThat(Race.result(race.start(() -> ledger().entry(ann, 2)))).isEmpty();
            host.commit();
        }
        assertThat(ledger().openLots(ann).get(0).remaining()).isEqualTo(70);
    }

    @Test
    public final void ls_3_a_sweep_has_no_key() {
        Lot lot = earned(ann, "k1", LotSpec.of(100)).opened().get(0);

        for (int i = 0; i < 2; i++) {
            apply(
                    ann,
                    account -> ChangeDraft.swept(account, T1)
                            .entry(EntryType.EXPIRE, 0)
                            .move(ledger().lots(ann, List.of(lot.no())).get(0), -50, 0)
                            .change());
        }

        assertThat(locked(ann).posted()).isZero();
        assertThat(ledger().entry(ann, 3).orElseThrow().key()).isNull();
    }

    @Test
    public final void ls_3_activity_renews_every_open_lot_that_slides() {
        List<Lot> lots = earned(
                        ann,
                        "k1",
                        LotSpec.of(10).sliding(30, T1),
                        LotSpec.of(20).sliding(60, T1),
                        LotSpec.of(30).until(T1),
                        LotSpec.of(40).sliding(30, T1))
                .opened();
        apply(ann, account -> ChangeDraft.spend(account, "k2", T0, lots.get(3), 40));

        apply(
                ann,
                account -> ChangeDraft.on(account, "k3", T1)
                        .entry(EntryType.EARN, 0)
                        .open(LotSpec.of(1))
                        .slide(T1)
                        .change());

        assertThat(ledger().lots(ann, lots.stream().map(Lot::no).toList()))
                .extracting(Lot::expiresAt)
                .containsExactly(T1.plus(Duration.ofDays(30)), T1.plus(Duration.ofDays(60)), T1, T1);
    }

    // --- LS-4 event

    @Test
    public final void ls_4_a_change_brings_its_event_in_the_wallet_stream() {
        earned(ann, "k1", LotSpec.of(100));
        AccountId club = new AccountId(ACME, ann.customer(), CLUB);
        LedgerChange last = earned(club, "k2", LotSpec.of(5));

        List<Claimed> events = claimed(ACME);

        assertThat(events)
                .extracting(it -> it.event().key() + " " + it.event().type())
                .containsExactly(ann.customer() + "/wallet/1 points.earn", ann.customer() + "/wallet/2 points.earn");
        assertThat(events.get(1).event().data()).contains("points:club");
        assertThat(events.get(1).event().at()).isEqualTo(last.event().at());
        assertThat(claimed(ZENITH)).isEmpty();
    }

    @Test
    public final void ls_4_a_change_not_booked_brings_no_event() {
        earned(ann, "k1", LotSpec.of(100));

        committed(() -> ledger().apply(ChangeDraft.earn(ledger().lock(ann).orElseThrow(), "k1", T0, LotSpec.of(1))));
        rolledBack(() -> ledger().apply(ChangeDraft.earn(ledger().lock(ann).orElseThrow(), "k2", T0, LotSpec.of(1))));

        assertThat(claimed(ACME)).hasSize(1);
    }

    // --- LS-5, LS-6, LS-7 many customers

    @Test
    public final void ls_5_those_that_are_open_are_locked_and_returned() {
        List<AccountId> accounts = accounts(3);
        earned(accounts.get(0), "k", LotSpec.of(1));
        LedgerChange third = earned(accounts.get(2), "k", LotSpec.of(3));

        Map<CustomerId, Account> locked = committed(() -> ledger().lockAll(ACME, POINTS, customers(accounts)));

        assertThat(locked.keySet())
                .containsExactlyInAnyOrder(
                        accounts.get(0).customer(), accounts.get(2).customer());
        assertThat(locked.get(accounts.get(2).customer())).isEqualTo(third.after());
    }

    @Test
    public final void ls_5_locks_that_waited_return_what_the_holder_left() {
        List<AccountId> accounts = accounts(3);
        accounts.forEach(account -> earned(account, "k", LotSpec.of(1)));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            Account second = ledger().lock(accounts.get(1)).orElseThrow();
            Future<Map<CustomerId, Account>> all =
                    race.start(() -> committed(() -> ledger().lockAll(ACME, POINTS, customers(accounts))));
            assertThat(Race.waits(all)).as("the second waits").isTrue();

            ledger().apply(ChangeDraft.earn(second, "k2", T0, LotSpec.of(10)));
            host.commit();

            assertThat(Race.result(all).values().stream().mapToLong(Account::posted))
                    .containsExactlyInAnyOrder(1L, 11L, 1L);
        }
    }

    @Test
    public final void ls_5_whatever_the_order_they_are_named_in_nobody_deadlocks() {
        List<AccountId> accounts = accounts(20);
        accounts.forEach(account -> earned(account, "k", LotSpec.of(1)));

        List<Race.Attempt<Integer>> attempts = Race.of(4, thread -> {
            List<CustomerId> named = new ArrayList<>(customers(accounts));
            for (int round = 0; round < 5; round++) {
                Collections.rotate(named, 7);
                if (thread % 2 == 0) {
                    Collections.reverse(named);
                }
                commitHosted(() -> ledger().lockAll(ACME, POINTS, named));
            }
            return thread;
        });

        assertThat(attempts).allMatch(Race.Attempt::succeeded);
    }

    @Test
    public final void ls_5_a_thousand_are_locked_at_once() {
        List<CustomerId> customers =
                LongStream.range(0, 1000).mapToObj(i -> nobody()).toList();
        committed(() -> ledger().openAll(ACME, POINTS, customers));

        assertThat(committed(() -> ledger().lockAll(ACME, POINTS, customers)).keySet())
                .containsExactlyInAnyOrderElementsOf(customers);
    }

    @Test
    public final void ls_5_the_event_number_is_the_highest_of_the_wallet() {
        earned(ann, "k1", LotSpec.of(1));
        earned(new AccountId(ACME, ann.customer(), CLUB), "k2", LotSpec.of(1));

        assertThat(committed(() -> ledger().lockAll(ACME, POINTS, List.of(ann.customer())))
                        .values())
                .extracting(Account::eventSeq)
                .containsExactly(2L);
    }

    @Test
    public final void ls_6_those_that_are_absent_are_opened_and_the_others_returned() {
        List<AccountId> accounts = accounts(3);
        LedgerChange second = earned(accounts.get(1), "k", LotSpec.of(2));

        Map<CustomerId, Account> opened = committed(() -> ledger().openAll(ACME, POINTS, customers(accounts)));

        assertThat(opened)
                .containsEntry(accounts.get(0).customer(), Account.opened(accounts.get(0), 0))
                .containsEntry(accounts.get(1).customer(), second.after())
                .containsEntry(accounts.get(2).customer(), Account.opened(accounts.get(2), 0))
                .hasSize(3);
        assertThat(locked(accounts.get(2))).isEqualTo(Account.opened(accounts.get(2), 0));
    }

    @Test
    public final void ls_6_many_open_the_same_customers_at_once_and_none_fails() {
        List<AccountId> accounts = accounts(10);

        List<Race.Attempt<Set<CustomerId>>> attempts = Race.of(
                4,
                thread -> committed(() -> {
                    Map<CustomerId, Account> opened = ledger().openAll(ACME, POINTS, customers(accounts));
                    return ledger().applyAll(opened.values().stream()
                            .map(account -> ChangeDraft.earn(account, "t" + thread, T0, LotSpec.of(1)))
                            .toList());
                }));

        assertThat(attempts).allMatch(attempt -> attempt.orFail().isEmpty());
        assertThat(accounts).allMatch(account -> locked(account).posted() == 4);
    }

    @Test
    public final void ls_7_a_batch_writes_what_single_changes_write() {
        List<AccountId> singly = accounts(5);
        List<AccountId> together = singly.stream()
                .map(account -> new AccountId(ZENITH, account.customer(), POINTS))
                .toList();

        singly.forEach(account -> earned(account, "k", richLots()));
        commit(() -> {
            Map<CustomerId, Account> opened = ledger().openAll(ZENITH, POINTS, customers(together));
            assertThat(ledger().applyAll(opened.values().stream()
                            .map(account -> ChangeDraft.earn(account, "k", T0, richLots()))
                            .toList()))
                    .isEmpty();
        });

        for (int i = 0; i < singly.size(); i++) {
            assertThat(rows(together.get(i))).isEqualTo(rows(singly.get(i)));
        }
        assertThat(claimed(ZENITH))
                .extracting(it -> it.event().key() + it.event().data())
                .containsExactlyElementsOf(claimed(ACME).stream()
                        .map(it -> it.event().key() + it.event().data())
                        .toList());
    }

    @Test
    public final void ls_7_a_batch_of_uses_holds_and_expiries_writes_what_single_changes_write() {
        List<AccountId> singly = accounts(4);
        List<AccountId> together = singly.stream()
                .map(account -> new AccountId(ZENITH, account.customer(), POINTS))
                .toList();
        singly.forEach(account -> earned(account, "k", richLots()));
        together.forEach(account -> earned(account, "k", richLots()));

        singly.forEach(account -> apply(account, this::reserveAndUse));
        commit(() -> ledger().applyAll(ledger().lockAll(ZENITH, POINTS, customers(together)).values().stream()
                .map(this::reserveAndUse)
                .toList()));

        for (int i = 0; i < singly.size(); i++) {
            assertThat(rows(together.get(i))).isEqualTo(rows(singly.get(i)));
        }
    }

    @Test
    public final void ls_7_keys_booked_before_are_named_and_the_others_written() {
        List<AccountId> accounts = accounts(3);
        earned(accounts.get(1), "k", LotSpec.of(50));

        Set<CustomerId> repeated =
                committed(() -> ledger().applyAll(ledger().openAll(ACME, POINTS, customers(accounts)).values().stream()
                        .map(account -> ChangeDraft.earn(account, "k", T0, LotSpec.of(1)))
                        .toList()));

        assertThat(repeated).containsExactly(accounts.get(1).customer());
        assertThat(accounts.stream().mapToLong(account -> locked(account).posted()))
                .containsExactly(1L, 50L, 1L);
        assertThat(claimed(ACME)).hasSize(3);
    }

    @Test
    public final void ls_7_an_empty_batch_writes_nothing() {
        List<String> before = crm().dump();

        assertThat(committed(() -> ledger().applyAll(List.of()))).isEmpty();

        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void ls_7_a_batch_rolled_back_leaves_nothing() {
        List<AccountId> accounts = accounts(3);
        List<String> before = crm().dump();

        rolledBack(() -> ledger().applyAll(ledger().openAll(ACME, POINTS, customers(accounts)).values().stream()
                .map(account -> ChangeDraft.earn(account, "k", T0, LotSpec.of(1)))
                .toList()));

        assertThat(crm().dump()).isEqualTo(before);
    }

    // --- LS-8 spendable

    @Test
    public final void ls_8_lots_come_soonest_expiry_first_and_those_without_last() {
        List<Lot> lots = earned(
                        ann,
                        "k",
                        LotSpec.of(1),
                        LotSpec.of(2).until(T2),
                        LotSpec.of(3).until(T1),
                        LotSpec.of(4).until(T2).bonus(),
                        LotSpec.of(5))
                .opened();

        assertThat(ledger().spendable(ann, T0, null, 10))
                .containsExactly(lots.get(2), lots.get(1), lots.get(3), lots.get(0), lots.get(4));
    }

    @Test
    public final void ls_8_pages_follow_one_another_in_that_order() {
        earned(
                ann,
                "k",
                LotSpec.of(1),
                LotSpec.of(2).until(T2),
                LotSpec.of(3).until(T1),
                LotSpec.of(4).until(T2),
                LotSpec.of(5));
        List<Lot> all = ledger().spendable(ann, T0, null, 10);

        List<Lot> paged = new ArrayList<>();
        for (Lot last = null; paged.size() < 5; last = paged.get(paged.size() - 1)) {
            List<Lot> page = ledger().spendable(ann, T0, last, 2);
            assertThat(page).isNotEmpty().hasSizeLessThanOrEqualTo(2);
            paged.addAll(page);
        }

        assertThat(paged).isEqualTo(all);
        assertThat(ledger().spendable(ann, T0, all.get(4), 2)).isEmpty();
    }

    @Test
    public final void ls_8_a_lot_can_be_used_from_its_first_instant_up_to_but_not_at_its_end() {
        Lot lot = earned(ann, "k", LotSpec.of(10).from(T1).until(T2)).opened().get(0);

        assertThat(ledger().spendable(ann, T1.minusMillis(1), null, 9)).isEmpty();
        assertThat(ledger().spendable(ann, T1, null, 9)).containsExactly(lot);
        assertThat(ledger().spendable(ann, T2.minusMillis(1), null, 9)).containsExactly(lot);
        assertThat(ledger().spendable(ann, T2, null, 9)).isEmpty();
    }

    @Test
    public final void ls_8_lots_used_up_or_wholly_held_are_left_out() {
        List<Lot> lots =
                earned(ann, "k", LotSpec.of(10), LotSpec.of(20), LotSpec.of(30)).opened();
        apply(ann, account -> ChangeDraft.spend(account, "k2", T0, lots.get(0), 10));
        apply(ann, account -> hold(account, "k3", lots.get(1), 20, T1));

        assertThat(ledger().spendable(ann, T0, null, 9)).containsExactly(lots.get(2));
    }

    // --- LS-9 … LS-16 looking up while deciding

    @Test
    public final void ls_9_open_lots_are_those_with_something_left_or_held() {
        List<Lot> lots = earned(
                        ann,
                        "k",
                        LotSpec.of(10),
                        LotSpec.of(20),
                        LotSpec.of(30).until(T0.plusMillis(1)),
                        LotSpec.of(40).from(T2))
                .opened();
        apply(ann, account -> ChangeDraft.spend(account, "k2", T0, lots.get(0), 10));
        apply(ann, account -> hold(account, "k3", lots.get(1), 20, T1));

        assertThat(ledger().openLots(ann))
                .extracting(Lot::no)
                .containsExactly(lots.get(1).no(), lots.get(2).no(), lots.get(3).no());
        assertThat(ledger().openLots(ann).get(0).held()).isEqualTo(20);
    }

    @Test
    public final void ls_10_lots_are_found_by_number_open_or_not() {
        List<Lot> lots =
                earned(ann, "k", LotSpec.of(10), LotSpec.of(20), LotSpec.of(30)).opened();
        Lot used = apply(ann, account -> ChangeDraft.spend(account, "k2", T0, lots.get(0), 10))
                .changed()
                .get(0);

        assertThat(ledger().lots(ann, List.of(lots.get(2).no(), 77L, lots.get(0).no())))
                .containsExactly(used, lots.get(2));
        assertThat(ledger().lots(ann, List.of())).isEmpty();
    }

    @Test
    public final void ls_11_the_lots_of_an_entry_are_given_as_they_are_now() {
        earned(ann, "k0", LotSpec.of(1));
        List<Lot> lots = earned(ann, "k", LotSpec.of(10), LotSpec.of(20)).opened();
        earned(ann, "k1", LotSpec.of(2));
        Lot used = apply(ann, account -> ChangeDraft.spend(account, "k2", T0, lots.get(0), 10))
                .changed()
                .get(0);

        assertThat(ledger().lotsMadeBy(ann, 2)).containsExactly(used, lots.get(1));
        assertThat(ledger().lotsMadeBy(ann, 4)).isEmpty();
        assertThat(ledger().lotsMadeBy(ann, 99)).isEmpty();
    }

    @Test
    public final void ls_12_open_holds_are_those_not_ended_overdue_or_not() {
        Lot lot = earned(ann, "k", LotSpec.of(100)).opened().get(0);
        apply(ann, account -> hold(account, "h1", lot, 10, T0.plusMillis(1)));
        apply(ann, account -> hold(account, "h2", now(ann, lot), 20, T2));
        Hold first = ledger().openHolds(ann).get(0);
        assertThat(ledger().openHolds(ann)).extracting(Hold::no).containsExactly(2L, 3L);

        apply(
                ann,
                account -> ChangeDraft.on(account, "r1", T1)
                        .entry(EntryType.RELEASE, first.no())
                        .move(now(ann, lot), 10, -10)
                        .finish(first, Hold.State.RELEASED, 0)
                        .change());

        assertThat(ledger().openHolds(ann)).extracting(Hold::no).containsExactly(3L);
    }

    @Test
    public final void ls_13_a_hold_is_found_ended_or_not() {
        Lot lot = earned(ann, "k", LotSpec.of(100)).opened().get(0);
        Hold placed =
                apply(ann, account -> hold(account, "h1", lot, 10, T1)).placed().get(0);
        assertThat(ledger().hold(ann, 2)).contains(placed);

        Hold captured = apply(
                        ann,
                        account -> ChangeDraft.on(account, "c1", T0)
                                .entry(EntryType.CAPTURE, 2)
                                .move(now(ann, lot), 1, -10)
                                .finish(placed, Hold.State.CAPTURED, 9)
                                .change())
                .ended()
                .get(0);

        assertThat(ledger().hold(ann, 2)).contains(captured);
        assertThat(ledger().hold(ann, 1)).isEmpty();
    }

    @Test
    public final void ls_14_an_entry_is_found_by_its_number() {
        LedgerChange change = earned(ann, "k", LotSpec.of(100));
        Entry entry = change.entries().get(0);

        assertThat(ledger().entry(ann, 1)).contains(entry);
        assertThat(ledger().entry(ann, 0)).isEmpty();
        assertThat(ledger().entry(ann, 2)).isEmpty();
        assertThat(ledger().entry(new AccountId(ACME, ann.customer(), CLUB), 1)).isEmpty();
    }

    @Test
    public final void ls_15_movements_come_in_the_order_they_were_made() {
        List<Lot> lots =
                earned(ann, "k", LotSpec.of(10), LotSpec.of(20), LotSpec.of(30)).opened();

        List<Movement> made = apply(
                        ann,
                        account -> ChangeDraft.on(account, "k2", T0)
                                .entry(EntryType.TAKE_BACK, 1)
                                .move(lots.get(2), -5, 0)
                                .move(lots.get(0), -6, 0)
                                .owe(7)
                                .move(lots.get(1), -8, 0)
                                .move(lots.get(0), -1, 0)
                                .entry(EntryType.FORGIVE, 2)
                                .owe(-7)
                                .change())
                .movements();

        assertThat(ledger().movements(ann, 2)).isEqualTo(made.subList(0, 5));
        assertThat(ledger().movements(ann, 3)).isEqualTo(made.subList(5, 6));
        assertThat(ledger().movements(ann, 1)).isEmpty();
    }

    @Test
    public final void ls_16_refunds_and_take_backs_of_an_entry_add_up() {
        Lot lot = earned(ann, "k", LotSpec.of(100)).opened().get(0);
        apply(ann, account -> ChangeDraft.spend(account, "s", T0, lot, 50));
        apply(ann, account -> correction(account, "r1", EntryType.REFUND, 2, now(ann, lot), 10));
        apply(ann, account -> correction(account, "r2", EntryType.REFUND, 2, now(ann, lot), 5));
        apply(ann, account -> correction(account, "t1", EntryType.TAKE_BACK, 1, now(ann, lot), -7));
        apply(ann, account -> correction(account, "c", EntryType.CAPTURE, 2, now(ann, lot), -1));

        assertThat(ledger().reversed(ann, 2)).isEqualTo(15);
        assertThat(ledger().reversed(ann, 1)).isEqualTo(7);
        assertThat(ledger().reversed(ann, 3)).isZero();
    }

    // --- given

    @Test
    public final void ls_19_reasons_are_emptied_and_nothing_else() {
        earned(ann, "k", LotSpec.of(100));
        for (int i = 0; i < 3; i++) {
            String key = "a" + i;
            commit(() -> {
                Account account = ledger().lock(ann).orElseThrow();
                LedgerChange change = ChangeDraft.on(account, key, T0)
                        .entry(EntryType.ADJUST, 0)
                        .said("doc", "sorry " + account.seq(), StoreId.of("S01"), StaffId.of("kim"))
                        .open(LotSpec.of(1))
                        .change();
                assertThat(ledger().apply(change)).isTrue();
            });
        }
        List<Entry> before = LongStream.rangeClosed(1, 4)
                .mapToObj(seq -> ledger().entry(ann, seq).orElseThrow())
                .toList();

        assertThat(ledger().forgetReasons(ZENITH, ann.customer(), 9)).isZero();
        assertThat(ledger().forgetReasons(ACME, ann.customer(), 2)).isEqualTo(2);
        assertThat(ledger().forgetReasons(ACME, ann.customer(), 2)).isEqualTo(1);
        assertThat(ledger().forgetReasons(ACME, ann.customer(), 2)).isZero();

        assertThat(before).extracting(Entry::reason).containsExactly(null, "sorry 1", "sorry 2", "sorry 3");
        assertThat(LongStream.rangeClosed(1, 4)
                        .mapToObj(seq -> ledger().entry(ann, seq).orElseThrow()))
                .isEqualTo(before.stream().map(Entry::withoutReason).toList());
        assertThat(locked(ann).posted()).isEqualTo(103);
    }

    private static LedgerChange correction(Account account, String key, EntryType type, long of, Lot lot, long amount) {
        return ChangeDraft.on(account, key, T0)
                .entry(type, of)
                .move(lot, amount, 0)
                .change();
    }

    /** Two entries, a hold and changes of three lots in one change. */
    private LedgerChange reserveAndUse(Account account) {
        List<Lot> lots = ledger().openLots(account.id());
        return ChangeDraft.on(account, "use", T1)
                .entry(EntryType.EXPIRE, 0)
                .move(lots.get(1), -20, 0)
                .entry(EntryType.HOLD, 0)
                .proRata()
                .move(lots.get(0), -4, 4)
                .costing(3)
                .move(lots.get(2), -5, 5)
                .place(9, T2)
                .slide(T1)
                .active(T1)
                .change();
    }

    private static LotSpec[] richLots() {
        return new LotSpec[] {
            LotSpec.of(10).costing(CurrencyUnit.EUR, 1234),
            LotSpec.of(20).bonus().until(T1),
            LotSpec.of(30).sliding(30, T2)
        };
    }

    private void commitHosted(Runnable work) {
        try (HostTransaction host = crm().begin()) {
            work.run();
            host.commit();
        }
    }

    private static List<CustomerId> customers(List<AccountId> accounts) {
        return accounts.stream().map(AccountId::customer).toList();
    }

    /** All rows of an account, without what names its tenant. */
    private List<Object> rows(AccountId id) {
        List<Object> rows = new ArrayList<>();
        Account account = locked(id);
        rows.add(account.toString().replace(id.tenant().value(), ""));
        for (long seq = 1; seq <= account.seq(); seq++) {
            rows.add(ledger().entry(id, seq));
            rows.add(ledger().movements(id, seq));
            rows.add(ledger().lotsMadeBy(id, seq));
        }
        rows.add(ledger().openLots(id));
        rows.add(ledger().openHolds(id));
        return rows;
    }
}
