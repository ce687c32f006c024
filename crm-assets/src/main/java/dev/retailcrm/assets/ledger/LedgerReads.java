package dev.retailcrm.assets.ledger;

import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The queries of a ledger; none of them locks or writes. Thread-safe. Amounts are in the asset's smallest unit. */
public final class LedgerReads {
    private static final int TRIES = 4;

    private final Books books;
    private final LedgerHistoryStore history;

    LedgerReads(Books books) {
        this.books = books;
        this.history = books.ports.history();
    }

    /**
     * The balance at an instant, past, present or future (as far as is known now). One round trip if nothing fell due since the last
     * entry; up to six for the past, and one for each lot that slides.
     *
     * @param at {@code null} for now
     */
    public Balance balance(CustomerId customer, @Nullable Instant at) {
        books.access.require(Right.READ_ASSETS, customer);
        Instant when = within(at);
        return books.ports.unitOfWork().read(() -> {
            for (int i = 1; ; i++) {
                Optional<Account> found = current(customer);
                if (found.isEmpty()) {
                    return Balance.ZERO;
                }
                AccountId id = found.get().id();
                Account account = found.get();
                if (!when.isBefore(account.asOf()) && !account.isDue(when)) {
                    return new Balance(account.available(), account.pending(), account.held(), account.debt());
                }
                Balance balance = when.isBefore(account.asOf()) ? past(id, when) : computed(id, account.debt(), when);
                long seqNow = history.find(id).map(Account::seq).orElse(0L);
                if (seqNow == account.seq() || i == TRIES) {
                    return balance;
                }
            }
        });
    }

    /** Whether an amount could be used at an instant. Round trips as {@link #balance}. */
    public Probe probe(CustomerId customer, long amount, @Nullable Instant at) {
        return Probe.of(Ledger.amount(amount), balance(customer, at).available());
    }

    /** The account as booked; empty if it was never opened. One round trip. */
    public Optional<Account> account(CustomerId customer) {
        books.access.require(Right.READ_ASSETS, customer);
        return books.ports.unitOfWork().read(() -> current(customer));
    }

    /** The account of a customer or, if she was merged, of the survivor; one or two round trips more if she has none. */
    private Optional<Account> current(CustomerId customer) {
        AccountId id = books.id(customer);
        Optional<Account> found = history.find(id);
        Optional<CustomerId> survivor = found.isPresent()
                ? Optional.ofNullable(found.get().movedTo())
                : books.ports.owners().survivor(books.tenant, customer);
        return survivor.isPresent() ? current(survivor.get()) : found;
    }

    /** Lots in which something remains or is held, the oldest first. One round trip; up to four if there are none. */
    public List<Lot> lots(CustomerId customer) {
        books.access.require(Right.READ_ASSETS, customer);
        AccountId id = books.id(customer);
        return books.ports.unitOfWork().read(() -> {
            List<Lot> lots = books.store.openLots(id);
            return lots.isEmpty()
                    ? current(customer).map(it -> books.store.openLots(it.id())).orElse(lots)
                    : lots;
        });
    }

    /** Holds that have not ended. One round trip. */
    public List<Hold> holds(CustomerId customer) {
        books.access.require(Right.READ_ASSETS, customer);
        AccountId id = books.id(customer);
        return books.ports.unitOfWork().read(() -> books.store.openHolds(id));
    }

    /**
     * The account's entries in the order of booking. One round trip a page.
     *
     * @param from booked at or after; {@code null} from the first
     * @param to booked before; {@code null} to the last
     */
    public Page<Entry> entries(CustomerId customer, @Nullable Instant from, @Nullable Instant to, PageRequest page) {
        books.access.require(Right.READ_ASSETS, customer);
        AccountId id = books.id(customer);
        long after = Check.present(page, "page").afterNumber(0);
        Instant start = from == null ? Instant.EPOCH : within(from);
        Instant end = to == null ? Instants.LAST : within(to);
        return books.ports.unitOfWork().read(() -> {
            List<Entry> entries = history.entries(id, after, start, end, page.size());
            return new Page<>(
                    entries,
                    entries.size() < page.size()
                            ? null
                            : Long.toString(entries.get(entries.size() - 1).seq()));
        });
    }

    /** What each entry did to the lots. One round trip. */
    public List<Movement> movements(CustomerId customer, long seq) {
        books.access.require(Right.READ_ASSETS, customer);
        AccountId id = books.id(customer);
        return books.ports.unitOfWork().read(() -> books.store.movements(id, seq));
    }

    /** The lots of one customer that can still be used and expire before an instant, soonest first. One round trip. */
    public List<Lot> expiring(CustomerId customer, Instant before, @Nullable Instant at) {
        Instant end = within(Check.present(before, "instant"));
        Instant now = within(at);
        return lots(customer).stream()
                .filter(lot -> lot.remaining() > 0 && !lot.isExpired(now) && lot.isExpired(end))
                .sorted(Draft.SOONEST_FIRST)
                .toList();
    }

