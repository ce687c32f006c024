package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.spi.UnitOfWork;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The rules of {@link UnitOfWork}; work is done through the ledger store. */
public abstract class UnitOfWorkContract extends LedgerPortContract {
    /** A contract. */
    protected UnitOfWorkContract() {}

    private UnitOfWork work() {
        return crm().unitOfWork();
    }

    /** Books 1 under a key in the current transaction. */
    private boolean book(AccountId id, String key) {
        return ledger().apply(ChangeDraft.earn(ledger().open(id), key, T0, LotSpec.of(1)));
    }

    private long posted(AccountId id) {
        return crm().ledgerHistory().find(id).map(account -> account.posted()).orElse(0L);
    }

    @Test
    public final void uw_1_what_an_own_transaction_wrote_is_committed_when_it_returns() {
        String result = work().run(() -> {
            book(ann, "k1");
            book(ann, "k2");
            return "done";
        });

        assertThat(result).isEqualTo("done");
        try (var race = new Race()) {
            assertThat(Race.result(race.start(() -> posted(ann)))).isEqualTo(2L);
        }
    }

    @Test
    public final void uw_1_nothing_of_an_own_transaction_is_committed_when_it_throws() {
        book();
        List<String> before = crm().dump();
        List<Throwable> thrown = List.of(
                new IllegalStateException("ours"),
                AssetError.INSUFFICIENT_VALUE.because("a refusal"),
                new AssertionError("an error"));

        for (Throwable failure : thrown) {
            assertThatThrownBy(() -> work().run(() -> {
                        book(ann, "k");
                        return raise(failure);
                    }))
                    .isSameAs(failure);
            assertThat(crm().dump()).isEqualTo(before);
        }
        assertThat(work().run(() -> book(ann, "k"))).as("the key is free").isTrue();
    }

    @Test
    public final void uw_1_an_own_transaction_that_threw_is_over() {
        assertThatThrownBy(() -> work().run(() -> raise(new IllegalStateException("ours"))))
                .isInstanceOf(IllegalStateException.class);

        work().run(() -> book(ann, "k"));

        try (var race = new Race()) {
            assertThat(Race.result(race.start(() -> posted(ann)))).isEqualTo(1L);
        }
    }

    @Test
    public final void uw_2_joined_work_is_committed_by_its_owner_only() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            work().run(() -> book(ann, "k"));
            assertThat(Race.result(race.start(() -> posted(ann)))).as("before").isZero();

            host.commit();

