package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Part;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.ledger.SpendOrder;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.tck.LawEntry.Use;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An account of the model: the rules of the ledger written down once more, as plainly as possible, without stores, pages or look-ups.
 * A command that is refused leaves it in any state; run commands on a copy.
 */
final class LawAccount {
    private static final Comparator<LawLot> SOONEST = Comparator.comparing(
                    (LawLot lot) -> lot.end, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(lot -> lot.no);

    final Terms terms;
    final List<LawEntry> entries = new ArrayList<>();
    Instant asOf = Instant.EPOCH;
    long posted;
    long held;
    long debt;
    private final TreeMap<Long, LawLot> lots = new TreeMap<>();
    private final TreeMap<Long, LawHold> holds = new TreeMap<>();
    private final Map<Long, Long> reversed = new TreeMap<>();
    private @Nullable Instant active;
    private LawEntry entry = new LawEntry(0, EntryType.EARN, Instant.EPOCH, "", 0);

    LawAccount(Terms terms) {
        this.terms = terms;
    }

    LawAccount copy() {
        var copy = new LawAccount(terms);
        copy.entries.addAll(entries);
        copy.asOf = asOf;
        copy.posted = posted;
        copy.held = held;
        copy.debt = debt;
        lots.forEach((no, lot) -> copy.lots.put(no, lot.copy()));
        copy.holds.putAll(holds);
        copy.reversed.putAll(reversed);
        copy.active = active;
        return copy;
    }

    // --- what time does

    /** Frees holds whose time is over and closes lots that lapsed; returns the number of these lots. */
    int settle(Instant at, String key) {
        asOf = at.isAfter(asOf) ? at : asOf;
        for (LawHold hold : List.copyOf(holds.values())) {
            if (hold.state() == Hold.State.OPEN && !hold.end().isAfter(asOf)) {
                begin(EntryType.HOLD_EXPIRE, key, hold.no());
                hold.parts().forEach(part -> free(part, 0));
                holds.put(hold.no(), hold.ended(Hold.State.EXPIRED, 0, entry.seq));
                end();
            }
        }
        return lapse(key);
    }

    private int lapse(String key) {
        List<LawLot> over = lots.values().stream()
                .filter(lot -> lot.remaining > 0 && lot.isOver(asOf))
                .sorted(SOONEST)
                .toList();
        if (!over.isEmpty()) {
            begin(EntryType.EXPIRE, key, 0);
            over.forEach(lot -> move(lot, -lot.remaining, 0));
            end();
        }
        return over.size();
    }

    Balance balance(Instant at) {
        LawAccount then = copy();
        then.settle(at, "");
        long pending = then.lots.values().stream()
                .filter(lot -> lot.isPending(then.asOf))
                .mapToLong(lot -> lot.remaining)
                .sum();
        return new Balance(then.available(), pending, then.held, then.debt);
    }

    // --- commands, each on a settled account; each returns the entry that answers it

    LawEntry grant(EntryType type, Grant grant, Instant occurred, String key) {
        requireRoom(grant.amount() + grant.bonus());
        begin(type, key, 0);
        Instant from = grant.availableFrom() == null ? occurred : grant.availableFrom();
        long cost = grant.cost() == null ? -1 : grant.cost().getAmountMinorLong();
        open(Part.PRINCIPAL, grant.amount(), from, grant.expiry(), occurred, cost);
        if (grant.bonus() > 0) {
            open(Part.BONUS, grant.bonus(), from, grant.bonusExpiry(), occurred, -1);
        }
        LawEntry answer = end();
        lapse(key);
        renew();
        return answer;
    }

    LawEntry spend(long amount, boolean upTo, String key) {
        long used = upTo && available() > 0 ? Math.min(amount, available()) : amount;
        List<Use> picks = pick(used);
        begin(EntryType.SPEND, key, 0);
        use(picks);
        LawEntry answer = end();
        renew();
        return answer;
    }

    LawEntry hold(long amount, Duration duration, String key) {
        List<Use> picks = pick(amount);
        begin(EntryType.HOLD, key, 0);
        picks.forEach(pick -> move(lot(pick.lot()), -pick.amount(), pick.amount()));
        boolean proRata = terms.order() == SpendOrder.PRO_RATA;
        holds.put(
                entry.seq, new LawHold(entry.seq, amount, asOf.plus(duration), proRata, picks, Hold.State.OPEN, 0, 0));
        LawEntry answer = end();
        renew();
        return answer;
    }

    /** Captures, or releases if nothing is used. */
    LawEntry endHold(long no, long used, String key) {
        LawHold hold = holds.get(no);
        if (hold == null) {
            throw new LawRefusal(AssetError.UNKNOWN_HOLD, Map.of());
        }
        if (hold.state() != Hold.State.OPEN) {
            throw new LawRefusal(AssetError.HOLD_ENDED, Map.of("state", hold.state()));
        }
        if (used > hold.amount()) {
            throw new LawRefusal(AssetError.CAPTURE_EXCEEDS_HOLD, Map.of("held", hold.amount()));
        }
        begin(used == 0 ? EntryType.RELEASE : EntryType.CAPTURE, key, no);
        entry.proRata = hold.proRata();
        long[] shares = split(hold.parts(), used, hold.proRata());
        for (int i = 0; i < shares.length; i++) {
            Use part = hold.parts().get(i);
            free(part, shares[i]);
            entry.uses.add(new Use(part.lot(), part.part(), shares[i]));
        }
        holds.put(no, hold.ended(used == 0 ? Hold.State.RELEASED : Hold.State.CAPTURED, used, entry.seq));
        LawEntry answer = end();
        lapse(key);
        if (used > 0) {
            renew();
        }
        return answer;
    }

    LawEntry refund(LawEntry of, long amount, String key) {
        boolean used = of.type == EntryType.SPEND || of.type == EntryType.CAPTURE || of.type == EntryType.ADJUST;
        if (!used || of.amount >= 0) {
            throw new LawRefusal(AssetError.NOT_REVERSIBLE, Map.of());
        }
        long left = -of.amount - reversed(of);
        requireLeft(amount, left);
        long[] before = split(of.uses, left, of.proRata);
        long[] after = split(of.uses, left - amount, of.proRata);
        begin(EntryType.REFUND, key, of.seq);
        for (int i = 0; i < before.length; i++) {
            if (before[i] > after[i]) {
                giveBack(lot(of.uses.get(i).lot()), before[i] - after[i]);
            }
        }
        reversed.merge(of.seq, amount, Long::sum);
        LawEntry answer = end();
        lapse(key);
        return answer;
    }

    private void giveBack(LawLot lot, long amount) {
        if (lot.slideDays > 0 && active != null) {
            Instant renewed = active.plus(Duration.ofDays(lot.slideDays));
            lot.end = lot.end == null || renewed.isAfter(lot.end) ? renewed : lot.end;
        }
        int grace = terms.lapsedReturn().graceDays();
        if (!lot.isOver(asOf) || grace == 0) {
            move(lot, amount, 0);
            payDebt(lot);
            return;
        }
        long cost = lot.cost < 0 ? -1 : LawLot.portion(lot.cost, amount, lot.granted, RoundingMode.HALF_UP);
        LawLot graced = add(new LawLot(next(), lot.part, amount, asOf, asOf.plus(Duration.ofDays(grace)), 0, cost));
        if (cost > 0) {
            entry.moves.add(LawEntry.move(graced.no, graced.part, 0, 0, -cost));
        }
    }

    LawEntry takeBack(LawEntry of, long amount, String key) {
        requireGranting(of);
        long left = of.amount - reversed(of);
        requireLeft(amount, left);
        List<LawLot> own = madeBy(of);
        List<Use> granted =
                own.stream().map(lot -> new Use(lot.no, lot.part, lot.granted)).toList();
        long[] before = split(granted, left, true);
        long[] after = split(granted, left - amount, true);
        List<Use> picks = new ArrayList<>();
        for (boolean pending : new boolean[] {true, false}) {
            for (int i = 0; i < before.length; i++) {
                LawLot lot = own.get(i);
                long share = lot.isOver(asOf) ? 0 : Math.min(before[i] - after[i], lot.remaining);
                if (share > 0 && lot.isPending(asOf) == pending) {
                    picks.add(new Use(lot.no, lot.part, share));
                }
            }
        }
        long missing = amount - sum(picks);
        if (missing > 0) {
            Map<Long, Long> picked = new TreeMap<>();
            picks.forEach(pick -> picked.merge(pick.lot(), pick.amount(), Long::sum));
            for (LawLot lot : othersAfter(own)) {
                long more = Math.min(missing, lot.remaining - picked.getOrDefault(lot.no, 0L));
                if (more > 0) {
                    picks.add(new Use(lot.no, lot.part, more));
                    missing -= more;
                }
            }
        }
        if (missing > 0 && terms.shortfall() == ShortfallPolicy.REFUSE) {
            throw insufficient(amount, amount - missing);
        }
        begin(EntryType.TAKE_BACK, key, of.seq);
        picks.forEach(pick -> move(lot(pick.lot()), -pick.amount(), 0));
        if (missing > 0) {
            owe(missing);
        }
        reversed.merge(of.seq, amount, Long::sum);
        LawEntry answer = end();
        if (missing > 0 && terms.shortfall() == ShortfallPolicy.FORGIVE) {
            begin(EntryType.FORGIVE, key, answer.seq);
            owe(-missing);
            end();
        }
        return answer;
    }

    /** Where a shortfall of a booking's own lots is taken from: these first, then usable ones, then those that wait. */
    private List<LawLot> othersAfter(List<LawLot> own) {
        List<LawLot> order = new ArrayList<>();
        for (boolean mine : new boolean[] {true, false}) {
            for (boolean pending : new boolean[] {false, true}) {
                lots.values().stream()
                        .filter(lot -> own.contains(lot) == mine && lot.remaining > 0 && !lot.isOver(asOf))
                        .filter(lot -> lot.isPending(asOf) == pending)
                        .sorted(SOONEST)
                        .forEach(order::add);
            }
        }
        return order;
    }

    LawEntry takeBackFor(LawEntry of, long money, String key) {
        requireGranting(of);
        LawLot paid = madeBy(of).stream()
                .filter(lot -> lot.cost >= 0)
                .findFirst()
                .orElseThrow(() -> new LawRefusal(AssetError.NO_COST, Map.of()));
        long left = of.amount - reversed(of);
        long moneyLeft = LawLot.portion(paid.cost, left, of.amount, RoundingMode.HALF_UP);
        requireLeft(money, moneyLeft);
        long amount = money == moneyLeft
                ? left
                : Math.min(left, LawLot.portion(of.amount, money, paid.cost, RoundingMode.HALF_UP));
        if (amount == 0) {
            throw new LawRefusal(AssetError.AMOUNT_OUT_OF_RANGE, Map.of());
        }
        return takeBack(of, amount, key);
    }

    LawEntry adjust(long amount, Instant occurred, String key) {
        List<Use> picks = amount < 0 ? pick(-amount) : List.of();
        if (amount > 0) {
            requireRoom(amount);
        }
        begin(EntryType.ADJUST, key, 0);
        if (amount > 0) {
            open(Part.PRINCIPAL, amount, occurred, null, occurred, -1);
        }
        use(picks);
        return end();
    }

    LawEntry transfer(LawAccount taker, long amount, String key) {
        List<Use> picks = pick(amount);
        taker.requireRoom(amount);
        begin(EntryType.TRANSFER_OUT, key, 0);
        taker.begin(EntryType.TRANSFER_IN, key, 0);
        for (Use pick : picks) {
            LawLot lot = lot(pick.lot());
            long before = lot.costUsed();
            move(lot, -pick.amount(), 0);
            long cost = lot.cost < 0 ? -1 : lot.costUsed() - before;
            taker.add(new LawLot(taker.next(), lot.part, pick.amount(), lot.from, lot.end, 0, cost));
        }
        LawEntry answer = end();
        taker.end();
        taker.lapse(key);
        return answer;
    }

    LawEntry cashOut(long amount, String key) {
        List<LawLot> principal = usable(Part.PRINCIPAL);
        List<LawLot> bonus = usable(Part.BONUS);
        long paid = remaining(principal);
        if (amount > paid) {
            throw insufficient(amount, paid);
        }
        long back = LawLot.portion(remaining(bonus), amount, paid, RoundingMode.DOWN);
        begin(EntryType.CASH_OUT, key, 0);
        first(principal, amount).forEach(pick -> move(lot(pick.lot()), -pick.amount(), 0));
        first(bonus, back).forEach(pick -> move(lot(pick.lot()), -pick.amount(), 0));
        return end();
    }

    // --- entries

    private void begin(EntryType type, String key, long reverses) {
        entry = new LawEntry(entries.size() + 1L, type, asOf, key, reverses);
        entry.proRata = terms.order() == SpendOrder.PRO_RATA;
    }

    private LawEntry end() {
        posted += entry.amount;
        entry.balanceAfter = posted;
        entry.heldAfter = held;
        entries.add(entry);
        return entry;
    }

    private void move(LawLot lot, long delta, long heldDelta) {
        long before = lot.costUsed();
        lot.remaining += delta;
        lot.held += heldDelta;
        entry.moves.add(LawEntry.move(lot.no, lot.part, delta, heldDelta, lot.costUsed() - before));
        entry.amount += delta + heldDelta;
        held += heldDelta;
    }

    private void free(Use part, long used) {
        LawLot lot = lot(part.lot());
        move(lot, part.amount() - used, -part.amount());
        if (part.amount() > used) {
            payDebt(lot);
        }
    }

    private void owe(long more) {
        debt += more;
        entry.amount -= more;
        entry.moves.add(LawEntry.move(0, Part.PRINCIPAL, -more, 0, 0));
    }

    private void payDebt(LawLot lot) {
        long payment = Math.min(debt, lot.remaining);
        if (payment > 0) {
            move(lot, -payment, 0);
            owe(-payment);
        }
    }

    private void open(Part part, long amount, Instant from, @Nullable Expiry own, Instant occurred, long cost) {
        Expiry expiry = own == null ? terms.expiry() : own;
        Instant until = expiry.endFor(expiry.slideDays() > 0 ? asOf : occurred, terms.zone());
        add(new LawLot(next(), part, amount, from, until, expiry.slideDays(), cost));
    }

    private LawLot add(LawLot lot) {
        lots.put(lot.no, lot);
        entry.opened.add(LawEntry.move(lot.no, lot.part, lot.granted, 0, 0));
        entry.amount += lot.granted;
        payDebt(lot);
        return lot;
    }

    private long next() {
        return entry.seq * 1_000_000 + entry.opened.size();
    }

    private void use(List<Use> picks) {
        picks.forEach(pick -> move(lot(pick.lot()), -pick.amount(), 0));
        entry.uses.addAll(picks);
    }

    /** The customer did something herself: what slides and is open is renewed. */
    private void renew() {
        active = asOf;
        lots.values().stream().filter(lot -> lot.remaining + lot.held > 0).forEach(lot -> lot.slide(asOf));
    }

    // --- choosing

    long available() {
        return Math.max(0, remaining(usable(null)) - debt);
    }

    private List<Use> pick(long amount) {
        if (amount > available()) {
            throw insufficient(amount, available());
        }
        if (terms.order() == SpendOrder.SOONEST_EXPIRY) {
            return first(usable(null), amount);
        }
        List<LawLot> principal = usable(Part.PRINCIPAL);
        List<LawLot> bonus = usable(Part.BONUS);
        long all = remaining(principal) + remaining(bonus);
        long paid = switch (terms.order()) {
            case PRINCIPAL_FIRST -> Math.min(amount, remaining(principal));
            case BONUS_FIRST -> Math.max(0, amount - remaining(bonus));
            default -> LawLot.portion(remaining(principal), amount, all, RoundingMode.DOWN);
        };
        List<Use> picks = new ArrayList<>();
        if (terms.order() == SpendOrder.BONUS_FIRST) {
            picks.addAll(first(bonus, amount - paid));
            picks.addAll(first(principal, paid));
        } else {
            picks.addAll(first(principal, paid));
            picks.addAll(first(bonus, amount - paid));
        }
        return picks;
    }

    private List<LawLot> usable(@Nullable Part part) {
        return lots.values().stream()
                .filter(lot -> lot.isUsable(asOf) && (part == null || lot.part == part))
                .sorted(SOONEST)
                .toList();
    }

    private static List<Use> first(List<LawLot> from, long amount) {
        List<Use> picks = new ArrayList<>();
        long missing = amount;
        for (LawLot lot : from) {
            long taken = Math.min(missing, lot.remaining);
            if (taken > 0) {
                picks.add(new Use(lot.no, lot.part, taken));
                missing -= taken;
            }
        }
        return picks;
    }

    /** The first {@code kept} of the parts; in proportion, principal and bonus each bear their share of it. */
    private static long[] split(List<Use> parts, long kept, boolean proRata) {
        long whole = sum(parts);
        long principal = parts.stream()
                .filter(part -> part.part() == Part.PRINCIPAL)
                .mapToLong(Use::amount)
                .sum();
        long paid = whole == 0 ? 0 : LawLot.portion(principal, kept, whole, RoundingMode.DOWN);
        long leftPrincipal = proRata ? paid : kept;
        long leftBonus = proRata ? kept - paid : 0;
        long[] shares = new long[parts.size()];
        for (int i = 0; i < shares.length; i++) {
            boolean bonus = proRata && parts.get(i).part() == Part.BONUS;
            shares[i] = Math.min(parts.get(i).amount(), bonus ? leftBonus : leftPrincipal);
            leftBonus -= bonus ? shares[i] : 0;
            leftPrincipal -= bonus ? 0 : shares[i];
        }
        return shares;
    }

    private LawLot lot(long no) {
        LawLot lot = lots.get(no);
        if (lot == null) {
            throw new AssertionError("the model has no lot " + no);
        }
        return lot;
    }

    private List<LawLot> madeBy(LawEntry of) {
        return lots.values().stream()
                .filter(lot -> lot.no / 1_000_000 == of.seq)
                .toList();
    }

    private long reversed(LawEntry of) {
        return reversed.getOrDefault(of.seq, 0L);
    }

    private void requireGranting(LawEntry of) {
        boolean grants = of.type == EntryType.EARN || of.type == EntryType.TOP_UP || of.type == EntryType.ADJUST;
        if (!grants || of.amount <= 0) {
            throw new LawRefusal(AssetError.NOT_REVERSIBLE, Map.of());
        }
    }

    private static void requireLeft(long amount, long left) {
        if (amount > left) {
            throw new LawRefusal(AssetError.REVERSAL_EXCEEDS_BOOKING, Map.of("left", left));
        }
    }

    private void requireRoom(long amount) {
        if (amount > terms.cap() - posted) {
            throw new LawRefusal(
                    AssetError.CAP_EXCEEDED, Map.of("cap", terms.cap(), "room", Math.max(0, terms.cap() - posted)));
        }
    }

    private static LawRefusal insufficient(long requested, long available) {
        return new LawRefusal(
                AssetError.INSUFFICIENT_VALUE,
                Map.of("requested", requested, "available", available, "missing", requested - available));
    }

    private static long sum(List<Use> uses) {
        return uses.stream().mapToLong(Use::amount).sum();
    }

    private static long remaining(List<LawLot> some) {
        return some.stream().mapToLong(lot -> lot.remaining).sum();
    }

    List<LawLot> openLots() {
        return lots.values().stream()
                .filter(lot -> lot.remaining + lot.held > 0)
                .toList();
    }

    Map<Long, LawHold> holds() {
        return holds;
    }
}
