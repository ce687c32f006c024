package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.RequestKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RacingRegistrationsTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 8;

    @ParameterizedTest
    @EnumSource
    void of_one_phone_one_wins_and_the_others_are_told(Engine engine) throws Exception {
        var crm = new TestCrm(engine);
        for (int round = 0; round < ROUNDS; round++) {
            String phone = "1380013" + (1000 + round);
            int number = round;

            List<String> answers = race(i -> () -> answer(
                    crm,
                    Registration.of("Ann")
                            .phone(phone)
                            .memberCard("R" + number + "-" + i)
                            .key("reg-" + number + "-" + i)));

            assertThat(answers).containsOnlyOnce("registered");
            assertThat(new HashSet<>(answers)).isEqualTo(Set.of("registered", "IDENTITY_TAKEN"));
        }
        assertThat(crm.rows("crm_customer")).isEqualTo(ROUNDS);
        assertThat(crm.rows("crm_identity_lookup")).isEqualTo(4 * ROUNDS);
        assertThat(crm.rows("crm_outbox")).isEqualTo(ROUNDS);
    }

    @ParameterizedTest
    @EnumSource
    void under_one_key_are_one(Engine engine) throws Exception {
        var crm = new TestCrm(engine);
        for (int round = 0; round < ROUNDS; round++) {
            var ann = Registration.of("Ann").phone("1380013" + (1000 + round)).key("reg-" + round);

            List<Customer> answers = race(i -> () -> crm.customers.register(ann));

            assertThat(new HashSet<>(answers)).hasSize(1);
        }
        assertThat(crm.rows("crm_customer")).isEqualTo(ROUNDS);
        assertThat(crm.rows("crm_request")).isEqualTo(ROUNDS);
    }

    @ParameterizedTest
    @EnumSource
    void of_one_person_in_transactions_of_hosts_end_none_of_them(Engine engine) throws Exception {
        var crm = new TestCrm(engine);
        for (int round = 0; round < ROUNDS; round++) {
            var ann = Registration.of("Ann").phone("1380013" + (1000 + round)).email("ann" + round + "@example.com");
            int number = round;

            List<String> answers = race(i -> () -> inHostTransaction(crm, ann.key("reg-" + number + "-" + i)));

            assertThat(answers).containsOnlyOnce("registered");
            assertThat(new HashSet<>(answers)).isEqualTo(Set.of("registered", "IDENTITY_TAKEN"));
        }
    }

    /** Not on MariaDB: when a claim of several is undone, InnoDB may make a victim of one who waited for a part of it. */
    @ParameterizedTest
    @EnumSource(names = "MARIADB", mode = EnumSource.Mode.EXCLUDE)
    void of_overlapping_people_in_transactions_of_hosts_end_none_of_them(Engine engine) throws Exception {
        var crm = new TestCrm(engine);
        for (int round = 0; round < ROUNDS; round++) {
            int number = round;

            List<String> answers = race(i -> () -> inHostTransaction(crm, threeOfSix(number, i)));

            assertThat(new HashSet<>(answers)).isEqualTo(Set.of("registered", "IDENTITY_TAKEN"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void with_one_identity_added_by_others_leave_it_with_one_holder(Engine engine) throws Exception {
        var crm = new TestCrm(engine);
        List<Customer> holders = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            holders.add(crm.customers.register(Registration.of("H" + i).key("h-" + i)));
        }
        for (int round = 0; round < ROUNDS; round++) {
            Identity card = Identity.memberCard("card-" + round);
            int number = round;

            List<String> answers = race(i -> () -> i % 2 == 0
                    ? answer(crm, Registration.of("N").identity(card).key("n-" + number + "-" + i))
                    : outcome(
                            () -> crm.customers.addIdentity(holders.get(i).id(), card, RequestKey.of("a-" + number))));

            assertThat(answers).containsOnlyOnce("registered");
            assertThat(new HashSet<>(answers)).isEqualTo(Set.of("registered", "IDENTITY_TAKEN"));
            Customer holder = crm.customers.findBy(card).orElseThrow();
            assertThat(holder.identities()).contains(card);
        }
    }

    private static String inHostTransaction(TestCrm crm, Registration registration) throws SQLException {
        try (var host = crm.hostTransaction()) {
            String answer = crm.on(host, () -> answer(crm, registration));
            host.commit();
            return answer;
        }
    }

    /** Three identities that others want too, in an order of its own. */
    private static Registration threeOfSix(int round, int racer) {
        var registration = Registration.of("Ann").key("reg-" + round + "-" + racer);
        for (int n = 0; n < 3; n++) {
            int pick = (racer * 5 + n * (racer % 2 == 0 ? 1 : 5)) % 6;
            registration = registration.externalId("r" + round, "C" + pick);
        }
        return registration;
    }

    private static String answer(TestCrm crm, Registration registration) {
        return outcome(() -> crm.customers.register(registration));
    }

    private static String outcome(Callable<Customer> command) {
        try {
            command.call();
            return "registered";
        } catch (CrmException e) {
            return e.code().name();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static <T> List<T> race(IntFunction<Callable<T>> racers) throws Exception {
        var start = new CyclicBarrier(THREADS);
        var pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Callable<T> racer = racers.apply(i);
                running.add(pool.submit(() -> {
                    start.await();
                    return racer.call();
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> done : running) {
                answers.add(done.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }
}
