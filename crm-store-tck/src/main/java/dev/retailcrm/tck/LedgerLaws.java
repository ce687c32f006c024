package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Award;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Outcome;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.SpendOrder;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The laws of the ledger, checked on random commands. Each law makes terms and commands of the seed and runs them against the stores of
 * a fixture, which must be empty; a failure's message gives the seed and the last 40 commands. Not thread-safe.
 */
public final class LedgerLaws {
    private final CrmFixture crm;
    private final long seed;
    private final int length;

    private LedgerLaws(CrmFixture crm, long seed, int length) {
        this.crm = crm;
        this.seed = seed;
        this.length = length;
    }

    /**
     * The laws of random commands on these stores.
     *
     * @param length how many commands
     */
    public static LedgerLaws of(CrmFixture crm, long seed, int length) {
        return new LedgerLaws(crm, seed, length);
    }

    /**
     * Every command does exactly what a plain model of the rules says: the answer, the entries, the balances at any time, the sums; a
     * repetition and a refusal leave every row as it was, and what a host rolls back leaves nothing.
     */
    public void everythingIsAsTheModelSays() {
        var script = new LawScript(seed, length);
        var run = new Run(script, new LawWorld(crm, TenantId.of("laws"), script.terms));
        var random = new Random(~seed);
        for (int i = 0; i < length; i++) {
            run.step(i, random);
        }
        run.end(random);
    }

