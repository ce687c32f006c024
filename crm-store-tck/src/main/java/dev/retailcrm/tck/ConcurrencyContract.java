package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many threads that do different things at once: nothing is lost, nobody hangs, no deadlock reaches a caller, and who looks meanwhile sees
 * whole bookings only. Where many want the same, see {@link StormContract}.
 */
public abstract class ConcurrencyContract extends FacadeContract {
    /** A contract. */
    protected ConcurrencyContract() {}

    @Test
    public final void transfers_conserve_the_total_at_every_look() {
        int each = 200;
        List<CustomerId> customers =
                IntStream.range(0, 5).mapToObj(i -> crm().newCustomer(ACME)).toList();
        customers.forEach(customer -> points().earn(customer, 1000, by("earn")));
        try (var race = new Race()) {
            Future<List<Race.Attempt<Integer>>> storm = race.start(() -> Race.of(20, thread -> {
                var random = new SplittableRandom(thread);
                for (int i = 0; i < each; i++) {
                    transfer(customers, random, thread + "-" + i);
                }
                return each;
            }));
            do {
                assertThat(total()).as("the total while transfers go on").isEqualTo(5000);
            } while (!storm.isDone());

            assertThat(Race.result(storm)).allMatch(attempt -> attempt.orFail() == each);
        }
        assertThat(total()).isEqualTo(5000);
        assertThat(sums()).allMatch(AccountSums::agree);
    }

    private void transfer(List<CustomerId> customers, SplittableRandom random, String key) {
        int from = random.nextInt(5);
        int to = (from + 1 + random.nextInt(4)) % 5;
        try {
            points().transfer(customers.get(from), customers.get(to), 1 + random.nextInt(40), by(key));
        } catch (CrmException e) {
            assertThat(e.code()).as("%s", e).isEqualTo(AssetError.INSUFFICIENT_VALUE);
        }
    }

    @Test
    public final void of_many_commands_of_every_kind_on_one_account_the_books_agree() {
        CustomerId bob = crm().newCustomer(ACME);
        points().earn(ann, 500, by("earn"));

        Race.of(12, thread -> {
            for (int i = 0; i < 60; i++) {
                String key = thread + "-" + i;
                switch ((thread + i) % 6) {
                    case 0 -> points().earn(ann, 5, by(key));
                    case 1 -> Race.attempt(() -> points().spend(ann, 4, by(key)));
                    case 2 ->
                        Race.attempt(() -> points().hold(ann, 3, Duration.ofDays(1), by(key)))
                                .andThen(held -> points().capture(ann, held.holdNo(), 2, by(key + "c")));
                    case 3 ->
                        Race.attempt(() -> points().spend(ann, 7, by(key)))
                                .andThen(spent -> points().refund(ann, RequestKey.of(key), 5, by(key + "r")));
                    case 4 -> Race.attempt(() -> points().transfer(ann, bob, 2, by(key)));
                    default -> Race.attempt(() -> points().transfer(bob, ann, 1, by(key)));
                }
            }
            return thread;
        });

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
        Customers customers =
                Customers.builder(ACME, crm().clock()).in(crm().customers(), crm().requests(), crm().unitOfWork());
        for (int round = 0; round < 10; round++) {
            String phone = "+86138123456" + (10 + round);
            String key = "round-" + round + "-";

            List<Race.Attempt<Customer>> attempts = Race.of(
                    12,
                    till -> customers.register(
                            Registration.of("Ann").phone(phone).key(key + till)));

            assertThat(attempts.stream().filter(Race.Attempt::succeeded))
                    .as("%s", attempts)
                    .hasSize(1);
            assertThat(attempts.stream().filter(it -> !it.succeeded()).map(ConcurrencyContract::code))
                    .containsOnly(CoreError.IDENTITY_TAKEN.name());
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

        List<Race.Attempt<List<Claimed>>> claims = Race.of(8, relay -> {
            List<Claimed> mine = new ArrayList<>();
            List<Claimed> some;
            do {
                some = crm().unitOfWork()
                        .run(() -> crm().outbox().claim(ACME, new Claim(null, 25, T0, T0.plusSeconds(60))));
                List<Claimed> done = some;
                mine.addAll(done);
                commit(() -> crm().outbox()
                        .delivered(
                                ACME, done.stream().map(it -> it.event().key()).toList()));
            } while (!some.isEmpty());
            return mine;
        });

        assertThat(claims.stream()
                        .flatMap(it -> it.orFail().stream())
                        .map(it -> it.event().id()))
                .doesNotHaveDuplicates();
        assertThat(claims.stream()
                        .flatMap(it -> it.orFail().stream())
                        .filter(it -> it.event().customer().equals(ann)
                                && it.event().source().equals("wallet")))
                .hasSize(count);
    }

    private static String code(Race.Attempt<?> attempt) {
        return Objects.requireNonNull(attempt.refusal()).code().name();
    }

    private List<AccountSums> sums() {
        return points().ledger().reads().sums(PageRequest.first(1000)).items();
    }

    private long total() {
        return sums().stream().mapToLong(AccountSums::posted).sum();
    }
}
