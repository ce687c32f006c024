package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.customer.RegistrationOutcome;
import dev.retailcrm.core.customer.RegistrationOutcome.Status;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link Customers#registerAll} does, whatever the store. */
public abstract class RegistrationBatchContract extends FacadeContract {
    /** A contract. */
    protected RegistrationBatchContract() {}

    @Test
    public final void each_is_registered_repeated_or_refused_for_itself() {
        Customer known =
                customers().register(Registration.of("Known").memberCard("K").key("known"));
        List<Registration> people = List.of(
                full("Dora", "+8613800138000").key("dora"),
                Registration.unnamed().key("nobody"),
                Registration.of("Thief").memberCard("K").key("thief"),
                Registration.of("Known").memberCard("K").key("known"),
                Registration.of("Other").key("known"),
                Registration.of("Twin").phone("+8613800138000").key("twin"),
                full("Dora", "+8613800138000").key("dora"),
                Registration.of("Tomorrow")
                        .at(crm().clock().instant().plus(DAY.multipliedBy(3)))
                        .key("tomorrow"));

        List<RegistrationOutcome> outcomes = customers().registerAll(people);

        assertThat(outcomes)
                .extracting(RegistrationBatchContract::text)
                .containsExactly(
                        "REGISTERED",
                        "REFUSED INVALID_VALUE",
                        "REFUSED IDENTITY_TAKEN",
                        "REPEATED",
                        "REFUSED REQUEST_KEY_REUSED",
                        "REFUSED IDENTITY_TAKEN",
                        "REPEATED",
                        "REFUSED INSTANT_OUT_OF_RANGE");
        CustomerId dora = Objects.requireNonNull(outcomes.get(0).customer());
        assertThat(holder(outcomes.get(2))).isEqualTo(known.id());
        assertThat(outcomes.get(3).customer()).isEqualTo(known.id());
        assertThat(holder(outcomes.get(5))).isEqualTo(dora);
        assertThat(outcomes.get(6).customer()).isEqualTo(dora);
        Customer single = customers().register(full("Dora", "+8613800138001").key("single"));
        Customer batched = customers().find(dora).orElseThrow();
        assertThat(batched.profile()).isEqualTo(single.profile());
        assertThat(batched.joining()).isEqualTo(single.joining());
        assertThat(customers().findByPhone("+8613800138000").map(Customer::id)).contains(dora);
        assertThat(customers()
                        .register(full("Dora", "+8613800138000").key("dora"))
                        .id())
                .isEqualTo(dora);
    }

    @Test
    public final void a_batch_repeated_after_merges_and_erasure_writes_nothing() {
        List<Registration> people = List.of(
                Registration.of("A").memberCard("A").key("a"),
                Registration.of("B").memberCard("B").key("b"));
        List<RegistrationOutcome> first = customers().registerAll(people);
        privacy().erase(Objects.requireNonNull(first.get(0).customer()), RequestKey.of("forget"));
        List<String> before = crm().dump();

        assertThat(customers().registerAll(people))
                .extracting(RegistrationOutcome::status)
                .containsOnly(Status.REPEATED);
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void outcomes_do_not_depend_on_how_a_list_is_cut_and_are_those_of_a_rehearsal() {
        customers().register(Registration.of("Known").memberCard("card-3").key("known"));
        List<Registration> people = new ArrayList<>(people(new Random(7)));
        people.addAll(people.subList(0, 20));
        List<String> oneByOne = new ArrayList<>();
        List<String> rehearsed = new ArrayList<>();
        List<String> before = crm().dump();

        Customers.Rehearsal rehearsal = customers().rehearsal();
        for (int from = 0; from < people.size(); from += 7) {
            List<Registration> part = people.subList(from, Math.min(from + 7, people.size()));
            rehearsal.registerAll(part).forEach(it -> rehearsed.add(text(it)));
        }
        assertThat(crm().dump()).isEqualTo(before);
        try (HostTransaction host = crm().begin()) {
            people.forEach(
                    it -> oneByOne.add(text(customers().registerAll(List.of(it)).get(0))));
            host.rollback();
        }

        assertThat(rehearsed).isEqualTo(oneByOne);
        assertThat(customers().registerAll(people))
                .extracting(RegistrationBatchContract::text)
                .isEqualTo(oneByOne);
        assertThat(oneByOne).contains("REGISTERED", "REPEATED", "REFUSED IDENTITY_TAKEN", "REFUSED REQUEST_KEY_REUSED");
    }

    @Test
    public final void batches_at_once_register_nobody_twice() {
        Race.of(8, thread -> {
                    List<Registration> mine = new ArrayList<>(IntStream.range(0, 40)
                            .mapToObj(i ->
                                    Registration.of("P" + i).memberCard("p" + i).key("p" + i))
                            .toList());
                    Collections.shuffle(mine, new Random(thread));
                    return customers().registerAll(mine);
                })
                .forEach(attempt -> assertThat(attempt.orFail())
                        .extracting(RegistrationOutcome::status)
                        .doesNotContain(Status.REFUSED));

        assertThat(crm().unitOfWork().read(() -> crm().customers().customers(ACME, null, 100)))
                .hasSize(41);
    }

    /** Few keys and cards for many people, so that they meet. */
    private static List<Registration> people(Random random) {
        return IntStream.range(0, 60)
                .mapToObj(i -> Registration.of("N" + random.nextInt(2))
                        .identity(Identity.memberCard("card-" + random.nextInt(30)))
                        .key("key-" + random.nextInt(30)))
                .toList();
    }

    private static Registration full(String name, String phone) {
        return Registration.of(name)
                .with(ProfilePatch.none()
                        .birthDate(BirthDate.of(LocalDate.of(1990, 2, 28)))
                        .language("zh-Hans")
                        .remark("likes " + BadValues.RARE))
                .phone(phone)
                .joinedAt(StoreId.of("S01"))
                .at(T0);
    }

    private static @Nullable Object holder(RegistrationOutcome outcome) {
        return Objects.requireNonNull(outcome.refusal()).details().get("holder");
    }

    private static String text(RegistrationOutcome outcome) {
        CrmException refusal = outcome.refusal();
        return outcome.status() + (refusal == null ? "" : " " + refusal.code());
    }
}
