package dev.retailcrm.jdbc.fault;

import com.google.common.base.Splitter;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.ErrorKind;
import dev.retailcrm.jdbc.fault.TillCommand.Verb;
import dev.retailcrm.jdbc.fault.TillOutcome.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.Consumer;

/** Sends commands at random and notes what became of each. Not thread-safe. */
final class TillClerk {
    /** What a clerk does. */
    enum Mix {
        ALL,
        TRANSFERS
    }

    private final Till till;
    private final String name;
    private final Mix mix;
    private final Random random;
    private final Consumer<TillOutcome> journal;
    private final Deque<TillCommand> spent = new ArrayDeque<>();
    private final Deque<TillCommand> captures = new ArrayDeque<>();
    private long sent;

    TillClerk(Till till, String name, Mix mix, long seed, Consumer<TillOutcome> journal) {
        this.till = till;
        this.name = name;
        this.mix = mix;
        this.random = new Random(seed);
        this.journal = journal;
    }

    void once() {
        TillCommand command = next();
        journal.accept(new TillOutcome(State.SENT, command, "-"));
        TillOutcome outcome = send(command);
        journal.accept(outcome);
        if (outcome.state() == State.DONE) {
            remember(outcome);
        }
    }

    private TillOutcome send(TillCommand command) {
        try {
            return new TillOutcome(State.DONE, command, till.run(command));
        } catch (CrmException e) {
            State state = e.kind() == ErrorKind.OUTCOME_UNKNOWN
                    ? State.UNKNOWN
                    : e.kind() == ErrorKind.REJECTED ? State.REFUSED : State.FAILED;
            return new TillOutcome(state, command, e.code().name());
        } catch (RuntimeException e) {
            return new TillOutcome(
                    State.FAILED, command, e.toString().replace('\t', ' ').replace('\n', ' '));
        }
    }

    private TillCommand next() {
        String key = name + "/" + sent++;
        int pick = random.nextInt(100);
        int customer = random.nextInt(Till.CUSTOMERS);
        int other = (customer + 1 + random.nextInt(Till.CUSTOMERS - 1)) % Till.CUSTOMERS;
        long amount = 1L + random.nextInt(50);
        if (mix == Mix.TRANSFERS) {
            return new TillCommand(Verb.TRANSFER, key, customer, other, amount, "-");
        }
        if (pick < 20 && !captures.isEmpty()) {
            TillCommand hold = captures.removeFirst();
            long part = 1L + random.nextInt((int) hold.amount());
            return new TillCommand(Verb.CAPTURE, key, hold.customer(), 0, part, hold.original());
        }
        if (pick < 30 && !spent.isEmpty()) {
            TillCommand spend = spent.removeFirst();
            long part = 1L + random.nextInt((int) spend.amount());
            return new TillCommand(Verb.REFUND, key, spend.customer(), 0, part, spend.key());
        }
        Verb verb = pick < 55
                ? Verb.EARN
                : pick < 68
                        ? Verb.SPEND
                        : pick < 78 ? Verb.HOLD : pick < 88 ? Verb.TRANSFER : pick < 95 ? Verb.TOP_UP : Verb.PAY;
        return new TillCommand(verb, key, customer, other, verb == Verb.EARN ? 2 * amount : amount, "-");
    }

    private void remember(TillOutcome outcome) {
        TillCommand done = outcome.command();
        if (done.verb() == Verb.SPEND) {
            spent.add(done);
        } else if (done.verb() == Verb.HOLD) {
            String hold = Splitter.on(':').splitToList(outcome.answer()).get(4);
            captures.add(new TillCommand(done.verb(), done.key(), done.customer(), 0, done.amount(), hold));
        }
    }
}