    /** Two tenants that use the same keys at the same time each have what they would have alone. */
    public void tenantsAreApart() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            var script = new LawScript(seed + i, length);
            runs.add(new Run(script, new LawWorld(crm, TenantId.of("laws-" + i), script.terms)));
        }
        var random = new Random(~seed);
        for (int i = 0; i < length; i++) {
            for (Run run : runs) {
                run.step(i, random);
            }
        }
        runs.forEach(run -> run.end(random));
    }

    /** All commands given a second time get their first answers and change no row. */
    public void repeatingChangesNothing() {
        var script = new LawScript(seed, length);
        var world = new LawWorld(crm, TenantId.of("laws"), script.terms);
        List<String> answers = new ArrayList<>();
        script.commands.forEach(command -> answers.add(world.run(command)));
        List<String> before = crm.dump();
        Instant later = script.commands.get(length - 1).now();
        for (int i = 0; i < length; i++) {
            LawCommand command = script.commands.get(i);
            boolean booked = answers.get(i).contains("'" + command.key() + "'");
            if (booked) {
                String again = world.run(command.again(later));
                if (!again.equals(answers.get(i))) {
                    throw failure(script, i, "the answer to a repetition", answers.get(i), again);
                }
            }
        }
        assertSame(script, before, length - 1, "rows after repeating everything");
    }

    /** Balances are the same at every instant whether or not a sweep ran. */
    public void sweepingChangesNoBalance() {
        var script = new LawScript(seed, length, true);
        var calm = new LawWorld(crm, TenantId.of("calm"), script.terms);
        var swept = new LawWorld(crm, TenantId.of("swept"), script.terms);
        for (int i = 0; i < length; i++) {
            LawCommand command = script.commands.get(i);
            if (command.kind() != LawCommand.Kind.SWEEP) {
                calm.run(command);
                swept.run(command);
                swept.sweepAll();
                assertEqualBalances(script, i, calm, swept, command.now());
            }
        }
        Instant end = script.commands.get(length - 1).now();
        for (int days = -30; days < 30; days++) {
            assertEqualBalances(script, length - 1, calm, swept, end.plus(Duration.ofDays(days)));
        }
    }

    private void assertEqualBalances(LawScript script, int index, LawWorld one, LawWorld other, Instant at) {
        for (int customer = 0; customer < LawScript.CUSTOMERS; customer++) {
            for (int asset = 0; asset < LawScript.ASSETS; asset++) {
                Balance expected = one.balance(customer, asset, at);
                Balance actual = other.balance(customer, asset, at);
                if (!expected.equals(actual)) {
                    String what = "balance of customer " + customer + ", asset " + asset + " at " + at;
                    throw failure(script, index, what, expected.toString(), actual.toString());
                }
            }
        }
    }

    /**
     * Using a and refunding b leaves the lots as using a − b; with b = a, as using nothing. Where principal and bonus are used in
     * proportion, only the latter: a part of a part is rounded twice.
     */
    public void refundingIsUsingLess() {
        var script = new LawScript(seed, length);
        var refunded = new LawWorld(crm, TenantId.of("refunded"), script.terms);
        var less = new LawWorld(crm, TenantId.of("less"), script.terms);
        for (LawCommand command : script.commands) {
            refunded.run(command);
            less.run(command);
        }
        refunded.sweepAll();
        less.sweepAll();
        var random = new Random(~seed);
        Instant now = crm.clock().instant();
        for (int customer = 0; customer < LawScript.CUSTOMERS; customer++) {
            long available = less.balance(customer, 0, now).available();
            if (available > 0) {
                long used = 1L + random.nextInt((int) available);
                boolean whole = script.terms.get(0).order() == SpendOrder.PRO_RATA || random.nextBoolean();
                long back = whole ? used : 1L + random.nextInt((int) used);
                useAndRefund(refunded, customer, used, back, random.nextBoolean());
                if (used > back) {
                    less.ledgers
                            .get(0)
                            .spend(less.customers.get(customer), used - back, false, Posting.key("last-spend"));
                }
                String expected = less.lots(customer).toString();
                String actual = refunded.lots(customer).toString();
                if (!expected.equals(actual)) {
                    String what = "lots of customer " + customer + " after using " + used + " and refunding " + back;
                    throw failure(script, length - 1, what, expected, actual);
                }
            }
        }
    }

    /** Spends, or holds and captures, and refunds in one or two parts. */
    private static void useAndRefund(LawWorld world, int customer, long used, long back, boolean held) {
        Ledger ledger = world.ledgers.get(0);
        CustomerId id = world.customers.get(customer);
        if (held) {
            long hold = ledger.hold(id, used, Duration.ofDays(1), Posting.key("last-hold"))
                    .holdNo();
            ledger.capture(id, hold, used, Posting.key("last-spend"));
        } else {
            ledger.spend(id, used, false, Posting.key("last-spend"));
        }
        long first = (back + 1) / 2;
        ledger.refund(id, RequestKey.of("last-spend"), first, Posting.key("last-refund-1"));
        if (back > first) {
            ledger.refund(id, RequestKey.of("last-spend"), back - first, Posting.key("last-refund-2"));
        }
    }

    /** The result of a batch is the same however it is cut. */
    public void cuttingABatchChangesNothing() {
        String first = "";
        for (int chunk : List.of(1, 7, 50, 500)) {
            String result = grantInChunks(chunk);
            if (!first.isEmpty() && !first.equals(result)) {
                throw new AssertionError("law broken: chunks of " + chunk + ", seed " + seed + "\n  of 1: " + first
                        + "\n  now:  " + result);
            }
            first = result;
        }
    }

    private String grantInChunks(int chunk) {
        var script = new LawScript(seed, length);
        var world = new LawWorld(crm, TenantId.of("chunk-" + chunk), script.terms);
        var random = new Random(~seed);
        List<Award> awards = new ArrayList<>();
        for (LawCommand command : script.commands) {
            if (command.kind() == LawCommand.Kind.EARN || command.kind() == LawCommand.Kind.SPEND) {
                var grant = Grant.of(command.amount()).bonus(command.bonus());
                String key = "a" + random.nextInt(length);
                awards.add(new Award(world.customers.get(command.customer()), grant, Posting.key(key)));
            }
            if (random.nextBoolean()) {
                world.run(command);
            }
        }
        List<Outcome> outcomes = world.ledgers.get(0).grantAll(EntryType.EARN, awards, chunk);
        StringBuilder result = new StringBuilder();
        for (Outcome outcome : outcomes) {
            CrmException refusal = outcome.refusal();
            result.append(refusal == null ? String.valueOf(outcome.booking()) : LawRefusal.text(refusal))
                    .append('\n');
        }
        for (int customer = 0; customer < LawScript.CUSTOMERS; customer++) {
            result.append(world.lots(customer))
                    .append(world.entries(customer, 0))
                    .append('\n');
        }
        return result.toString();
    }

    private void assertSame(LawScript script, List<String> before, int index, String what) {
        List<String> after = crm.dump();
        if (!before.equals(after)) {
            List<String> added = new ArrayList<>(after);
            before.forEach(added::remove);
            List<String> gone = new ArrayList<>(before);
            after.forEach(gone::remove);
            throw failure(script, index, what, "gone " + gone, "new " + added);
        }
    }

    private AssertionError failure(LawScript script, int index, String what, String expected, String actual) {
        return new AssertionError("law broken: " + what + ", seed " + seed + " with " + script.terms + "\n"
                + LawScript.last(script.commands, index, expected, actual));
    }

    /** One sequence run in one tenant beside the model. */
    private final class Run {
        private final LawScript script;
        private final LawWorld world;
        private final LawModel model;

        Run(LawScript script, LawWorld world) {
            this.script = script;
            this.world = world;
            this.model = new LawModel(script.terms);
        }

        void step(int index, Random random) {
            LawCommand command = script.commands.get(index);
            boolean rehearsed = random.nextInt(10) == 0;
            boolean watched = rehearsed || random.nextInt(4) == 0;
            List<String> before = watched ? crm.dump() : List.of();
            if (rehearsed) {
                world.rehearse(command);
                assertSame(script, before, index, "rows after a rollback");
            }
            long events = events();
            String expected = model.run(command, world.hold(command));
            String actual = random.nextInt(8) == 0 ? world.hosted(command) : world.run(command);
            if (!expected.equals(actual)) {
                throw failure(script, index, "the answer", expected, actual);
            }
            if (watched && events() == events) {
                assertSame(script, before, index, "rows after a repetition, a refusal or an idle sweep");
            }
            Balance then = model.balance(command.customer(), command.asset(), command.now());
            Balance shown = world.balance(command.customer(), command.asset(), command.now());
            if (!then.equals(shown)) {
                throw failure(script, index, "the balance", then.toString(), shown.toString());
            }
        }

        private long events() {
            long all = 0;
            for (int customer = 0; customer < LawScript.CUSTOMERS; customer++) {
                all += model.events(customer);
            }
            return all;
        }

        void end(Random random) {
            try {
                new LawCheck(script, model, world).everything(random);
            } catch (AssertionError e) {
                String where = failure(script, length - 1, "at the end", "", "").getMessage();
                throw new AssertionError(where + "\n" + e.getMessage(), e);
            }
        }
    }
}
