package dev.retailcrm.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.jdbc.fault.TillCommand.Verb;
import dev.retailcrm.jdbc.fault.TillOutcome.State;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestH2;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TwoTillsTest {
    private static final int CLERKS = 8;
    private static final int COMMANDS = 100;
    private static final long STOCK = 100_000;

    @Test
    void transfer_in_both_directions_on_postgresql_without_a_deadlock() throws Exception {
        transfer(TestPostgres.durable().newDatabase("two_tills"));
    }

    @Test
    void transfer_in_both_directions_on_mariadb_without_a_deadlock() throws Exception {
        transfer(TestMariaDb.durable().newDatabase("two_tills"));
    }

    @Test
    void transfer_in_both_directions_on_mariadb_as_it_is_installed_without_a_deadlock() throws Exception {
        transfer(Engines.asInstalled(TestMariaDb.durable().newDatabase("two_tills")));
    }

    @Test
    void transfer_in_both_directions_on_an_h2_server_without_a_deadlock() throws Exception {
        transfer(Engines.patient(TestH2.durable().newDatabase("two_tills")));
    }

    private static void transfer(TestDatabase database) throws Exception {
        long seed = new Random().nextLong();
        Till.prepare(database);
        try (Till till = Till.open(database, 2)) {
            for (int i = 0; i < Till.CUSTOMERS; i++) {
                till.run(new TillCommand(Verb.EARN, "stock", i, 0, STOCK, "-"));
            }

            Process one = KilledTill.start(database, "one", TillClerk.Mix.TRANSFERS, CLERKS, COMMANDS, seed);
            Process two = KilledTill.start(database, "two", TillClerk.Mix.TRANSFERS, CLERKS, COMMANDS, seed + 100);
            CompletableFuture<List<String>> ones = CompletableFuture.supplyAsync(() -> lines(one));
            List<TillOutcome> outcomes = new ArrayList<>(Audit.outcomes(lines(two)));
            outcomes.addAll(Audit.outcomes(ones.get()));

            Damage damage = new Damage(seed);
            new Audit(damage).after(outcomes, till);
            assertThat(damage.isNone()).as(damage::toString).isTrue();
            assertThat(outcomes)
                    .as(damage::toString)
                    .filteredOn(outcome -> outcome.state() != State.SENT)
                    .hasSize(2 * CLERKS * COMMANDS)
                    .allMatch(outcome -> outcome.state() == State.DONE);
            long total = 0;
            for (var customer : till.customers) {
                total += till.ledgers().get(0).reads().balance(customer, null).available();
            }
            assertThat(total).isEqualTo(Till.CUSTOMERS * STOCK);
        }
    }

    private static List<String> lines(Process till) {
        try (var reader = till.inputReader(StandardCharsets.UTF_8)) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            till.destroyForcibly();
        }
    }
}
