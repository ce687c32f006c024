package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.RequestKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Works out what one command does to one account: entries are begun, lots moved, entries ended, and the sum of it is the
 * {@link LedgerChange}. Nothing here reads or writes a store. Made and used by one command.
 */
final class Draft {
    final Account before;
    final Terms terms;
    final Instant at;
    private final Instant occurredAt;
    private final @Nullable Posting posting;

    private long seq;
    private long posted;
    private long held;
    private long debt;
    private long pending;
    private @Nullable Instant dueAt;
    private boolean slides;
    private boolean complete;
    private boolean lapsing;
    private @Nullable Instant slideFrom;

    private final List<Entry> entries = new ArrayList<>(1);
    private final List<Lot> opened = new ArrayList<>(1);
    private final List<Movement> movements = new ArrayList<>(0);
    private final List<Hold> placed = new ArrayList<>(0);
    private final List<Hold> ended = new ArrayList<>(0);
    private final Map<Long, Lot> lots = new LinkedHashMap<>(4);
    private Map<Long, Lot> loaded = Map.of();
    private List<Hold> openHolds = List.of();

    private @Nullable EntryType type;
    private int lotsMade;
    private long amount;
    private long heldDelta;

    Draft(Account account, Instant at, @Nullable Posting posting, Terms terms) {
        this.before = account;
        this.terms = terms;
        this.at = account.bookedAt(at);
        this.occurredAt = at;
        this.posting = posting;
        this.seq = account.seq();
        this.posted = account.posted();
        this.held = account.held();
        this.debt = account.debt();
        this.pending = account.pending();
        this.dueAt = account.dueAt();
        this.slides = account.slides();
    }

    /** What can be used now; right once everything due is settled. */
    long available() {
        return Math.max(0, posted - held - pending);
    }

    long posted() {
        return posted;
    }

    long debt() {
        return debt;
    }

    boolean isChanged() {
        return !entries.isEmpty();
    }

    /** Takes note of lots as the store has them; those already known are kept as this draft left them. */
    void know(List<Lot> found) {
        if (loaded.isEmpty()) {
            loaded = new LinkedHashMap<>();
        }
        for (Lot lot : found) {
            if (loaded.putIfAbsent(lot.no(), lot) == null) {
                lots.putIfAbsent(lot.no(), lot);
            }
        }
    }

    Lot lot(long no) {
        Lot lot = lots.get(no);
        if (lot == null) {
            throw new IllegalStateException("lot " + no + " was not loaded");
        }
        return lot;
    }

    boolean knows(long no) {
        return lots.containsKey(no);
    }

    /** Whether every open lot is known. */
    boolean isComplete() {
        return complete;
    }

    /** Known lots in which something remains, the oldest first. */
    List<Lot> open() {
        return lots.values().stream()
                .filter(lot -> lot.remaining() > 0)
                .sorted(Comparator.comparing(Lot::no))
                .toList();
    }

    /** What an entry of this command did to the lots. */
    List<Movement> movements(long entry) {
        return movements.stream().filter(it -> it.seq() == entry).toList();
    }

    @Nullable
    Posting posting() {
        return posting;
    }

    /** Known lots that can be used now, soonest expiry first, then oldest. */
    List<Lot> spendable() {
        return lots.values().stream()
                .filter(lot -> lot.isSpendable(at))
                .sorted(SOONEST_FIRST)
                .toList();
    }

    /** Known lots that can be used later. */
    List<Lot> waiting() {
        return lots.values().stream()
                .filter(lot -> lot.remaining() > 0 && lot.availableFrom().isAfter(at) && !lot.isExpired(at))
                .sorted(SOONEST_FIRST)
                .toList();
    }

    /** Known lots that can be used now or later: those that can now first. */
    List<Lot> usable() {
        List<Lot> usable = new ArrayList<>(spendable());
        usable.addAll(waiting());
        return usable;
    }

    static final Comparator<Lot> SOONEST_FIRST = (a, b) -> a.no() == b.no() ? 0 : a.isBefore(b) ? -1 : 1;

