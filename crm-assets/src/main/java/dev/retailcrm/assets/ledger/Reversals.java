package dev.retailcrm.assets.ledger;

import dev.retailcrm.assets.ledger.Books.Original;
import dev.retailcrm.assets.ledger.Taking.Pick;
import dev.retailcrm.core.kernel.RequestKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.joda.money.Money;

/** What ends a hold, gives back what was used, or takes back what was given. Stateless. */
final class Reversals {
    private final Books books;
    private final Taking taking;

    Reversals(Books books, Taking taking) {
        this.books = books;
        this.taking = taking;
    }

    /** Captures part of a hold and frees the rest, or releases it all if nothing is used. */
    long endHold(Draft draft, long no, long used) {
        AccountId id = draft.before.id();
        Hold hold = books.store.hold(id, no).orElseThrow(() -> AssetError.UNKNOWN_HOLD.because("no hold %d", no));
        boolean over = !hold.expiresAt().isAfter(draft.at);
        if (hold.state() != Hold.State.OPEN || over) {
            String state = (hold.state() == Hold.State.OPEN ? Hold.State.EXPIRED : hold.state()).name();
            throw AssetError.HOLD_ENDED.with(Map.of("state", state), "hold %d is %s", no, state);
        }
        if (used > hold.amount()) {
            throw AssetError.CAPTURE_EXCEEDS_HOLD.with(
                    Map.of("held", hold.amount()), "%d to be captured, %d held", used, hold.amount());
        }
        Entry placing = books.store.entry(id, no).orElseThrow();
        List<Movement> parts = books.store.movements(id, no);
        know(draft, parts);
        draft.begin(used == 0 ? EntryType.RELEASE : EntryType.CAPTURE);
        draft.free(parts, split(draft, parts, used, placing.proRata()));
        draft.finish(hold, used == 0 ? Hold.State.RELEASED : Hold.State.CAPTURED, used);
        draft.end(no, placing.proRata(), null);
        long answer = draft.seq();
        draft.lapse();
        return answer;
    }

    long refund(Draft draft, RequestKey original, long amount) {
        Original booked = books.original(draft.before.id(), original);
        if (!booked.account().equals(draft.before.id())) {
            return new FormerAccount(books, draft, booked.account()).refund(former -> refund(former, booked, amount));
        }
        return refund(draft, booked, amount);
    }

    private long refund(Draft draft, Original booked, long amount) {
        AccountId id = booked.account();
        Entry entry = booked.entry();
        requireReversible(entry, entry.type().uses() && entry.amount() < 0);
        long used = -entry.amount();
        long left = requireLeft(id, entry, used, amount);
        List<Movement> parts = usedBy(entry, books.store.movements(id, entry.seq()));
        know(draft, parts);
        long[] before = split(draft, parts, left, entry.proRata());
        long[] after = split(draft, parts, left - amount, entry.proRata());
        draft.begin(EntryType.REFUND);
        for (int i = 0; i < before.length; i++) {
            if (before[i] > after[i]) {
                giveBack(draft, draft.lot(parts.get(i).lotNo()), before[i] - after[i]);
            }
        }
        draft.end(entry.seq(), false, null);
        long answer = draft.seq();
        draft.lapse();
        return answer;
    }

    /** The movements by which an entry used value: not those by which what a capture freed paid a debt. */
    private static List<Movement> usedBy(Entry entry, List<Movement> movements) {
        boolean capture = entry.type() == EntryType.CAPTURE;
        return movements.stream()
                .filter(part -> part.lotNo() != Movement.DEBT && (!capture || part.heldDelta() < 0))
                .toList();
    }

    private void giveBack(Draft draft, Lot lot, long amount) {
        Lot renewed = draft.renew(lot);
        int graceDays = draft.terms.lapsedReturn().graceDays();
        if (renewed.isExpired(draft.at) && graceDays > 0) {
            draft.openGraced(renewed, amount, draft.at.plus(Duration.ofDays(graceDays)));
        } else {
            draft.move(renewed, amount, 0);
        }
    }

    long takeBack(Draft draft, RequestKey original, long amount) {
        Original booked = books.original(draft.before.id(), original);
        Entry entry = booked.entry();
        requireReversible(entry, entry.type().grants() && entry.amount() > 0);
        long left = requireLeft(booked.account(), entry, entry.amount(), amount);
        return takeBack(draft, booked, left, amount);
    }

