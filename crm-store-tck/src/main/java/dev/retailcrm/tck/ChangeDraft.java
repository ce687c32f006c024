package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.LedgerEvent;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.assets.ledger.Part;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes down a change as the ledger would, without its rules, so that a store is tested by itself. Each {@code entry} begins a ledger
 * line; what follows belongs to it.
 */
final class ChangeDraft {
    private final Account before;
    private final Instant at;
    private final @Nullable RequestKey key;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Lot> opened = new ArrayList<>();
    private final Map<Long, Lot> changed = new LinkedHashMap<>();
    private final List<Movement> movements = new ArrayList<>();
    private final List<Hold> placed = new ArrayList<>();
    private final List<Hold> ended = new ArrayList<>();
    private long posted;
    private long held;
    private long debt;
    private long pending;
    private @Nullable Instant dueAt;
    private @Nullable Instant slideFrom;
    private @Nullable Instant activeAt;
    private boolean slides;

    private EntryType type = EntryType.EARN;
    private long amount;
    private long reverses;
    private boolean proRata;
    private @Nullable String reference;
    private @Nullable String reason;
    private @Nullable StoreId store;
    private @Nullable StaffId staff;
    private long seq;

    private ChangeDraft(Account before, @Nullable RequestKey key, Instant at) {
        this.before = before;
        this.key = key;
        this.at = at;
        posted = before.posted();
        held = before.held();
        debt = before.debt();
        pending = before.pending();
        dueAt = before.dueAt();
        slides = before.slides();
        activeAt = before.activeAt();
        seq = before.seq();
    }

    static ChangeDraft on(Account before, String key, Instant at) {
        return new ChangeDraft(before, RequestKey.of(key), at);
    }

    /** A change of a sweep, which has no key. */
    static ChangeDraft swept(Account before, Instant at) {
        return new ChangeDraft(before, null, at);
    }

    /** A grant of these lots. */
    static LedgerChange earn(Account before, String key, Instant at, LotSpec... lots) {
        ChangeDraft draft = on(before, key, at).entry(EntryType.EARN, 0);
        for (LotSpec lot : lots) {
            draft.open(lot);
        }
        return draft.change();
    }

    /** A use of a lot. */
    static LedgerChange spend(Account before, String key, Instant at, Lot lot, long amount) {
        return on(before, key, at)
                .entry(EntryType.SPEND, 0)
                .move(lot, -amount, 0)
                .change();
    }

    ChangeDraft entry(EntryType begun, long correcting) {
        end();
        seq++;
        type = begun;
        reverses = correcting;
        amount = 0;
        proRata = false;
        reference = null;
        reason = null;
        store = null;
        staff = null;
        return this;
    }

    ChangeDraft proRata() {
        proRata = true;
        return this;
    }

    ChangeDraft said(String document, String why, StoreId where, StaffId who) {
        reference = document;
        reason = why;
        store = where;
        staff = who;
        return this;
    }

    ChangeDraft open(LotSpec spec) {
        Lot lot = spec.lot(seq * Lot.PER_ENTRY + countOpened(), at);
        opened.add(lot);
        amount += lot.granted();
        pending += lot.availableFrom().isAfter(at) ? lot.granted() : 0;
        slides |= lot.slideDays() > 0;
        due(lot.expiresAt());
        due(lot.availableFrom().isAfter(at) ? lot.availableFrom() : null);
        return this;
    }

    private long countOpened() {
        return opened.stream().filter(lot -> lot.entrySeq() == seq).count();
    }

    /** Moves value of a lot that was there before. */
    ChangeDraft move(Lot lot, long delta, long heldDelta) {
        Lot now = changed.getOrDefault(lot.no(), lot);
        changed.put(
                lot.no(),
                new Lot(
                        now.no(),
                        now.part(),
                        now.granted(),
                        now.remaining() + delta,
                        now.held() + heldDelta,
                        now.availableFrom(),
                        now.expiresAt(),
                        now.slideDays(),
                        now.cost()));
        movements.add(new Movement(seq, lot.no(), lot.part(), delta, heldDelta, 0));
        amount += delta + heldDelta;
        held += heldDelta;
        return this;
    }

    /** Notes the cost of the movement made last. */
    ChangeDraft costing(long minor) {
        Movement last = movements.remove(movements.size() - 1);
        movements.add(new Movement(last.seq(), last.lotNo(), last.part(), last.delta(), last.heldDelta(), minor));
        return this;
    }

    ChangeDraft owe(long more) {
        movements.add(new Movement(seq, Movement.DEBT, Part.PRINCIPAL, -more, 0, 0));
        amount -= more;
        debt += more;
        return this;
    }

    ChangeDraft place(long reserved, Instant until) {
        placed.add(new Hold(seq, reserved, until, Hold.State.OPEN, 0, 0));
        due(until);
        return this;
    }

    ChangeDraft finish(Hold hold, Hold.State how, long captured) {
        ended.add(new Hold(hold.no(), hold.amount(), hold.expiresAt(), how, captured, seq));
        return this;
    }

    /** Renews every open lot that slides. */
    ChangeDraft slide(Instant activity) {
        slideFrom = activity;
        return this;
    }

    ChangeDraft active(Instant activity) {
        activeAt = activity;
        return this;
    }

    ChangeDraft pending(long now) {
        pending = now;
        return this;
    }

    private void due(@Nullable Instant instant) {
        if (instant != null && (dueAt == null || instant.isBefore(dueAt))) {
            dueAt = instant;
        }
    }

    private void end() {
        if (seq == before.seq()) {
            return;
        }
        posted += amount;
        entries.add(new Entry(
                seq, type, amount, posted, held, at, at, key, reverses, proRata, reference, reason, store, staff));
    }

    LedgerChange change() {
        end();
        Entry last = entries.get(entries.size() - 1);
        var after = new Account(
                before.id(), seq, posted, held, debt, pending, at, activeAt, dueAt, slides, before.eventSeq() + 1);
        var request = key == null
                ? null
                : new LedgerChange.Request(
                        key, key.value().hashCode(), before.id().asset().code() + "#" + last.seq());
        return new LedgerChange(
                before,
                after,
                entries,
                opened,
                List.copyOf(changed.values()),
                movements,
                placed,
                ended,
                slideFrom,
                request,
                new LedgerEvent(before.id(), last.seq(), last.type(), last.amount(), posted, at));
    }
}
