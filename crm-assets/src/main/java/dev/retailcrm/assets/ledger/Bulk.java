package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorKind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Commands over many customers, a chunk a transaction. */
final class Bulk {
    private final Books books;

    Bulk(Books books) {
        this.books = books;
    }

    List<Outcome> grant(EntryType type, List<Award> given, int chunk) {
        List<Award> awards = new ArrayList<>(Check.present(given, "awards"));
        if (type != EntryType.EARN && type != EntryType.TOP_UP) {
            throw AssetError.INVALID_TERM.because("a grant is EARN or TOP_UP");
        }
        Outcome[] outcomes = new Outcome[awards.size()];
        Deque<List<Integer>> rounds = new ArrayDeque<>(rounds(awards, chunk));
        while (!rounds.isEmpty()) {
            List<Integer> round = rounds.remove();
            Set<CustomerId> customers =
                    round.stream().map(i -> awards.get(i).customer()).collect(Collectors.toUnmodifiableSet());
            Deferred deferred = books.ports
                    .unitOfWork()
                    .run(() -> books.ports.watching(
                            books.tenant, customers, () -> grantRound(type, awards, round, outcomes)));
            deferred.moved().forEach((i, survivor) -> {
                awards.set(i, awards.get(i).to(survivor));
                rounds.addFirst(List.of(i));
            });
            if (!deferred.absent().isEmpty()) {
                rounds.addFirst(deferred.absent());
            }
        }
        return List.of(outcomes);
    }

    /**
     * What a round leaves to transactions of its own. Whoever opens accounts holds no lock yet, and whoever holds one opens none, so that
     * rounds wait for one another in the order of the customers, and never in a circle: not every engine sees one.
     *
     * @param absent awards of customers whose accounts are to be opened
     * @param moved awards of customers who were merged, with the survivor
     */
    private record Deferred(List<Integer> absent, Map<Integer, CustomerId> moved) {}

    /** Cuts the list into chunks in which every customer occurs once, keeping the order of each customer's awards. */
    private static List<List<Integer>> rounds(List<Award> awards, int chunk) {
        List<List<Integer>> rounds = new ArrayList<>();
        Map<CustomerId, Integer> lastRound = new HashMap<>();
        int open = 0;
        for (int i = 0; i < awards.size(); i++) {
            CustomerId customer = Check.present(awards.get(i), "award").customer();
            int round = Math.max(open, lastRound.getOrDefault(customer, -1) + 1);
            while (rounds.size() <= round) {
                rounds.add(new ArrayList<>());
            }
            while (rounds.get(round).size() >= chunk) {
                round++;
                if (rounds.size() <= round) {
                    rounds.add(new ArrayList<>());
                }
            }
            rounds.get(round).add(i);
            lastRound.put(customer, round);
            while (open < rounds.size() && rounds.get(open).size() >= chunk) {
                open++;
            }
        }
        return rounds;
    }

    private Deferred grantRound(EntryType type, List<Award> awards, List<Integer> round, Outcome[] outcomes) {
        Map<CustomerId, Integer> index = new LinkedHashMap<>();
        round.stream()
                .sorted(Comparator.comparing((Integer i) -> awards.get(i).customer()))
                .forEach(i -> index.put(awards.get(i).customer(), i));
        Map<CustomerId, Account> accounts =
                new HashMap<>(books.store.lockAll(books.tenant, books.asset, index.keySet()));
        List<Integer> absent = new ArrayList<>();
        if (accounts.isEmpty()) {
            accounts.putAll(open(type, awards, index, outcomes));
        } else {
            index.forEach((customer, i) -> {
                if (!accounts.containsKey(customer)) {
                    absent.add(i);
                }
            });
        }
        Map<Integer, CustomerId> moved = new LinkedHashMap<>();
        Map<CustomerId, LedgerChange> changes = new LinkedHashMap<>();
        index.forEach((customer, i) -> {
            Account account = accounts.get(customer);
            if (account == null) {
                return;
            }
            CustomerId survivor = account.movedTo();
            if (survivor != null) {
                moved.put(i, survivor);
                return;
            }
            Award award = awards.get(i);
            try {
                changes.put(customer, decide(type, award, account));
            } catch (CrmException refusal) {
                outcomes[i] = answered(refusal, type, award);
            }
        });
        Set<CustomerId> known = books.store.applyAll(List.copyOf(changes.values()));
        changes.forEach((customer, change) -> {
            int i = Check.present(index.get(customer), "index");
            outcomes[i] = known.contains(customer)
                    ? answered(Books.keyLost(), type, awards.get(i))
                    : new Outcome(customer, change.booking(), null);
        });
        return new Deferred(absent, moved);
    }

