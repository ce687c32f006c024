package dev.retailcrm.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.ErrorKind;
import dev.retailcrm.jdbc.fault.LoopbackProxy.Manner;
import dev.retailcrm.jdbc.fault.TillCommand.Verb;
import dev.retailcrm.jdbc.fault.TillOutcome.State;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CutConnectionTest {
    private static final int MOST_MESSAGES = 40;

    static List<Arguments> links() {
        List<Arguments> links = new ArrayList<>();
        for (Manner manner : Manner.values()) {
            links.add(Arguments.of(
                    Named.<Supplier<TestDatabase>>of(
                            "postgresql", () -> TestPostgres.fast().newDatabase("cut")),
                    manner));
            links.add(Arguments.of(
                    Named.<Supplier<TestDatabase>>of(
                            "mariadb", () -> TestMariaDb.fast().newDatabase("cut")),
                    manner));
        }
        return links;
    }

    @ParameterizedTest
    @MethodSource("links")
    void at_any_message_is_a_typed_error_that_tells_the_truth(Supplier<TestDatabase> engine, Manner manner)
            throws Exception {
        TestDatabase direct = engine.get();
        Till.prepare(direct);
        try (LoopbackProxy proxy = new LoopbackProxy(direct);
                Till auditor = Till.open(direct, 2);
                Till till = Till.open(proxy.database(), 2)) {
            for (int i = 0; i < Till.CUSTOMERS; i++) {
                till.run(new TillCommand(Verb.EARN, "stock", i, 0, 1_000, "-"));
                till.run(new TillCommand(Verb.TOP_UP, "money", i, 0, 1_000, "-"));
            }
            Damage damage = new Damage(0);
            Audit audit = new Audit(damage);
            for (Verb verb : Verb.values()) {
                List<TillOutcome> outcomes = new ArrayList<>();
                boolean failed = true;
                int message = LoopbackProxy.AT_COMMIT;
                for (; failed && message < MOST_MESSAGES; message++) {
                    TillCommand command = command(verb, verb + "-" + message, auditor);
                    awaitSpare(till);
                    proxy.fail(manner, message);
                    TillOutcome outcome = outcome(till, command);
                    failed = proxy.disarm();
                    outcomes.add(outcome);
                    boolean atCommit = failed && proxy.failedAtCommit();
                    assertThat(outcome.state())
                            .as("%s at message %d", outcome, message)
                            .isIn(expected(manner, failed, atCommit));
                    assertThat(outcome.answer()).isIn(answers(outcome));
                    assertThat(till.pool.getHikariPoolMXBean().getActiveConnections())
                            .isZero();
                }
                assertThat(message).isBetween(4, MOST_MESSAGES - 1);
                audit.after(outcomes, auditor);
                assertThat(damage.isNone()).as(damage::toString).isTrue();
            }
        }
    }

    /** A command, and before it what it refers to. */
    private static TillCommand command(Verb verb, String key, Till direct) {
        String original = switch (verb) {
            case CAPTURE -> {
                String held = direct.run(new TillCommand(Verb.HOLD, key + "-held", 0, 1, 5, "-"));
                yield Splitter.on(':').splitToList(held).get(4);
            }
            case REFUND -> {
                direct.run(new TillCommand(Verb.SPEND, key + "-spent", 0, 1, 5, "-"));
                yield key + "-spent";
            }
            default -> "-";
        };
        return new TillCommand(verb, key, 0, 1, 5, original);
    }

    /** Lets the pool replace what was cut before, so that the next messages are the command's. */
    static void awaitSpare(Till till) throws InterruptedException {
        for (int i = 0; i < 100 && till.pool.getHikariPoolMXBean().getIdleConnections() == 0; i++) {
            Thread.sleep(10);
        }
    }

    /** A cut after the commit, while the connection is made ready for the pool again, is nobody's business. */
    private static List<State> expected(Manner manner, boolean failed, boolean atCommit) {
        if (!failed || manner == Manner.DELAY) {
            return List.of(State.DONE);
        }
        return atCommit ? List.of(State.UNKNOWN) : List.of(State.FAILED, State.DONE);
    }

    private static List<String> answers(TillOutcome outcome) {
        return switch (outcome.state()) {
            case UNKNOWN -> List.of("COMMIT_OUTCOME_UNKNOWN");
            case FAILED -> List.of("STORE_FAILED");
            default -> List.of(outcome.answer());
        };
    }

    private static TillOutcome outcome(Till till, TillCommand command) {
        try {
            return new TillOutcome(State.DONE, command, till.run(command));
        } catch (CrmException e) {
            return new TillOutcome(
                    e.kind() == ErrorKind.OUTCOME_UNKNOWN ? State.UNKNOWN : State.FAILED,
                    command,
                    e.code().name());
        }
    }
}
