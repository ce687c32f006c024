package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.tck.Race.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads want the same: the last points, one key, one refund, each other's value. Points and stored value keep every law. */
public abstract class StormContract extends FacadeContract {
    /** A contract. */
    protected StormContract() {}

    /** How often the last points are fought for. Default: 100. */
    protected int fights() {
        return 100;
    }

    /** How many transfers are made in all. Default: 20,000. */
    protected int transfers() {
        return 20_000;
    }

    @Test
    public final void of_sixty_four_that_want_the_last_thirty_two_points_half_succeed() {
        for (int fight = 0; fight < fights(); fight++) {
            CustomerId customer = crm().newCustomer(ACME);
            Points points = points();
            points.earn(customer, 32, Posting.key("earn"));

            List<Attempt<Long>> attempts = Race.of(
                    64,
                    i -> points.spend(customer, 1, Posting.key("spend/" + i))
                            .entry()
                            .balanceAfter());

            assertThat(attempts.stream().filter(Attempt::succeeded)).hasSize(32);
            assertThat(attempts.stream().filter(attempt -> !attempt.succeeded()))
                    .allSatisfy(
                            attempt -> assertThat(refused(attempt).code()).isEqualTo(AssetError.INSUFFICIENT_VALUE));
            assertThat(points.balance(customer).total()).isZero();
        }
        everySumAgrees();
    }

    @Test
    public final void twenty_threads_redeem_a_balance_once() {
        Points points = points();
        points.earn(ann, 100, Posting.key("earn"));

        List<Attempt<Long>> attempts = Race.of(
                20,
                i -> points.spend(ann, 100, Posting.key("spend/" + i)).entry().balanceAfter());

        assertThat(attempts.stream().filter(Attempt::succeeded)).hasSize(1);
        assertThat(attempts.stream().filter(attempt -> !attempt.succeeded()))
                .hasSize(19)
                .allSatisfy(attempt -> assertThat(refused(attempt).details())
                        .containsAllEntriesOf(Map.of("available", 0L, "missing", 100L)));
        assertThat(points.balance(ann).total()).isZero();
    }

    @Test
    public final void a_thousand_keys_sent_by_thirty_two_threads_book_a_thousand_times() {
        int keys = 1_000;
        Points points = points();
        points.earn(ann, 1, Posting.key("first"));

        List<Attempt<int[]>> attempts = Race.of(32, thread -> {
            int[] counts = new int[2];
            Random random = new Random(thread);
            for (int i = 0; i < keys; i++) {
                long amount = random.nextInt(5) == 0 ? 2 : 1;
                int key = i;
                Attempt<Long> attempt = Race.attempt(() -> points.earn(ann, amount, Posting.key("key/" + key))
                        .entry()
                        .seq());
                if (!attempt.succeeded()) {
                    assertThat(refused(attempt).code()).isEqualTo(CoreError.REQUEST_KEY_REUSED);
                }
                counts[attempt.succeeded() ? 0 : 1]++;
            }
            return counts;
        });

        assertThat(attempts).allMatch(Attempt::succeeded);
        assertThat(attempts.stream().mapToInt(attempt -> attempt.orFail()[1]).sum())
                .isPositive();
        assertThat(points.ledger().reads().account(ann).orElseThrow().seq()).isEqualTo(keys + 1);
        everySumAgrees();
    }

    @Test
    public final void a_spend_refunded_by_two_threads_is_refunded_once() {
        int spends = 500;
        Points points = points();
        points.earn(ann, spends, Posting.key("earn"));
        for (int i = 0; i < spends; i++) {
            points.spend(ann, 1, Posting.key("spend/" + i));
        }

        List<Attempt<Integer>> attempts = Race.of(2, thread -> {
            int refunded = 0;
            for (int i = 0; i < spends; i++) {
                int spend = i;
                Attempt<Long> attempt = Race.attempt(() -> points.refund(
                                ann, RequestKey.of("spend/" + spend), 1, Posting.key("refund/" + thread + "/" + spend))
                        .entry()
                        .seq());
                refunded += attempt.succeeded() ? 1 : 0;
            }
            return refunded;
        });

        assertThat(attempts.stream().mapToInt(Attempt::orFail).sum()).isEqualTo(spends);
        assertThat(points.balance(ann).total()).isEqualTo(spends);
        everySumAgrees();
    }

    @Test
    public final void transfers_in_every_direction_conserve_the_total_and_nobody_deadlocks() {
        int threads = 20;
        Points points = points();
        List<CustomerId> customers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CustomerId customer = crm().newCustomer(ACME);
            points.earn(customer, 1_000, Posting.key("earn"));
            customers.add(customer);
        }

        List<Attempt<Integer>> attempts = Race.of(threads, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < transfers() / threads; i++) {
                int from = random.nextInt(5);
                int to = (from + 1 + random.nextInt(4)) % 5;
                Posting posting = Posting.key("transfer/" + thread + "/" + i);
                Attempt<Long> attempt = Race.attempt(
                        () -> points.transfer(customers.get(from), customers.get(to), 1 + random.nextInt(50), posting)
                                .entry()
                                .seq());
                if (!attempt.succeeded()) {
                    assertThat(refused(attempt).code()).isEqualTo(AssetError.INSUFFICIENT_VALUE);
                }
            }
            return thread;
        });

        assertThat(attempts.stream().map(Attempt::orFail))
                .containsExactlyElementsOf(IntStream.range(0, threads).boxed().toList());
        assertThat(customers.stream()
                        .mapToLong(customer -> points.balance(customer).total())
                        .sum())
                .isEqualTo(5_000);
        everySumAgrees();
    }

    private static CrmException refused(Attempt<?> attempt) {
        return Objects.requireNonNull(attempt.refusal(), "not refused");
    }

    private void everySumAgrees() {
        assertThat(points().ledger().reads().sums(PageRequest.first(1000)).items())
                .allMatch(AccountSums::agree);
    }
}
