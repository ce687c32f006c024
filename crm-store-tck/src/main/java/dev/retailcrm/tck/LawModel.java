package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.tck.LawCommand.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The accounts of the model and the keys booked for its customers. */
final class LawModel {
    private final List<List<LawAccount>> accounts = new ArrayList<>();
    private final List<Map<String, Booked>> keys = new ArrayList<>();
    private final List<List<List<LawAccount>>> past = new ArrayList<>();
    private final long[] events = new long[LawScript.CUSTOMERS];

    /** What a key booked: the content, the entry that answers it and the answer. */
    private record Booked(String content, int asset, LawEntry entry, String answer) {}

    LawModel(List<Terms> terms) {
        for (int customer = 0; customer < LawScript.CUSTOMERS; customer++) {
            keys.add(new HashMap<>());
            accounts.add(new ArrayList<>());
            past.add(new ArrayList<>());
            for (Terms rules : terms) {
                accounts.get(customer).add(new LawAccount(rules));
                past.get(customer).add(new ArrayList<>());
            }
        }
    }

    LawAccount account(int customer, int asset) {
        return accounts.get(customer).get(asset);
    }

    /** How many changes of a customer were booked: as many events she must have. */
    long events(int customer) {
        return events[customer];
    }

    /** What a command must answer, or the refusal. */
    String run(LawCommand command, long hold) {
        if (command.kind() == Kind.SWEEP) {
            return sweep(command);
        }
        if (command.kind() == Kind.TRANSFER && command.customer() == command.other()) {
            return LawRefusal.text(AssetError.SAME_ACCOUNT, Map.of());
        }
        if (command.kind() == Kind.ADJUST && command.amount() == 0) {
            return LawRefusal.text(AssetError.AMOUNT_OUT_OF_RANGE, Map.of());
        }
        String content = content(command, hold);
        Booked booked = keys.get(command.customer()).get(command.key());
        boolean taken =
                command.kind() == Kind.TRANSFER && keys.get(command.other()).containsKey(command.key());
        if (booked != null || taken) {
            return booked != null && booked.content().equals(content)
                    ? booked.answer()
                    : LawRefusal.text(CoreError.REQUEST_KEY_REUSED, Map.of());
        }
        try {
            return book(command, hold, content);
        } catch (LawRefusal refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }

    private String book(LawCommand command, long hold, String content) {
        LawAccount account = account(command.customer(), command.asset()).copy();
        account.settle(command.at(), command.key());
        LawAccount taker = null;
        LawEntry entry;
        if (command.kind() == Kind.TRANSFER) {
            taker = account(command.other(), command.asset()).copy();
            taker.settle(command.at(), command.key());
            entry = account.transfer(taker, command.amount(), command.key());
        } else {
            entry = run(command, hold, account);
        }
        String answer = entry.answer() + holdOf(entry, account);
        keep(command.customer(), command.asset(), account);
        keys.get(command.customer()).put(command.key(), new Booked(content, command.asset(), entry, answer));
        if (taker != null) {
            LawEntry in = taker.entries.stream()
                    .filter(it -> it.type == EntryType.TRANSFER_IN && it.key.equals(command.key()))
                    .findFirst()
                    .orElseThrow();
            keep(command.other(), command.asset(), taker);
            keys.get(command.other()).put(command.key(), new Booked(content, command.asset(), in, "taken"));
        }
        return answer;
    }

    private LawEntry run(LawCommand command, long hold, LawAccount account) {
        String key = command.key();
        return switch (command.kind()) {
            case EARN -> account.grant(EntryType.EARN, command.grant(), command.at(), key);
            case TOP_UP -> account.grant(EntryType.TOP_UP, command.grant(), command.at(), key);
            case SPEND -> account.spend(command.amount(), false, key);
            case SPEND_UP_TO -> account.spend(command.amount(), true, key);
            case HOLD -> account.hold(command.amount(), command.duration(), key);
            case CAPTURE -> account.endHold(hold, command.amount(), key);
            case RELEASE -> account.endHold(hold, 0, key);
            case REFUND -> account.refund(original(command), command.amount(), key);
            case TAKE_BACK -> account.takeBack(original(command), command.amount(), key);
            case TAKE_BACK_FOR -> account.takeBackFor(original(command), command.cost(), key);
            case ADJUST -> account.adjust(command.amount(), command.at(), key);
            case CASH_OUT -> account.cashOut(command.amount(), key);
            case TRANSFER, SWEEP -> throw new AssertionError("not a command of one account");
        };
    }

    private LawEntry original(LawCommand command) {
        Booked booked = keys.get(command.customer()).get(command.original().value());
        if (booked == null || booked.asset() != command.asset()) {
            throw new LawRefusal(AssetError.UNKNOWN_BOOKING, Map.of());
        }
        return booked.entry();
    }

    private static String holdOf(LawEntry entry, LawAccount account) {
        long no = entry.type == EntryType.HOLD ? entry.seq : entry.reverses;
        boolean about =
                entry.type == EntryType.HOLD || entry.type == EntryType.CAPTURE || entry.type == EntryType.RELEASE;
        LawHold hold = about ? account.holds().get(no) : null;
        return hold == null ? " no hold" : hold.answer();
    }

    private String sweep(LawCommand command) {
        int closed = 0;
        int freed = 0;
        long lapsed = 0;
        for (int customer = 0; customer < LawScript.CUSTOMERS; customer++) {
            LawAccount swept = account(customer, command.asset()).copy();
            int before = swept.entries.size();
            closed += swept.settle(command.now(), "");
            List<LawEntry> added = swept.entries.subList(before, swept.entries.size());
            for (LawEntry entry : added) {
                freed += entry.type == EntryType.HOLD_EXPIRE ? 1 : 0;
                lapsed -= entry.type == EntryType.EXPIRE ? entry.amount : 0;
            }
            if (!added.isEmpty()) {
                keep(customer, command.asset(), swept);
            }
        }
        return swept(closed, lapsed, freed);
    }

    static String swept(int closedLots, long lapsed, int freedHolds) {
        return "closed " + closedLots + " lapsed " + lapsed + " freed " + freedHolds;
    }

    private void keep(int customer, int asset, LawAccount next) {
        accounts.get(customer).set(asset, next);
        past.get(customer).get(asset).add(next.copy());
        events[customer]++;
    }

    /** The balance at an instant, past or to come. */
    Balance balance(int customer, int asset, Instant at) {
        LawAccount then = null;
        for (LawAccount version : past.get(customer).get(asset)) {
            then = version.asOf.isAfter(at) ? then : version;
        }
        return then == null ? Balance.ZERO : then.balance(at);
    }

    /** What a command is, apart from when it is given. */
    private static String content(LawCommand command, long hold) {
        String start = command.kind() + " " + command.asset() + " ";
        return start
                + switch (command.kind()) {
                    case EARN, TOP_UP ->
                        command.amount() + " " + command.bonus() + " " + command.expiry() + " "
                                + command.availableFrom() + " " + command.cost();
                    case SPEND, SPEND_UP_TO, ADJUST, CASH_OUT -> command.amount();
                    case HOLD -> command.amount() + " " + command.duration();
                    case CAPTURE -> hold + " " + command.amount();
                    case RELEASE -> hold;
                    case REFUND, TAKE_BACK -> command.of() + " " + command.amount();
                    case TAKE_BACK_FOR -> command.of() + " " + command.cost();
                    case TRANSFER -> command.customer() + " " + command.other() + " " + command.amount();
                    case SWEEP -> "";
                };
    }
}
