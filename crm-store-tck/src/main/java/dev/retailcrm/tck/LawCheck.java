package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
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

/** Checks what must hold of the rows when a sequence has been run, and that they are those of the model. */
final class LawCheck {
    private static final Set<EntryType> CAPPED =
            EnumSet.of(EntryType.EARN, EntryType.TOP_UP, EntryType.TRANSFER_IN, EntryType.ADJUST);

    private final LawScript script;
    private final LawModel model;
    private final LawWorld world;

    LawCheck(LawScript script, LawModel model, LawWorld world) {
        this.script = script;
        this.model = model;
        this.world = world;
    }

    void everything(Random random) {
        for (int asset = 0; asset < LawScript.ASSETS; asset++) {
            assertSums(world.ledgers.get(asset));
            for (int customer = 0; customer < LawScript.CUSTOMERS; customer++) {
                assertAccount(customer, asset);
                for (int i = 0; i < 6; i++) {
                    Instant at = StoreContract.T0.plus(Duration.ofHours(random.nextInt(24 * 150)));
                    assertThat(world.balance(customer, asset, at))
                            .as("P12 balance of customer %d at %s", customer, at)
                            .isEqualTo(model.balance(customer, asset, at));
                }
            }
        }
        assertEvents();
    }

    private void assertAccount(int customer, int asset) {
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
            assertThat(sumOfMoves(ledger, id, entry))
                    .as("P4 moves of entry %d", entry.seq())
                    .isEqualTo(entry.amount());
        }
        assertThat(ledger.reads().lots(id).stream().map(lot -> lotText(lot.no(), lot.remaining(), lot.held())))
                .as("lots")
                .containsExactlyElementsOf(expected.openLots().stream()
                        .map(lot -> lotText(lot.no, lot.remaining, lot.held))
                        .toList());
        assertHolds(ledger, id, expected);
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

    private long sumOfMoves(Ledger ledger, CustomerId id, Entry entry) {
        long granted = world.ports.lotsMadeBy(ledger.account(id), entry.seq()).stream()
                .mapToLong(Lot::granted)
                .sum();
        List<Movement> moves = ledger.reads().movements(id, entry.seq());
        return granted
                + moves.stream().mapToLong(it -> it.delta() + it.heldDelta()).sum();
    }

    private void assertHolds(Ledger ledger, CustomerId id, LawAccount expected) {
        expected.holds().forEach((no, hold) -> {
            Hold actual = world.ports.hold(ledger.account(id), no).orElseThrow();
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

    private void assertEvents() {
        Instant now = StoreContract.T0.plus(Duration.ofDays(3660));
        List<Claimed> events = world.crm
                .unitOfWork()
                .run(() -> world.crm.outbox().claim(world.tenant, new Claim(null, 10_000, now, now.plusSeconds(60))));
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