    /**
     * Books what time alone has done: holds whose time is over are freed, lots that lapsed are closed, lots that became available
     * count. All open lots and open holds must be given.
     */
    void settle(List<Lot> openLots, List<Hold> holds, Map<Long, List<Movement>> partsOfExpired) {
        know(openLots);
        complete = true;
        lapsing = true;
        openHolds = holds;
        pending = 0;
        for (Lot lot : openLots) {
            pending += lot.availableFrom().isAfter(at) ? lot.remaining() : 0;
        }
        for (Hold hold : holds) {
            if (!hold.expiresAt().isAfter(at)) {
                begin(EntryType.HOLD_EXPIRE);
                free(partsOfExpired.getOrDefault(hold.no(), List.of()), 0);
                ended.add(hold.ended(Hold.State.EXPIRED, 0, seq));
                end(hold.no(), false, null);
            }
        }
        lapse();
    }

    /** Closes the known lots that have expired. */
    void lapse() {
        if (!lapsing) {
            return;
        }
        lapsing = false;
        List<Lot> lapsed = lots.values().stream()
                .filter(lot -> lot.remaining() > 0 && lot.isExpired(at))
                .sorted(SOONEST_FIRST)
                .toList();
        if (!lapsed.isEmpty()) {
            begin(EntryType.EXPIRE);
            for (Lot lot : lapsed) {
                move(lot, -lot.remaining(), 0);
            }
            end(0, false, null);
        }
    }

    void begin(EntryType entryType) {
        type = entryType;
        seq++;
        lotsMade = 0;
        amount = 0;
        heldDelta = 0;
    }

    /** Ends the entry begun last; its amount is the sum of what was moved since. */
    void end(long reverses, boolean proRata, @Nullable String reason) {
        EntryType ending = Objects.requireNonNull(type);
        posted += amount;
        held += heldDelta;
        type = null;
        boolean byTime = ending == EntryType.EXPIRE || ending == EntryType.HOLD_EXPIRE;
        Posting source = byTime ? null : posting;
        entries.add(new Entry(
                seq,
                ending,
                amount,
                posted,
                held,
                at,
                byTime ? at : occurredAt,
                posting == null ? null : posting.key(),
                reverses,
                proRata,
                source == null ? null : source.reference(),
                reason,
                source == null ? null : source.store(),
                source == null ? null : source.staff()));
        if (ending.isActivity()) {
            slideFrom = at;
        }
    }

    long seq() {
        return seq;
    }

    /** Opens a lot in the entry begun; what comes in pays the debt first. */
    void open(
            Part part,
            long granted,
            Instant from,
            @Nullable Instant expiresAt,
            int slideDays,
            Lot.@Nullable Cost cost) {
        Lot lot =
                new Lot(seq * Lot.PER_ENTRY + lotsMade++, part, granted, granted, 0, from, expiresAt, slideDays, cost);
        opened.add(lot);
        lots.put(lot.no(), lot);
        amount += granted;
        pending += from.isAfter(at) ? granted : 0;
        slides |= slideDays > 0;
        lapsing |= lot.isExpired(at);
        due(expiresAt);
        due(from.isAfter(at) ? from : null);
        if (debt > 0) {
            payDebt(lot.no());
        }
    }

    /** The instant the command says it happened. */
    Instant occurredAt() {
        return occurredAt;
    }

    /** A lot that slides, with the expiry the account's last activity gave it while it was used up. */
    Lot renew(Lot lot) {
        if (lot.slideDays() == 0 || before.activeAt() == null) {
            return lot;
        }
        Lot renewed = lot.slidFrom(before.activeAt());
        if (renewed.isBefore(lot)) {
            return lot;
        }
        lots.put(renewed.no(), renewed);
        return renewed;
    }

    /** Opens a lot for value refunded to an expired one, which takes over the cost of it. */
    void openGraced(Lot lot, long granted, Instant expiresAt) {
        Lot.Cost paid = lot.cost();
        long cost = paid == null ? 0 : Lot.share(paid.minor(), granted, lot.granted());
        open(lot.part(), granted, at, expiresAt, 0, paid == null ? null : new Lot.Cost(paid.currency(), cost));
        if (cost > 0) {
            movements.add(new Movement(seq, opened.get(opened.size() - 1).no(), lot.part(), 0, 0, -cost));
        }
    }

