package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The laws of the ledger, checked on random commands. Each law takes a seed, makes terms and commands of it, and runs them against the
 * stores of a fresh fixture; a failure's message gives the seed and the last 40 commands. Not thread-safe.
 */
public final class LedgerLaws {
    private static final Set<EntryType> CAPPED =
            EnumSet.of(EntryType.EARN, EntryType.TOP_UP, EntryType.TRANSFER_IN, EntryType.ADJUST);

    private final CrmFixture crm;
    private final long seed;
    private final LawScript script;
    private final TenantId tenant = TenantId.of("laws");

    private LedgerLaws(CrmFixture crm, long seed, int length) {
        this.crm = crm;
        this.seed = seed;
        this.script = new LawScript(seed, length);
    }

    /** The laws of these commands on these stores. */
    public static LedgerLaws of(CrmFixture crm, long seed, int length) {
        return new LedgerLaws(crm, seed, length);
    }

    /**
     * Every command does exactly what a plain model of the rules says: the answer, the entries, the balances at any time, the sums; a
     * repetition and a refusal leave every row as it was, and what a host rolls back leaves nothing.
     */
    public void everythingIsAsTheModelSays() {
        var model = new LawModel(script.terms);
        var world = new LawWorld(crm, tenant, script.terms);
        var random = new Random(~seed);
        for (int i = 0; i < script.commands.size(); i++) {
            LawCommand command = script.commands.get(i);
            boolean rehearsed = random.nextInt(10) == 0;
            boolean watched = rehearsed || random.nextInt(4) == 0;
            List<String> before = watched ? crm.dump() : List.of();
            if (rehearsed) {
                world.rehearse(command);
                assertSame(before, i, "rows after a rollback");
            }
            long events = events(model);
            String expected = model.run(command, world.hold(command));
            String actual = random.nextInt(8) == 0 ? hosted(world, command) : world.run(command);
            if (!expected.equals(actual)) {
                throw failure(i, "the answer", expected, actual);
            }
            if (watched && events(model) == events) {
                assertSame(before, i, "rows after a repetition, a refusal or an idle sweep");
            }
            assertBalance(model, world, command, i);
        }
        assertEnd(model, world, random);
    }

    private static long events(LawModel model) {
        long all = 0;
        for (int customer = 0; customer < LawScript.CUSTOMERS; customer++) {
            all += model.events(customer);
        }
        return all;
    }

    private String hosted(LawWorld world, LawCommand command) {
        try (HostTransaction host = crm.begin()) {
            String answer = world.run(command);
            host.commit();
            return answer;
        }
    }

    private void assertBalance(LawModel model, LawWorld world, LawCommand command, int index) {
        Balance expected = model.balance(command.customer(), command.asset(), command.now());
        Balance actual = world.balance(command.customer(), command.asset(), command.now());
        if (!expected.equals(actual)) {
            throw failure(index, "the balance", expected.toString(), actual.toString());
        }
    }

    private void assertSame(List<String> before, int index, String what) {
        List<String> after = crm.dump();
        if (!before.equals(after)) {
            List<String> added = new ArrayList<>(after);
            before.forEach(added::remove);
            List<String> gone = new ArrayList<>(before);
            after.forEach(gone::remove);
            throw failure(index, what, "gone " + gone, "new " + added);
        }
    }

    private AssertionError failure(int index, String what, String expected, String actual) {
        return new AssertionError("law broken: " + what + ", seed " + seed + " with " + script.terms + "\n"
                + LawScript.last(script.commands, index, expected, actual));
    }

    // --- P1 … P13 at the end

    private void assertEnd(LawModel model, LawWorld world, Random random) {
        int last = script.commands.size() - 1;
        try {
            for (int asset = 0; asset < LawScript.ASSETS; asset++) {
                assertSums(world.ledgers.get(asset));
                for (int customer = 0; customer < LawScript.CUSTOMERS; customer++) {
                    assertAccount(model, world, customer, asset);
                    for (int i = 0; i < 6; i++) {
                        Instant at = StoreContract.T0.plus(Duration.ofHours(random.nextInt(24 * 150)));
                        assertThat(world.balance(customer, asset, at))
                                .as("P12 balance of customer %d at %s", customer, at)
                                .isEqualTo(model.balance(customer, asset, at));
                    }
                }
            }
            assertEvents(model, world);
        } catch (AssertionError e) {
            throw new AssertionError(failure(last, "at the end", "", "").getMessage() + "\n" + e.getMessage(), e);
        }
    }