            assertThat(Race.result(race.start(() -> posted(ann)))).as("after").isEqualTo(1L);
        }
    }

    @Test
    public final void uw_2_joined_work_is_rolled_back_with_its_owner() {
        List<String> before = crm().dump();

        rolledBack(() -> {
            work().run(() -> book(ann, "k1"));
            work().run(() -> work().run(() -> book(ann, "k2")));
        });

        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void uw_2_joined_work_that_throws_rolls_nothing_back() {
        try (HostTransaction host = crm().begin()) {
            assertThatThrownBy(() -> work().run(() -> {
                        book(ann, "k");
                        return raise(new IllegalStateException("ours"));
                    }))
                    .isInstanceOf(IllegalStateException.class);
            host.commit();
        }

        assertThat(posted(ann)).isEqualTo(1);
    }

    @Test
    public final void uw_2_nested_work_belongs_to_the_outer() {
        book();
        assertThatThrownBy(() -> work().run(() -> {
                    work().run(() -> book(ann, "inner"));
                    return raise(new IllegalStateException("ours"));
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(posted(ann)).isEqualTo(1);
    }

    @Test
    public final void uw_2_a_transaction_belongs_to_its_thread() {
        AccountId bob = new AccountId(ACME, nobody(), POINTS);
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            work().run(() -> book(ann, "k"));

            Race.result(race.start(() -> work().run(() -> book(bob, "k"))));
            host.rollback();
        }
        assertThat(posted(ann)).isZero();
        assertThat(posted(bob)).isEqualTo(1);
    }

    @Test
    public final void uw_3_a_refusal_leaves_the_transaction_usable() {
        book();
        List<CrmException> refusals = List.of(
                CoreError.INVALID_VALUE.because("invalid"),
                AssetError.INSUFFICIENT_VALUE.because("rejected"),
                CoreError.REQUEST_KEY_REUSED.because("conflict about content"));
        try (HostTransaction host = crm().begin()) {
            for (CrmException refusal : refusals) {
                assertThatThrownBy(() -> work().run(() -> {
                            assertThat(book(ann, "first")).as("a booked key").isFalse();
                            return raise(refusal);
                        }))
                        .isSameAs(refusal);
            }
            work().run(() -> book(ann, "k"));
            host.commit();
        }
        assertThat(posted(ann)).isEqualTo(2);
    }

    @Test
    public final void uw_4_own_work_that_lost_a_deadlock_is_run_again() {
        AccountId bob = new AccountId(ACME, nobody(), POINTS);
        work().run(() -> book(ann, "open"));
        work().run(() -> book(bob, "open"));
        var runs = new AtomicInteger();
        var bothHaveOne = new CountDownLatch(2);

        List<Race.Attempt<Boolean>> attempts = Race.of(
                2,
                thread -> work().run(() -> {
                    assertThat(runs.incrementAndGet()).as("runs of both").isLessThanOrEqualTo(6);
                    ledger().lock(thread == 0 ? ann : bob);
                    bothHaveOne.countDown();
                    await(bothHaveOne);
                    ledger().lock(thread == 0 ? bob : ann);
                    return book(thread == 0 ? ann : bob, "t" + thread) && book(thread == 0 ? bob : ann, "u" + thread);
                }));

        assertThat(attempts).allMatch(attempt -> attempt.orFail());
        assertThat(runs.get()).as("one was run again").isGreaterThan(2);
        assertThat(posted(ann) + posted(bob)).isEqualTo(6);
    }

    @Test
    public final void uw_4_joined_work_that_lost_a_deadlock_loses_the_transaction() {
        AccountId bob = new AccountId(ACME, nobody(), POINTS);
        work().run(() -> book(ann, "open"));
        work().run(() -> book(bob, "open"));
        var bothHaveOne = new CountDownLatch(2);

        List<Race.Attempt<String>> attempts = Race.of(2, thread -> {
            try (HostTransaction host = crm().begin()) {
                work().run(() -> book(thread == 0 ? ann : bob, "t" + thread));
                bothHaveOne.countDown();
                await(bothHaveOne);
                try {
                    work().run(() -> book(thread == 0 ? bob : ann, "u" + thread));
                    host.commit();
                    return "committed";
                } catch (CrmException lost) {
                    assertThat(lost.code()).isEqualTo(CoreError.TRANSACTION_LOST);
                    assertEveryCallIsRefused();
                    host.rollback();
                    return "lost";
                }
            }
        });

        assertThat(attempts).extracting(Race.Attempt::orFail).containsExactlyInAnyOrder("committed", "lost");
        assertThat(posted(ann) + posted(bob)).isEqualTo(4);
    }

    private void assertEveryCallIsRefused() {
        List<Runnable> calls = List.of(
                () -> work().run(() -> true), () -> work().read(() -> true), () -> work().run(() -> book(ann, "late")));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            CrmException.class,
                            again -> assertThat(again.code()).isEqualTo(CoreError.TRANSACTION_LOST));
        }
    }

    @Test
    public final void uw_4_a_lost_transaction_does_not_follow_into_the_next() {
        AccountId bob = new AccountId(ACME, nobody(), POINTS);
        deadlock(ann, bob);

        Race.of(2, thread -> work().run(() -> book(thread == 0 ? ann : bob, "next")));

        assertThat(posted(ann) + posted(bob)).isGreaterThanOrEqualTo(4);
    }

    private void deadlock(AccountId one, AccountId two) {
        work().run(() -> book(one, "open"));
        work().run(() -> book(two, "open"));
        var bothHaveOne = new CountDownLatch(2);
        Race.of(2, thread -> {
            try (HostTransaction host = crm().begin()) {
                ledger().lock(thread == 0 ? one : two);
                bothHaveOne.countDown();
                await(bothHaveOne);
                ledger().lock(thread == 0 ? two : one);
                host.rollback();
            }
            return thread;
        });
    }

    @Test
    public final void read_work_sees_the_current_transaction() {
        try (HostTransaction host = crm().begin()) {
            work().run(() -> book(ann, "k"));
            assertThat(work().read(() -> posted(ann))).isEqualTo(1L);
            host.rollback();
        }
        assertThat(work().read(() -> posted(ann))).isZero();
    }

    @Test
    public final void read_work_sees_what_is_committed_when_each_statement_starts() {
        book();
        List<Long> seen = work().read(() -> {
            long before = posted(ann);
            try (var race = new Race()) {
                Future<Boolean> other = race.start(() -> work().run(() -> book(ann, "k")));
                Race.result(other);
            }
            return List.of(before, posted(ann));
        });

        assertThat(seen).containsExactly(1L, 2L);
    }

    private void book() {
        work().run(() -> book(ann, "first"));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(Race.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the other thread does not come");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static boolean raise(Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw (Error) failure;
    }
}