    long takeBackFor(Draft draft, RequestKey original, Money money) {
        Original booked = books.original(draft.before.id(), original);
        AccountId id = booked.account();
        Entry entry = booked.entry();
        requireReversible(entry, entry.type().grants() && entry.amount() > 0);
        Lot.Cost cost = books.store.lotsMadeBy(id, entry.seq()).stream()
                .map(Lot::cost)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> AssetError.NO_COST.because("nothing was paid for this booking"));
        if (!cost.currency().equals(money.getCurrencyUnit())) {
            throw AssetError.WRONG_CURRENCY.because("it was paid in %s", cost.currency());
        }
        if (money.getAmountMinor().precision() > 18) {
            throw AssetError.AMOUNT_OUT_OF_RANGE.because("more than a booking can have cost");
        }
        long minor = Ledger.amount(money.getAmountMinorLong());
        long left = entry.amount() - books.store.reversed(id, entry.seq());
        long moneyLeft = Lot.share(cost.minor(), left, entry.amount());
        if (minor > moneyLeft) {
            throw AssetError.REVERSAL_EXCEEDS_BOOKING.with(
                    Map.of("left", moneyLeft), "%d to be refunded, %d left of what was paid", minor, moneyLeft);
        }
        long amount = minor == moneyLeft ? left : Lot.share(entry.amount(), minor, cost.minor());
        return takeBack(draft, booked, left, Ledger.amount(Math.min(amount, left)));
    }

    private long takeBack(Draft draft, Original booked, long left, long amount) {
        if (!booked.account().equals(draft.before.id())) {
            return new FormerAccount(books, draft, booked.account())
                    .takeBack(taking, amount, former -> takeBack(former, booked.entry(), left, amount));
        }
        return takeBack(draft, booked.entry(), left, amount);
    }

    private long takeBack(Draft draft, Entry entry, long left, long amount) {
        List<Lot> own = books.store.lotsMadeBy(draft.before.id(), entry.seq());
        draft.know(own);
        List<Pick> picks = new ArrayList<>(ownShares(draft, own, left, amount));
        long missing = amount - Taking.total(picks);
        if (missing > 0) {
            taking.loadAll(draft);
            List<Lot> others = draft.usable();
            others.sort(Comparator.comparing((Lot lot) -> lot.entrySeq() != entry.seq()));
            picks.addAll(Taking.first(minus(others, picks), missing));
        }
        return take(draft, EntryType.TAKE_BACK, entry.seq(), picks, amount);
    }

    /** Takes an amount from these lots, and what they do not cover as the retailer's policy says. */
    static long take(Draft draft, EntryType type, long reverses, List<Pick> picks, long amount) {
        long shortfall = amount - Taking.total(picks);
        if (shortfall > 0 && draft.terms.shortfall() == ShortfallPolicy.REFUSE) {
            throw Taking.insufficient(amount, amount - shortfall);
        }
        draft.begin(type);
        picks.forEach(pick -> draft.move(pick.lot(), -pick.amount(), 0));
        if (shortfall > 0) {
            draft.owe(shortfall);
        }
        draft.end(reverses, false, null);
        long answer = draft.seq();
        if (shortfall > 0 && draft.terms.shortfall() == ShortfallPolicy.FORGIVE) {
            draft.begin(EntryType.FORGIVE);
            draft.owe(-shortfall);
            draft.end(answer, false, null);
        }
        return answer;
    }

    /** What each lot of the booking bears, principal and bonus in proportion, lots that are not yet available first. */
    private static List<Pick> ownShares(Draft draft, List<Lot> own, long left, long amount) {
        long[] granted = own.stream().mapToLong(Lot::granted).toArray();
        boolean[] bonus = bonus(own);
        long[] before = Split.proRata(granted, bonus, left);
        long[] after = Split.proRata(granted, bonus, left - amount);
        List<Pick> picks = new ArrayList<>();
        for (int i = 0; i < granted.length; i++) {
            Lot lot = draft.lot(own.get(i).no());
            long share = lot.isExpired(draft.at) ? 0 : Math.min(before[i] - after[i], lot.remaining());
            if (share > 0) {
                picks.add(new Pick(lot, share));
            }
        }
        picks.sort(
                Comparator.comparing((Pick pick) -> !pick.lot().availableFrom().isAfter(draft.at)));
        return picks;
    }

    /** The lots without what is already picked from them. */
    private static List<Lot> minus(List<Lot> lots, List<Pick> picks) {
        return lots.stream()
                .map(lot -> lot.moved(
                        -picks.stream()
                                .filter(pick -> pick.lot().no() == lot.no())
                                .mapToLong(Pick::amount)
                                .sum(),
                        0))
                .toList();
    }

    private void know(Draft draft, List<Movement> parts) {
        List<Long> unknown = parts.stream()
                .map(Movement::lotNo)
                .filter(no -> !draft.knows(no))
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            draft.know(books.store.lots(draft.before.id(), unknown));
        }
    }

    private static long[] split(Draft draft, List<Movement> parts, long kept, boolean proRata) {
        long[] amounts = Split.amounts(parts);
        return proRata
                ? Split.proRata(
                        amounts,
                        bonus(parts.stream()
                                .map(part -> draft.lot(part.lotNo()))
                                .toList()),
                        kept)
                : Split.prefix(amounts, kept);
    }

    private static boolean[] bonus(List<Lot> lots) {
        boolean[] bonus = new boolean[lots.size()];
        for (int i = 0; i < bonus.length; i++) {
            bonus[i] = lots.get(i).part() == Part.BONUS;
        }
        return bonus;
    }

    private static void requireReversible(Entry entry, boolean reversible) {
        if (!reversible) {
            throw AssetError.NOT_REVERSIBLE.because("a booking of type %s cannot be reversed this way", entry.type());
        }
    }

    private long requireLeft(AccountId id, Entry entry, long whole, long amount) {
        long left = whole - books.store.reversed(id, entry.seq());
        if (amount > left) {
            throw AssetError.REVERSAL_EXCEEDS_BOOKING.with(
                    Map.of("left", left), "%d to be reversed, %d left of %d", amount, left, whole);
        }
        return left;
    }
}