    private void assertAccount(LawModel model, LawWorld world, int customer, int asset) {
        LawAccount expected = model.account(customer, asset);
        List<Entry> entries = world.entries(customer, asset);
        assertThat(entries.stream().map(LawWorld::text))
                .as("P2 entries of customer %d", customer)
                .containsExactlyElementsOf(
                        expected.entries.stream().map(LawEntry::line).toList());
        assertChain(entries, script.terms.get(asset).cap());
        Ledger ledger = world.ledgers.get(asset);
        CustomerId id = world.customers.get(customer);
        for (Entry entry : entries) {
            assertThat(sumOfMoves(world, ledger, id, entry))
                    .as("P4 moves of entry %d", entry.seq())
                    .isEqualTo(entry.amount());
        }
        assertThat(ledger.reads().lots(id).stream().map(lot -> lotText(lot.no(), lot.remaining(), lot.held())))
                .as("lots")
                .containsExactlyElementsOf(expected.openLots().stream()
                        .map(lot -> lotText(lot.no, lot.remaining, lot.held))
                        .toList());
        assertHolds(world, ledger, id, expected);
    }

    private static String lotText(long no, long remaining, long held) {
        return no + ": " + remaining + "+" + held;
    }

    private static void assertChain(List<Entry> entries, long cap) {
        long seq = 0;
        long posted = 0;
        Instant at = Instant.EPOCH;
        for (Entry entry : entries) {
            posted += entry.amount();
            assertThat(entry.seq()).as("P2 without gaps").isEqualTo(++seq);
            assertThat(entry.balanceAfter())
                    .as("P2 balance after entry %d", seq)
                    .isEqualTo(posted);
            assertThat(entry.at()).as("P2 in order of booking").isAfterOrEqualTo(at);
            assertThat(entry.heldAfter()).as("P3 never below zero").isNotNegative();
            if (CAPPED.contains(entry.type()) && entry.amount() > 0) {
                assertThat(entry.balanceAfter()).as("P3 never above the cap").isLessThanOrEqualTo(cap);
            }
            at = entry.at();
        }
    }

    private long sumOfMoves(LawWorld world, Ledger ledger, CustomerId id, Entry entry) {
        long granted = world.crm.ledger().lotsMadeBy(ledger.account(id), entry.seq()).stream()
                .mapToLong(Lot::granted)
                .sum();
        List<Movement> moves = ledger.reads().movements(id, entry.seq());
        return granted
                + moves.stream().mapToLong(it -> it.delta() + it.heldDelta()).sum();
    }

    private void assertHolds(LawWorld world, Ledger ledger, CustomerId id, LawAccount expected) {
        expected.holds().forEach((no, hold) -> {
            Hold actual = world.crm.ledger().hold(ledger.account(id), no).orElseThrow();
            assertThat(LawHold.text(actual)).as("P6 a hold ends once").isEqualTo(hold.answer());
        });
    }

    private static void assertSums(Ledger ledger) {
        List<AccountSums> sums = ledger.reads().sums(PageRequest.first(100)).items();
        assertThat(sums).as("P1, P4 sums").allMatch(AccountSums::agree);
        Map<EntryType, Long> flows = ledger.reads().flows(null, null);
        assertThat(flows.values().stream().mapToLong(it -> it).sum())
                .as("P11 flows add up to the balances")
                .isEqualTo(sums.stream().mapToLong(AccountSums::posted).sum());
        assertThat(flows.getOrDefault(EntryType.TRANSFER_IN, 0L) + flows.getOrDefault(EntryType.TRANSFER_OUT, 0L))
                .as("P10 transfers conserve the total")
                .isZero();
    }

    private void assertEvents(LawModel model, LawWorld world) {
        Instant now = StoreContract.T0.plus(Duration.ofDays(3660));
        List<Claimed> events = crm.unitOfWork()
                .run(() -> crm.outbox().claim(tenant, new Claim(null, 10_000, now, now.plusSeconds(60))));
        for (int customer = 0; customer < LawScript.CUSTOMERS; customer++) {
            CustomerId id = world.customers.get(customer);
            List<Long> numbers = events.stream()
                    .filter(it -> it.event().customer().equals(id))
                    .filter(it -> it.event().source().equals("wallet"))
                    .map(it -> it.event().seq())
                    .toList();
            List<Long> expected = new ArrayList<>();
            for (long seq = 1; seq <= model.events(customer); seq++) {
                expected.add(seq);
            }
            assertThat(numbers).as("P13 one event a change").isEqualTo(expected);
        }
    }
}