    /** Moves value out of or into a known lot in the entry begun. */
    void move(Lot known, long delta, long heldBy) {
        Lot current = lot(known.no());
        Lot next = current.moved(delta, heldBy);
        lots.put(next.no(), next);
        movements.add(new Movement(seq, next.no(), next.part(), delta, heldBy, next.costUsed() - current.costUsed()));
        amount += delta + heldBy;
        heldDelta += heldBy;
        pending += next.availableFrom().isAfter(at) ? delta : 0;
        if (delta > 0) {
            lapsing |= next.isExpired(at);
            due(next.expiresAt());
            due(next.availableFrom().isAfter(at) ? next.availableFrom() : null);
            payDebt(next.no());
        }
    }

    /** Lets the customer owe (above zero) or be forgiven (below zero) in the entry begun. */
    void owe(long more) {
        debt += more;
        amount -= more;
        movements.add(new Movement(seq, Movement.DEBT, Part.PRINCIPAL, -more, 0, 0));
    }

    private void payDebt(long lotNo) {
        long payment = Math.min(debt, lot(lotNo).remaining());
        if (payment > 0) {
            move(lot(lotNo), -payment, 0);
            owe(-payment);
        }
    }

    /** Ends the reservation of these parts in the entry begun: the first {@code used} of them are used, the rest is freed. */
    void free(List<Movement> parts, long used) {
        free(parts, Split.prefix(Split.amounts(parts), used));
    }

    void free(List<Movement> parts, long[] used) {
        for (int i = 0; i < used.length; i++) {
            long reserved = parts.get(i).heldDelta();
            move(lot(parts.get(i).lotNo()), reserved - used[i], -reserved);
        }
    }

    Hold place(long reserved, Instant expiresAt) {
        Hold hold = new Hold(seq, reserved, expiresAt, Hold.State.OPEN, 0, 0);
        placed.add(hold);
        due(expiresAt);
        return hold;
    }

    void finish(Hold hold, Hold.State how, long used) {
        ended.add(hold.ended(how, used, seq));
    }

    private void due(@Nullable Instant instant) {
        if (instant != null && (dueAt == null || instant.isBefore(dueAt))) {
            dueAt = instant;
        }
    }

    /** The decision, answered by the entry with this number. */
    LedgerChange change(long fingerprint, long answerSeq) {
        if (complete) {
            recomputeDue();
        }
        Entry main = entries.get((int) (answerSeq - entries.get(0).seq()));
        Account after = new Account(
                before.id(),
                seq,
                posted,
                held,
                debt,
                pending,
                at,
                slideFrom == null ? before.activeAt() : slideFrom,
                dueAt,
                slides,
                before.eventSeq() + 1);
        Instant slide = slides ? slideFrom : null;
        RequestKey key = posting == null ? null : posting.key();
        return new LedgerChange(
                before,
                after,
                entries,
                current(opened, slide),
                changed(slide),
                movements,
                placed,
                ended,
                slide,
                key == null
                        ? null
                        : new LedgerChange.Request(
                                key,
                                fingerprint,
                                LedgerChange.answer(before.id().asset(), answerSeq)),
                new LedgerEvent(before.id(), answerSeq, main.type(), main.amount(), posted, at));
    }

    private List<Lot> current(List<Lot> some, @Nullable Instant slide) {
        List<Lot> now = new ArrayList<>(some.size());
        for (Lot lot : some) {
            now.add(slid(lot(lot.no()), slide));
        }
        return now;
    }

    private List<Lot> changed(@Nullable Instant slide) {
        if (loaded.isEmpty()) {
            return List.of();
        }
        List<Lot> changed = new ArrayList<>();
        for (Lot was : loaded.values()) {
            Lot now = lot(was.no());
            if (!now.equals(was)) {
                changed.add(slid(now, slide));
            }
        }
        return changed;
    }

    private static Lot slid(Lot lot, @Nullable Instant slide) {
        return slide == null || lot.openUntil() == null ? lot : lot.slidFrom(slide);
    }

    private void recomputeDue() {
        dueAt = null;
        for (Lot lot : lots.values()) {
            if (lot.remaining() > 0) {
                due(lot.expiresAt());
                due(lot.availableFrom().isAfter(at) ? lot.availableFrom() : null);
            }
        }
        for (Hold hold : placed) {
            due(hold.expiresAt());
        }
        for (Hold hold : openHolds) {
            boolean stillOpen = ended.stream().noneMatch(other -> other.no() == hold.no());
            due(stillOpen ? hold.expiresAt() : null);
        }
    }
}
