package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.assets.ledger.SweepProgress;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs random commands against the stores of a fixture, and tells what came of them in the words of the model. */
final class LawWorld {
    static final long NO_HOLD = 999_999;

    final CrmFixture crm;
    final LedgerStore ports;
    final TenantId tenant;
    final List<CustomerId> customers = new ArrayList<>();
    final List<Ledger> ledgers = new ArrayList<>();
    private final Map<String, Long> holds = new HashMap<>();

    LawWorld(CrmFixture crm, TenantId tenant, List<Terms> terms) {
        this.crm = crm;
        this.ports = new CallByCall(crm).ledger();
        this.tenant = tenant;
        crm.clock().set(StoreContract.T0);
        for (int i = 0; i < LawScript.CUSTOMERS; i++) {
            customers.add(crm.newCustomer(tenant));
        }
        for (int i = 0; i < terms.size(); i++) {
            ledgers.add(new Ledger(tenant, Asset.points("p" + i), terms.get(i), crm.ledgerPorts()));
        }
    }

    /** The number of the hold that a command refers to. */
    long hold(LawCommand command) {
        return holds.getOrDefault(command.of(), NO_HOLD);
    }

    /** Runs a command in a host's transaction that is rolled back. */
    void rehearse(LawCommand command) {
        Map<String, Long> before = Map.copyOf(holds);
        try (HostTransaction host = crm.begin()) {
            run(command);
            host.rollback();
        }
        holds.clear();
        holds.putAll(before);
    }

    /** Runs a command in a host's transaction that is committed. */
    String hosted(LawCommand command) {
        try (HostTransaction host = crm.begin()) {
            String answer = run(command);
            host.commit();
            return answer;
        }
    }

    /** Runs a command and tells the answer or the refusal. */
    String run(LawCommand command) {
        crm.clock().set(command.now());
        Ledger ledger = ledgers.get(command.asset());
        try {
            if (command.kind() == LawCommand.Kind.SWEEP) {
                return sweep(ledger);
            }
            Booking booking = run(ledger, command);
            if (command.kind() == LawCommand.Kind.HOLD) {
                holds.put(command.key(), booking.holdNo());
            }
            return text(booking);
        } catch (CrmException refusal) {
            return LawRefusal.text(refusal);
        }
    }

    private Booking run(Ledger ledger, LawCommand command) {
        CustomerId customer = customers.get(command.customer());
        long amount = command.amount();
        var posting = command.posting();
        return switch (command.kind()) {
            case EARN -> ledger.grant(customer, EntryType.EARN, command.grant(), posting);
            case TOP_UP -> ledger.grant(customer, EntryType.TOP_UP, command.grant(), posting);
            case SPEND -> ledger.spend(customer, amount, false, posting);
            case SPEND_UP_TO -> ledger.spend(customer, amount, true, posting);
            case HOLD -> ledger.hold(customer, amount, command.duration(), posting);
            case CAPTURE -> ledger.capture(customer, hold(command), amount, posting);
            case RELEASE -> ledger.release(customer, hold(command), posting);
            case REFUND -> ledger.refund(customer, command.original(), amount, posting);
            case TAKE_BACK -> ledger.takeBack(customer, command.original(), amount, posting);
            case TAKE_BACK_FOR -> ledger.takeBackFor(customer, command.original(), command.money(), posting);
            case ADJUST -> ledger.adjust(customer, amount, "by the script", posting);
            case TRANSFER -> ledger.transfer(customer, customers.get(command.other()), amount, posting);
            case CASH_OUT -> ledger.cashOut(customer, amount, posting);
            case SWEEP -> throw new AssertionError("not a command of one account");
        };
    }

    private static String sweep(Ledger ledger) {
        int closed = 0;
        int freed = 0;
        long lapsed = 0;
        CustomerId cursor = null;
        do {
            SweepProgress page = ledger.sweep(null, cursor, 2);
            closed += page.closedLots();
            freed += page.freedHolds();
            lapsed += page.lapsed();
            cursor = page.cursor();
        } while (cursor != null);
        return LawModel.swept(closed, lapsed, freed);
    }

    void sweepAll() {
        ledgers.forEach(LawWorld::sweep);
    }

    /** What is left in the lots of a customer's first asset. */
    List<String> lots(int customer) {
        return ledgers.get(0).reads().lots(customers.get(customer)).stream()
                .map(lot ->
                        lot.no() + " " + lot.part() + " " + lot.remaining() + "+" + lot.held() + " of " + lot.granted())
                .toList();
    }

    private static String text(Booking booking) {
        Hold hold = booking.hold();
        List<String> moves = booking.movements().stream().map(LawWorld::text).toList();
        return text(booking.entry()) + " " + moves + (hold == null ? " no hold" : LawHold.text(hold));
    }

    static String text(Entry entry) {
        String key = entry.key() == null ? "" : entry.key().value();
        return LawEntry.line(
                entry.type(),
                entry.amount(),
                entry.balanceAfter(),
                entry.heldAfter(),
                entry.at(),
                key,
                entry.reverses());
    }

    static String text(Movement move) {
        return LawEntry.move(move.lotNo(), move.part(), move.delta(), move.heldDelta(), move.costMinor());
    }

    Balance balance(int customer, int asset, Instant at) {
        return ledgers.get(asset).reads().balance(customers.get(customer), at);
    }

    /** All entries of an account, read page by page. */
    List<Entry> entries(int customer, int asset) {
        var reads = ledgers.get(asset).reads();
        return Pages.all(50, page -> reads.entries(customers.get(customer), null, null, page));
    }
}
