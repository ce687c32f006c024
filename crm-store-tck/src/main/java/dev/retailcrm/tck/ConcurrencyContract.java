package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.stored.MoneyBooking;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorCode;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import dev.retailcrm.tck.Race.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many threads at once, that want the same or different things: the last points, one key, one refund, each other's value. Nothing is lost
 * or given twice, no deadlock reaches a caller, and who looks meanwhile sees whole bookings only.
 */
public abstract class ConcurrencyContract extends FacadeContract {
    /** A contract. */
    protected ConcurrencyContract() {}

    /** How often the last points are fought for. Default: 100. */
    protected int fights() {
        return 100;
    }

    /** How many transfers are made in a storm of them, a multiple of 20. Default: 20,000. */
    protected int transfers() {
        return 20_000;
    }

    // --- the same

    @Test
    public final void of_sixty_four_that_want_the_last_thirty_two_points_half_succeed() {
        for (int fight = 0; fight < fights(); fight++) {
            CustomerId customer = crm().newCustomer(ACME);
            points().earn(customer, 32, by("earn"));

            List<Attempt<Booking>> attempts = Race.of(64, i -> points().spend(customer, 1, by("spend/" + i)));

            assertThat(attempts).filteredOn(Attempt::succeeded).hasSize(32);
            assertRefused(attempts, 32, AssetError.INSUFFICIENT_VALUE);
            assertThat(points().balance(customer).total()).isZero();
        }
        assertSumsAgree();
    }

    @Test
    public final void of_twenty_that_redeem_the_last_hundred_points_one_succeeds() {
        points().earn(ann, 100, by("earn"));

        List<Attempt<Booking>> attempts = Race.of(20, till -> points().spend(ann, 100, by("till-" + till)));

        assertThat(attempts).filteredOn(Attempt::succeeded).hasSize(1);
        assertRefused(attempts, 19, AssetError.INSUFFICIENT_VALUE);
        assertThat(attempts)
                .filteredOn(attempt -> !attempt.succeeded())
                .allSatisfy(attempt -> assertThat(refusal(attempt).details())
                        .containsEntry("available", 0L)
                        .containsEntry("missing", 100L));
        assertThat(lines(points())).containsExactly("EARN 100", "SPEND -100");
    }

    @Test
    public final void of_five_that_pay_eighty_from_a_hundred_one_succeeds() {
        stored().topUp(ann, TopUp.of(yuan("100.00")), by("top-up"));

        List<Attempt<MoneyBooking>> attempts =
                Race.of(5, till -> stored().spend(ann, yuan("80.00"), by("till-" + till)));

        assertThat(attempts).filteredOn(Attempt::succeeded).hasSize(1);
        assertRefused(attempts, 4, AssetError.INSUFFICIENT_VALUE);
        assertThat(stored().balance(ann).available()).isEqualTo(yuan("20.00"));
    }

    @Test
    public final void of_five_that_pay_up_to_eighty_from_a_hundred_one_gets_eighty_and_one_twenty() {
        stored().topUp(ann, TopUp.of(yuan("100.00")), by("top-up"));

        List<Attempt<MoneyBooking>> attempts =
                Race.of(5, till -> stored().spendUpTo(ann, yuan("80.00"), by("till-" + till)));

        assertThat(attempts.stream()
                        .filter(Attempt::succeeded)
                        .map(attempt -> attempt.orFail().amount()))
                .containsExactlyInAnyOrder(yuan("-80.00"), yuan("-20.00"));
        assertRefused(attempts, 3, AssetError.INSUFFICIENT_VALUE);
        assertThat(stored().balance(ann).total()).isEqualTo(yuan("0.00"));
    }