    /** The lots of all customers that expire in {@code from} (inclusive) to {@code to} (exclusive). One round trip a page. */
    public Page<ExpiringLot> expiring(Instant from, Instant to, PageRequest page) {
        books.access.require(Right.READ_ASSETS);
        ExpiringLot after = cursor(Check.present(page, "page").after());
        Instant start = within(Check.present(from, "from"));
        Instant end = within(Check.present(to, "to"));
        return books.ports.unitOfWork().read(() -> {
            List<ExpiringLot> lots = history.expiring(books.tenant, books.asset, start, end, after, page.size());
            ExpiringLot last = lots.isEmpty() ? null : lots.get(lots.size() - 1);
            return new Page<>(
                    lots,
                    last == null || lots.size() < page.size()
                            ? null
                            : last.customer().value() + ":" + last.lotNo());
        });
    }

    /** For each account what it says and what its rows add up to. Two round trips a page. */
    public Page<AccountSums> sums(PageRequest page) {
        books.access.require(Right.READ_ASSETS);
        long after = Check.present(page, "page").afterNumber(0);
        return books.ports.unitOfWork().read(() -> {
            List<AccountSums> sums =
                    history.sums(books.tenant, books.asset, after == 0 ? null : CustomerId.of(after), page.size());
            return new Page<>(
                    sums,
                    sums.size() < page.size()
                            ? null
                            : Long.toString(sums.get(sums.size() - 1).customer().value()));
        });
    }

    /** Σ of entries by type, booked at or after {@code from} and before {@code to}. One round trip. */
    public Map<EntryType, Long> flows(@Nullable Instant from, @Nullable Instant to) {
        books.access.require(Right.READ_ASSETS);
        Instant start = from == null ? Instant.EPOCH : within(from);
        Instant end = to == null ? Instants.LAST : within(to);
        return books.ports.unitOfWork().read(() -> history.flows(books.tenant, books.asset, start, end));
    }

    private Balance computed(AccountId id, long debt, Instant at) {
        return sum(id, books.store.openLots(id), books.store.openHolds(id), debt, at);
    }

    private Balance past(AccountId id, Instant at) {
        Optional<Entry> last = history.lastEntry(id, at);
        if (last.isEmpty()) {
            return Balance.ZERO;
        }
        long seq = last.get().seq();
        List<Lot> lots = history.lotsAsOf(id, seq);
        if (lots.stream().anyMatch(lot -> lot.slideDays() > 0)) {
            Instant active = history.lastActivity(id, seq).orElse(Instant.EPOCH);
            lots = lots.stream().map(lot -> slidBy(id, lot, active)).toList();
        }
        return sum(id, lots, history.holdsAsOf(id, seq), history.debtAsOf(id, seq), at);
    }

    /** A lot that slides, with the expiry it had after an activity: counted from that, or from its own making if that came later. */
    private Lot slidBy(AccountId id, Lot lot, Instant active) {
        if (lot.slideDays() == 0) {
            return lot;
        }
        Instant made = books.store.entry(id, lot.entrySeq()).orElseThrow().at();
        return lot.slidFrom(made.isAfter(active) ? made : active);
    }

    /** Adds up lots and holds at an instant; what holds whose time is over reserved pays the debt, the rest is in its lot again. */
    private Balance sum(AccountId id, List<Lot> lots, List<Hold> holds, long debt, Instant at) {
        long held = 0;
        long owed = debt;
        Map<Long, Long> freed = new HashMap<>();
        for (Hold hold : holds) {
            if (hold.expiresAt().isAfter(at)) {
                held += hold.amount();
            } else {
                for (Movement part : books.store.movements(id, hold.no())) {
                    long paid = Math.min(owed, part.heldDelta());
                    owed -= paid;
                    freed.merge(part.lotNo(), part.heldDelta() - paid, Long::sum);
                }
            }
        }
        long available = 0;
        long pending = 0;
        for (Lot lot : lots) {
            long remaining = lot.remaining() + freed.getOrDefault(lot.no(), 0L);
            if (!lot.isExpired(at)) {
                available += lot.availableFrom().isAfter(at) ? 0 : remaining;
                pending += lot.availableFrom().isAfter(at) ? remaining : 0;
            }
        }
        return new Balance(available, pending, held, owed);
    }

    /** The instant, cut to milliseconds as all that is stored; now if there is none. */
    private Instant within(@Nullable Instant at) {
        if (at == null) {
            return books.clock.now();
        }
        Instants.requireStorable(at);
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable ExpiringLot cursor(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            int colon = cursor.indexOf(':');
            return new ExpiringLot(
                    CustomerId.of(Long.parseLong(cursor.substring(0, Math.max(0, colon)))),
                    Long.parseLong(cursor.substring(colon + 1)),
                    0,
                    Instant.EPOCH);
        } catch (NumberFormatException e) {
            throw CoreError.INVALID_CURSOR.causedBy(e, "not a cursor of this listing");
        }
    }
}
