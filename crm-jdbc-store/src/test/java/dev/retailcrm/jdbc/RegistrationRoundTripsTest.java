package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.customer.RegistrationOutcome;
import dev.retailcrm.core.privacy.AesGcmCipher;
import dev.retailcrm.core.privacy.KeyRing;
import dev.retailcrm.tck.MutableClock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of registrations in batches on PostgreSQL: what the documentation of the facade says. */
class RegistrationRoundTripsTest {
    private static final KeyRing RING = KeyRing.of(1, new byte[32]);

    private final StatementLog log = new StatementLog();
    private final TestHost host = new TestHost(Engine.POSTGRESQL);

    @ParameterizedTest
    @ValueSource(ints = {1, 50, Customers.CHUNK})
    void of_a_batch_do_not_grow_with_it(int people) {
        Customers customers = crm().build().tenant(host.tenant).customers();
        List<Registration> batch = people(people);

        takes(1, 0, () -> customers.rehearsal().registerAll(batch));
        takes(7, 1, () -> customers.registerAll(batch));
        takes(2, 1, () -> customers.registerAll(batch));
        takes(2, 0, () -> customers.rehearsal().registerAll(batch));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, Customers.CHUNK})
    void of_an_enciphered_batch_do_not_either(int people) {
        Customers customers = crm().cipher(AesGcmCipher.with(tenant -> RING))
                .build()
                .tenant(host.tenant)
                .customers();

        takes(9, 1, () -> customers.registerAll(people(people)));
    }

    private JdbcCrm.Builder crm() {
        return JdbcCrm.builder(log.on(host.plain)).clock(MutableClock.at("2026-03-02T09:00:00Z"));
    }

    private static List<Registration> people(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Registration.of("N" + i).memberCard("C" + i).key("k" + i))
                .toList();
    }

    private void takes(int statements, int commits, Supplier<List<RegistrationOutcome>> work) {
        log.clear();
        assertThat(work.get()).allMatch(outcome -> outcome.refusal() == null);
        assertThat(log.statements()).as(log::toString).isEqualTo(statements);
        assertThat(log.commits()).isEqualTo(commits);
    }
}