    @Test
    public final void a_thousand_keys_sent_by_thirty_two_threads_book_a_thousand_times() {
        int keys = 1_000;
        points().earn(ann, 1, by("first"));

        List<long[]> answers = Race.of(32, thread -> {
                    long[] booked = new long[keys];
                    for (int key = 0; key < keys; key++) {
                        long amount = amount(thread, key);
                        Posting posting = by("key/" + key);
                        Attempt<Booking> attempt = Race.attempt(() -> points().earn(ann, amount, posting));
                        booked[key] = attempt.succeeded()
                                ? attempt.orFail().entry().seq()
                                : refused(attempt, CoreError.REQUEST_KEY_REUSED);
                    }
                    return booked;
                })
                .stream()
                .map(Attempt::orFail)
                .toList();

        List<Entry> entries = entries(points());
        assertThat(entries).hasSize(keys + 1);
        for (Entry entry : entries.subList(1, keys + 1)) {
            int key = Integer.parseInt(String.valueOf(entry.key()).substring("key/".length()));
            for (int thread = 0; thread < answers.size(); thread++) {
                assertThat(answers.get(thread)[key])
                        .as("the answer to thread %d, which sent %d under %s", thread, amount(thread, key), entry)
                        .isEqualTo(amount(thread, key) == entry.amount() ? entry.seq() : 0);
            }
        }
        assertSumsAgree();
    }

    /** What a thread sends under a key: one in five sends something else. */
    private static long amount(int thread, int key) {
        return new SplittableRandom(thread * 1_000_003L + key).nextInt(5) == 0 ? 2 : 1;
    }

    @Test
    public final void of_two_that_refund_five_hundred_uses_each_use_is_refunded_once() {
        int uses = 500;
        points().earn(ann, uses, by("earn"));
        for (int i = 0; i < uses; i++) {
            points().spend(ann, 1, by("spend/" + i));
        }

        List<boolean[]> refunded = Race.of(2, thread -> {
                    boolean[] mine = new boolean[uses];
                    for (int i = 0; i < uses; i++) {
                        RequestKey use = RequestKey.of("spend/" + i);
                        Posting posting = by("refund/" + thread + "/" + i);
                        Attempt<Booking> attempt = Race.attempt(() -> points().refund(ann, use, 1, posting));
                        mine[i] = attempt.succeeded();
                        if (!attempt.succeeded()) {
                            refused(attempt, AssetError.REVERSAL_EXCEEDS_BOOKING);
                        }
                    }
                    return mine;
                })
                .stream()
                .map(Attempt::orFail)
                .toList();

        for (int i = 0; i < uses; i++) {
            assertThat(refunded.get(0)[i]).as("use %d", i).isNotEqualTo(refunded.get(1)[i]);
        }
        assertThat(available()).isEqualTo(uses);
        assertSumsAgree();
    }

    // --- different things

    @Test
    public final void transfers_in_every_direction_conserve_the_total_at_every_look() {
        int threads = 20;
        int each = transfers() / threads;
        List<CustomerId> customers =
                IntStream.range(0, 5).mapToObj(i -> crm().newCustomer(ACME)).toList();
        customers.forEach(customer -> points().earn(customer, 20_000, by("earn")));

        List<Attempt<Integer>> attempts = Race.of(threads, thread -> {
            var random = new SplittableRandom(thread);
            for (int i = 0; i < each; i++) {
                transfer(customers, random, thread + "-" + i);
                if (i % 200 == thread) {
                    assertThat(total()).as("the total while transfers go on").isEqualTo(100_000);
                }
            }
            return each;
        });

        assertThat(attempts).allMatch(attempt -> attempt.orFail() == each);
        assertThat(total()).isEqualTo(100_000);
        assertSumsAgree();
    }

    private void transfer(List<CustomerId> customers, SplittableRandom random, String key) {
        int from = random.nextInt(5);
        int to = (from + 1 + random.nextInt(4)) % 5;
        int amount = 1 + random.nextInt(40);
        unlessShort(() -> points().transfer(customers.get(from), customers.get(to), amount, by(key)));
    }

