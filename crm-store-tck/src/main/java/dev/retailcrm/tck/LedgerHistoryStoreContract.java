package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.ExpiringLot;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;

/** The rules of {@link LedgerHistoryStore}. */
public abstract class LedgerHistoryStoreContract extends LedgerPortContract {
    private static final Instant T3 = T0.plus(Duration.ofDays(3));

    /** A contract. */
    protected LedgerHistoryStoreContract() {}

    private LedgerHistoryStore history() {
        return crm().ledgerHistory();
    }

    @Test
    public final void lh_1_an_account_is_found_as_it_was_written() {
        assertThat(history().find(ann)).isEmpty();
        LedgerChange change = earned(ann, "k", LotSpec.of(100).from(T1).sliding(30, T2));

        assertThat(history().find(ann)).contains(change.after());
        assertThat(history().find(new AccountId(ZENITH, ann.customer(), POINTS)))
                .isEmpty();
        assertThat(history().find(new AccountId(ACME, ann.customer(), CLUB))).isEmpty();
    }

    @Test
    public final void lh_1_a_transaction_sees_what_it_wrote_and_others_do_not() {
        earned(ann, "k", LotSpec.of(100));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            Account account = ledger().lock(ann).orElseThrow();
            ledger().apply(ChangeDraft.earn(account, "k2", T0, LotSpec.of(11)));

            assertThat(history().find(ann).orElseThrow().posted()).isEqualTo(111);
            assertThat(Race.result(
                            race.start(() -> history().find(ann).orElseThrow().posted())))
                    .isEqualTo(100L);
            host.rollback();
        }
        assertThat(history().find(ann).orElseThrow().posted()).isEqualTo(100);
    }

    @Test
    public final void lh_1_reading_waits_for_nobody() {
        earned(ann, "k", LotSpec.of(100));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            ledger().lock(ann);

            assertThat(Race.result(race.start(() -> crm().unitOfWork()
                            .read(() -> history().find(ann).orElseThrow().posted()))))
                    .isEqualTo(100L);
            host.rollback();
        }
    }

    @Test
    public final void lh_2_the_last_entry_is_the_highest_booked_by_then() {
        earnedAt(T1, T1, T2);

        assertThat(history().lastEntry(ann, T1.minusMillis(1))).isEmpty();
        assertThat(history().lastEntry(ann, T1).orElseThrow().seq()).isEqualTo(2);
        assertThat(history().lastEntry(ann, T2.minusMillis(1)).orElseThrow().seq())
                .isEqualTo(2);
        assertThat(history().lastEntry(ann, T3).orElseThrow().seq()).isEqualTo(3);
    }

    @Test
    public final void lh_3_entries_come_from_after_a_number_and_within_a_time() {
        earnedAt(T0, T1, T1, T2, T3);

        assertThat(seqs(history().entries(ann, 0, Instant.EPOCH, Instants.LAST, 10)))
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(seqs(history().entries(ann, 0, T1, T2, 10))).containsExactly(2L, 3L);
        assertThat(seqs(history().entries(ann, 2, Instant.EPOCH, Instants.LAST, 2)))
                .containsExactly(3L, 4L);
        assertThat(seqs(history().entries(ann, 5, Instant.EPOCH, Instants.LAST, 2)))
                .isEmpty();
    }

    @Test
    public final void lh_3_entries_come_as_they_were_written() {
        LedgerChange change = earned(ann, "k", LotSpec.of(100));

        assertThat(history().entries(ann, 0, Instant.EPOCH, Instants.LAST, 10)).isEqualTo(change.entries());
    }

    @Test
    public final void lh_4_lots_are_given_as_they_stood() {
        List<Lot> lots = earned(
                        ann,
                        "k",
                        LotSpec.of(10).costing(CurrencyUnit.EUR, 55),
                        LotSpec.of(20).until(T2))
                .opened();
        apply(ann, account -> hold(account, "h", lots.get(0), 4, T2));
        apply(ann, account -> ChangeDraft.spend(account, "s1", T0, now(ann, lots.get(0)), 6));
        apply(ann, account -> ChangeDraft.spend(account, "s2", T0, lots.get(1), 20));
        earned(ann, "k5", LotSpec.of(5));

        assertThat(history().lotsAsOf(ann, 1)).isEqualTo(lots);
        assertThat(left(history().lotsAsOf(ann, 2))).containsExactly("6+4", "20+0");
        assertThat(left(history().lotsAsOf(ann, 3))).containsExactly("0+4", "20+0");
        assertThat(left(history().lotsAsOf(ann, 4))).containsExactly("0+4");
        assertThat(left(history().lotsAsOf(ann, 5))).containsExactly("0+4", "5+0");
        assertThat(history().lotsAsOf(ann, 0)).isEmpty();
    }

    @Test
    public final void lh_5_holds_are_given_as_placed_while_they_had_not_ended() {
        Lot lot = earned(ann, "k", LotSpec.of(100)).opened().get(0);
        Hold first =
                apply(ann, account -> hold(account, "h1", lot, 10, T1)).placed().get(0);
        Hold second = apply(ann, account -> hold(account, "h2", now(ann, lot), 20, T2))
                .placed()
                .get(0);
        apply(
                ann,
                account -> ChangeDraft.on(account, "c", T0)
                        .entry(EntryType.CAPTURE, first.no())
                        .move(now(ann, lot), 1, -10)
                        .finish(first, Hold.State.CAPTURED, 9)
                        .change());

        assertThat(history().holdsAsOf(ann, 1)).isEmpty();
        assertThat(history().holdsAsOf(ann, 2)).containsExactly(first);
        assertThat(history().holdsAsOf(ann, 3)).containsExactlyInAnyOrder(first, second);
        assertThat(history().holdsAsOf(ann, 4)).containsExactly(second);
    }

    @Test
    public final void lh_6_debt_is_what_was_owed_by_then() {
        Lot lot = earned(ann, "k", LotSpec.of(10)).opened().get(0);
        apply(
                ann,
                account -> ChangeDraft.on(account, "t", T0)
                        .entry(EntryType.TAKE_BACK, 1)
                        .move(lot, -10, 0)
                        .owe(30)
                        .change());
        apply(
                ann,
                account -> ChangeDraft.on(account, "f", T0)
                        .entry(EntryType.FORGIVE, 2)
                        .owe(-5)
                        .change());

        assertThat(history().debtAsOf(ann, 1)).isZero();
        assertThat(history().debtAsOf(ann, 2)).isEqualTo(30);
        assertThat(history().debtAsOf(ann, 3)).isEqualTo(25);
    }

    @Test
    public final void lh_7_the_last_activity_is_the_customers_own_doing() {
        Lot lot = earned(ann, "k", LotSpec.of(100)).opened().get(0);
        List<EntryType> others = List.of(
                EntryType.EXPIRE,
                EntryType.REFUND,
                EntryType.TAKE_BACK,
                EntryType.ADJUST,
                EntryType.TRANSFER_OUT,
                EntryType.CASH_OUT,
                EntryType.RELEASE);
        for (EntryType type : others) {
            apply(
                    ann,
                    account -> ChangeDraft.on(account, "o" + type, T1)
                            .entry(type, 1)
                            .move(now(ann, lot), -1, 0)
                            .change());
        }
        assertThat(history().lastActivity(ann, 1 + others.size())).contains(T0);
        List<EntryType> own =
                List.of(EntryType.SPEND, EntryType.CAPTURE, EntryType.HOLD, EntryType.TOP_UP, EntryType.EARN);
        for (int i = 0; i < own.size(); i++) {
            Instant at = T2.plusSeconds(i);
            EntryType type = own.get(i);
            LedgerChange change = apply(
                    ann,
                    account -> ChangeDraft.on(account, "a" + type, at)
                            .entry(type, 0)
                            .move(now(ann, lot), -1, 0)
                            .change());
            assertThat(history().lastActivity(ann, change.after().seq())).contains(at);
        }
        assertThat(history().lastActivity(ann, 3)).contains(T0);
        assertThat(history().lastActivity(ann, 0)).isEmpty();
    }

    @Test
    public final void lh_8_due_are_those_whose_time_has_come() {
        List<AccountId> accounts = accounts(4);
        earned(accounts.get(0), "k", LotSpec.of(1).until(T1));
        earned(accounts.get(1), "k", LotSpec.of(1).until(T1.plusMillis(1)));
        earned(accounts.get(2), "k", LotSpec.of(1));
        earned(accounts.get(3), "k", LotSpec.of(1).until(T1));
        earned(
                new AccountId(ACME, accounts.get(2).customer(), CLUB),
                "c",
                LotSpec.of(1).until(T1));
        earned(
                new AccountId(ZENITH, accounts.get(2).customer(), POINTS),
                "z",
                LotSpec.of(1).until(T1));

        assertThat(history().due(ACME, POINTS, T1, null, 10))
                .containsExactly(accounts.get(0).customer(), accounts.get(3).customer());
        assertThat(history().due(ACME, POINTS, T1, null, 1))
                .containsExactly(accounts.get(0).customer());
        assertThat(history().due(ACME, POINTS, T1, accounts.get(0).customer(), 10))
                .containsExactly(accounts.get(3).customer());
        assertThat(history().due(ACME, POINTS, T1.minusMillis(1), null, 10)).isEmpty();
    }

    @Test
    public final void lh_9_expiring_lots_come_by_customer_and_number() {
        List<AccountId> accounts = accounts(2);
        List<Lot> first = earned(
                        accounts.get(0),
                        "k",
                        LotSpec.of(1).until(T2),
                        LotSpec.of(2).until(T1),
                        LotSpec.of(3),
                        LotSpec.of(4).until(T3))
                .opened();
        List<Lot> second = earned(
                        accounts.get(1),
                        "k",
                        LotSpec.of(5).until(T1),
                        LotSpec.of(6).until(T1))
                .opened();
        apply(accounts.get(1), account -> ChangeDraft.spend(account, "s", T0, second.get(0), 5));
        earned(new AccountId(ZENITH, ann.customer(), POINTS), "z", LotSpec.of(7).until(T1));

        List<ExpiringLot> found = history().expiring(ACME, POINTS, T1, T3, null, 10);

        assertThat(found)
                .containsExactly(
                        expiring(accounts.get(0), first.get(0)),
                        expiring(accounts.get(0), first.get(1)),
                        expiring(accounts.get(1), second.get(1)));
        assertThat(history().expiring(ACME, POINTS, T1, T2, null, 10)).hasSize(2);
        assertThat(history().expiring(ACME, POINTS, T1, T3, found.get(0), 1)).containsExactly(found.get(1));
        assertThat(history().expiring(ACME, POINTS, T1, T3, found.get(1), 9)).containsExactly(found.get(2));
        assertThat(history().expiring(ACME, POINTS, T1, T3, found.get(2), 9)).isEmpty();
    }

    @Test
    public final void lh_10_sums_add_up_the_rows_of_each_account() {
        List<AccountId> accounts = accounts(3);
        Lot lot = earned(accounts.get(0), "k", LotSpec.of(100)).opened().get(0);
        apply(accounts.get(0), account -> hold(account, "h", lot, 30, T1));
        Lot other = earned(accounts.get(1), "k", LotSpec.of(10)).opened().get(0);
        apply(
                accounts.get(1),
                account -> ChangeDraft.on(account, "t", T0)
                        .entry(EntryType.TAKE_BACK, 1)
                        .move(other, -10, 0)
                        .owe(7)
                        .change());
        committed(() -> ledger().open(accounts.get(2)));
        earned(new AccountId(ZENITH, ann.customer(), POINTS), "z", LotSpec.of(7));

        List<AccountSums> sums = history().sums(ACME, POINTS, null, 10);

        assertThat(sums)
                .containsExactly(
                        new AccountSums(accounts.get(0).customer(), 2, 100, 30, 0, 2, 100, 70, 30, 30),
                        new AccountSums(accounts.get(1).customer(), 2, -7, 0, 7, 2, -7, 0, 0, 0),
                        new AccountSums(accounts.get(2).customer(), 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(sums).allMatch(AccountSums::agree);
        assertThat(paged(accounts.size())).isEqualTo(sums);
    }

    @Test
    public final void lh_10_sums_of_transfers_agree_while_they_go_on() {
        AccountId bob = new AccountId(ACME, nobody(), POINTS);
        LotSpec[] coins = IntStream.range(0, 50).mapToObj(i -> LotSpec.of(1)).toArray(LotSpec[]::new);
        List<Lot> lots = earned(ann, "k", coins).opened();
        committed(() -> ledger().open(bob));
        try (var race = new Race()) {
            var moving = race.start(() -> {
                lots.forEach(lot -> committed(() -> give(lot, bob)));
                return true;
            });
            do {
                assertThat(history().sums(ACME, POINTS, null, 10).stream().mapToLong(AccountSums::posted))
                        .satisfies(posted -> assertThat(
                                        posted.stream().mapToLong(it -> it).sum())
                                .isEqualTo(50));
            } while (!moving.isDone());
            Race.result(moving);
        }
        assertThat(locked(bob).posted()).isEqualTo(50);
    }

    @Test
    public final void lh_11_flows_add_up_by_type_within_a_time() {
        List<Lot> lots = earnedAt(T0, T1, T2);
        apply(ann, account -> ChangeDraft.spend(account, "s", T2, lots.get(0), 1));
        AccountId bob = new AccountId(ACME, nobody(), POINTS);
        earned(bob, "k", LotSpec.of(1000));
        earned(new AccountId(ACME, ann.customer(), CLUB), "c", LotSpec.of(7));
        earned(new AccountId(ZENITH, ann.customer(), POINTS), "z", LotSpec.of(7));

        assertThat(history().flows(ACME, POINTS, Instant.EPOCH, Instants.LAST))
                .containsEntry(EntryType.EARN, 1003L)
                .containsEntry(EntryType.SPEND, -1L)
                .hasSize(2);
        assertThat(history().flows(ACME, POINTS, T1, T2))
                .containsEntry(EntryType.EARN, 1L)
                .hasSize(1);
        assertThat(history().flows(ACME, POINTS, T3, Instants.LAST)).isEmpty();
    }

    // --- given

    /** Books one grant of 1 at each instant and returns the lots. */
    @Test
    public final void lh_12_all_accounts_of_each_are_told() {
        LedgerChange first = earned(ann, "k", LotSpec.of(100));
        AccountId club = new AccountId(ACME, ann.customer(), CLUB);
        earned(club, "club", LotSpec.of(7));
        CustomerId nothing = crm().newCustomer(ACME);

        Map<CustomerId, List<Account>> found = history().accounts(ACME, List.of(ann.customer(), nothing));

        assertThat(found.getOrDefault(nothing, List.of())).isEmpty();
        assertThat(found.get(ann.customer()))
                .isEqualTo(Stream.of(ann, club)
                        .sorted(Comparator.comparing(id -> id.asset().code()))
                        .map(id -> history().find(id).orElseThrow())
                        .toList());
        assertThat(first.after().posted()).isEqualTo(100);
        assertThat(history().accounts(ZENITH, List.of(ann.customer()))).isEmpty();
    }

    private List<Lot> earnedAt(Instant... instants) {
        List<Lot> lots = new ArrayList<>();
        for (Instant at : instants) {
            String key = "at" + lots.size();
            lots.addAll(apply(ann, account -> ChangeDraft.earn(account, key, at, LotSpec.of(1)))
                    .opened());
        }
        return lots;
    }

    private boolean give(Lot lot, AccountId bob) {
        Account giver = ledger().lock(ann).orElseThrow();
        Account taker = ledger().lock(bob).orElseThrow();
        ledger().apply(ChangeDraft.on(giver, "t" + lot.no(), T0)
                .entry(EntryType.TRANSFER_OUT, 0)
                .move(lot, -1, 0)
                .change());
        return ledger().apply(ChangeDraft.on(taker, "t" + lot.no(), T0)
                .entry(EntryType.TRANSFER_IN, 0)
                .open(LotSpec.of(1))
                .change());
    }

    private List<AccountSums> paged(int count) {
        List<AccountSums> all = new ArrayList<>();
        CustomerId after = null;
        for (int i = 0; i < count; i++) {
            all.addAll(history().sums(ACME, POINTS, after, 1));
            after = all.get(all.size() - 1).customer();
        }
        return all;
    }

    private static ExpiringLot expiring(AccountId id, Lot lot) {
        Instant end = lot.expiresAt();
        return new ExpiringLot(id.customer(), lot.no(), lot.remaining(), end == null ? Instants.LAST : end);
    }

    private static List<Long> seqs(List<Entry> entries) {
        return entries.stream().map(Entry::seq).toList();
    }

    private static List<String> left(List<Lot> lots) {
        return lots.stream().map(lot -> lot.remaining() + "+" + lot.held()).toList();
    }
}