    /** Opens the accounts of those whose first grant is acceptable, not of those merged; the others get their refusal. */
    private Map<CustomerId, Account> open(
            EntryType type, List<Award> awards, Map<CustomerId, Integer> index, Outcome[] outcomes) {
        Set<CustomerId> existing = books.ports.owners().existing(books.tenant, index.keySet());
        List<CustomerId> opening = new ArrayList<>();
        Map<CustomerId, Account> opened = new HashMap<>();
        index.forEach((customer, i) -> {
            Award award = awards.get(i);
            try {
                Account account = Account.opened(books.id(customer), 0);
                if (existing.contains(customer)) {
                    decide(type, award, account);
                    opening.add(customer);
                } else {
                    opened.put(customer, account.movedTo(survivor(customer)));
                }
            } catch (CrmException refusal) {
                outcomes[i] = answered(refusal, type, award);
            }
        });
        if (!opening.isEmpty()) {
            opened.putAll(books.store.openAll(books.tenant, books.asset, opening));
        }
        return opened;
    }

    private CustomerId survivor(CustomerId customer) {
        return books.ports
                .owners()
                .survivor(books.tenant, customer)
                .orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("no customer %s", customer));
    }

    private LedgerChange decide(EntryType type, Award award, Account account) {
        Draft draft = books.settled(account, books.clock.orNow(award.posting().at()), award.posting());
        return draft.change(fingerprint(type, award), Grants.book(draft, type, award.grant()));
    }

    private long fingerprint(EntryType type, Award award) {
        return award.grant()
                .addTo(award.posting().fingerprint(type.name(), books.asset))
                .value();
    }

    private Outcome answered(CrmException refusal, EntryType type, Award award) {
        try {
            Booking first =
                    books.answered(refusal, award.customer(), award.posting().key(), fingerprint(type, award));
            return new Outcome(award.customer(), first, null);
        } catch (CrmException refused) {
            if (refused.kind() == ErrorKind.STORAGE || refused.code() == CoreError.TRANSACTION_LOST) {
                throw refused;
            }
            return new Outcome(award.customer(), null, refused);
        }
    }

    /** Tells nobody: what rules ask about is the same before and after. */
    SweepProgress sweep(Instant at, @Nullable CustomerId after, int limit) {
        return books.ports.unitOfWork().run(() -> {
            List<CustomerId> due = books.ports.history().due(books.tenant, books.asset, at, after, limit);
            List<LedgerChange> changes = new ArrayList<>();
            int lots = 0;
            int holds = 0;
            long lapsed = 0;
            Map<CustomerId, Account> accounts =
                    due.isEmpty() ? Map.of() : books.store.lockAll(books.tenant, books.asset, due);
            for (Account account : accounts.values()) {
                Draft draft = books.settled(account, at, null);
                if (draft.isChanged() && account.movedTo() == null) {
                    LedgerChange change = draft.change(0, draft.seq());
                    changes.add(change);
                    holds += change.ended().size();
                    for (Entry entry : change.entries()) {
                        if (entry.type() == EntryType.EXPIRE) {
                            lapsed -= entry.amount();
                            lots += (int) change.movements().stream()
                                    .filter(movement -> movement.seq() == entry.seq())
                                    .count();
                        }
                    }
                }
            }
            books.store.applyAll(changes);
            CustomerId cursor = due.size() < limit ? null : due.get(due.size() - 1);
            return new SweepProgress(due.size(), lots, lapsed, holds, cursor);
        });
    }
}