    @Test
    public final void of_many_commands_of_every_kind_on_one_account_the_books_agree() {
        CustomerId bob = crm().newCustomer(ACME);
        points().earn(ann, 500, by("earn"));

        List<Attempt<Integer>> attempts = Race.of(12, thread -> {
            for (int i = 0; i < 60; i++) {
                String key = thread + "-" + i;
                switch ((thread + i) % 6) {
                    case 0 -> points().earn(ann, 5, by(key));
                    case 1 -> unlessShort(() -> points().spend(ann, 4, by(key)));
                    case 2 ->
                        unlessShort(() -> points().hold(ann, 3, Duration.ofDays(1), by(key)))
                                .andThen(held -> points().capture(ann, held.holdNo(), 2, by(key + "c")));
                    case 3 ->
                        unlessShort(() -> points().spend(ann, 7, by(key)))
                                .andThen(spent -> points().refund(ann, RequestKey.of(key), 5, by(key + "r")));
                    case 4 -> unlessShort(() -> points().transfer(ann, bob, 2, by(key)));
                    default -> unlessShort(() -> points().transfer(bob, ann, 1, by(key)));
                }
            }
            return thread;
        });

        assertThat(attempts).allSatisfy(Attempt::orFail);
        assertThat(sums()).hasSize(2).allMatch(AccountSums::agree);
        assertThat(points().account(ann).orElseThrow().holds()).isEmpty();
        assertThat(points().ledger().reads().flows(null, null)).containsEntry(EntryType.HOLD, 0L);
        assertThat(total())
                .isEqualTo(points().ledger().reads().flows(null, null).values().stream()
                        .mapToLong(it -> it)
                        .sum());
    }

    @Test
    public final void of_many_tills_that_register_one_phone_one_makes_the_customer() {
        Customers customers = customers();
        for (int round = 0; round < 10; round++) {
            String phone = "+86138123456" + (10 + round);
            String key = "round-" + round + "-";

            List<Attempt<Customer>> attempts = Race.of(
                    12,
                    till -> customers.register(
                            Registration.of("Ann").phone(phone).key(key + till)));

            assertThat(attempts).filteredOn(Attempt::succeeded).hasSize(1);
            assertRefused(attempts, 11, CoreError.IDENTITY_TAKEN);
        }
    }

    @Test
    public final void of_many_relays_each_event_is_claimed_by_one() {
        int count = 200;
        for (int i = 0; i < count; i++) {
            points().earn(ann, 1, by("e" + i));
        }
        List<CustomerId> others =
                IntStream.range(0, 20).mapToObj(i -> crm().newCustomer(ACME)).toList();
        others.forEach(customer -> points().earn(customer, 1, by("e")));

        List<EventEnvelope> claimed = Race.of(8, relay -> {
                    List<Claimed> mine = new ArrayList<>();
                    List<Claimed> some;
                    do {
                        some = crm().unitOfWork()
                                .run(() -> crm().outbox().claim(ACME, new Claim(null, 25, T0, T0.plusSeconds(60))));
                        List<Claimed> done = some;
                        mine.addAll(done);
                        commit(() -> crm().outbox()
                                .delivered(
                                        ACME,
                                        done.stream()
                                                .map(it -> it.event().key())
                                                .toList()));
                    } while (!some.isEmpty());
                    return mine;
                })
                .stream()
                .flatMap(attempt -> attempt.orFail().stream())
                .map(Claimed::event)
                .toList();

        assertThat(claimed).extracting(EventEnvelope::id).doesNotHaveDuplicates();
        assertThat(claimed)
                .filteredOn(
                        event -> event.customer().equals(ann) && event.source().equals("wallet"))
                .hasSize(count);
    }

    /** Tries something that may be refused because there is too little, and for nothing else. */
    private static <T> Attempt<T> unlessShort(Supplier<T> command) {
        Attempt<T> attempt = Race.attempt(command);
        if (!attempt.succeeded()) {
            refused(attempt, AssetError.INSUFFICIENT_VALUE);
        }
        return attempt;
    }

    private static CrmException refusal(Attempt<?> attempt) {
        return Objects.requireNonNull(attempt.refusal(), "not refused");
    }

    /** Asserts why it was refused; returns 0. */
    private static long refused(Attempt<?> attempt, ErrorCode why) {
        assertThat(refusal(attempt).code()).as("%s", attempt.refusal()).isEqualTo(why);
        return 0;
    }

    private static void assertRefused(List<? extends Attempt<?>> attempts, int times, ErrorCode why) {
        assertThat(attempts)
                .filteredOn(attempt -> !attempt.succeeded())
                .hasSize(times)
                .allSatisfy(attempt -> refused(attempt, why));
    }

    private List<AccountSums> sums() {
        return points().ledger().reads().sums(PageRequest.first(1000)).items();
    }

    private void assertSumsAgree() {
        assertThat(sums()).allMatch(AccountSums::agree);
    }

    private long total() {
        return sums().stream().mapToLong(AccountSums::posted).sum();
    }
}
