package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.spi.TradeChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Records orders or refunds of many customers, a chunk a transaction, customers in the order of their ids. */
final class TradeBatch<F, O> {
    private final TradeBooks books;
    private final TradeFacts<F, ?, O> kind;
    private final List<F> facts;
    private final Map<Integer, O> outcomes;

    TradeBatch(TradeBooks books, TradeFacts<F, ?, O> kind, List<F> facts) {
        this.books = books;
        this.kind = kind;
        this.facts = new ArrayList<>(facts);
        this.outcomes = new HashMap<>(2 * facts.size());
    }

    List<O> record(int chunk) {
        List<Integer> byCustomer = IntStream.range(0, facts.size())
                .boxed()
                .sorted(Comparator.comparing(index -> customer(index)))
                .toList();
        for (int from = 0; from < byCustomer.size(); from += chunk) {
            List<Integer> part = byCustomer.subList(from, Math.min(from + chunk, byCustomer.size()));
            books.work().run(() -> {
                record(part);
                return true;
            });
        }
        return IntStream.range(0, facts.size()).mapToObj(outcomes::get).toList();
    }

    private CustomerId customer(int index) {
        return kind.customer().apply(facts.get(index));
    }

    private void record(List<Integer> part) {
        Map<CustomerId, Set<OrderNumber>> numbers = new TreeMap<>();
        for (int index : part) {
            numbers.computeIfAbsent(customer(index), none -> new TreeSet<>())
                    .add(kind.number().apply(facts.get(index)));
        }
        Map<CustomerId, TradeHead> heads = lock(numbers.keySet());
        Map<CustomerId, CustomerId> survivors = new HashMap<>();
        heads.forEach((customer, head) -> {
            if (head.movedTo() != null) {
                survivors.put(customer, head.movedTo());
            }
        });
        if (!survivors.isEmpty()) {
            part.forEach(index -> rename(index, survivors));
            record(part);
            return;
        }
        numbers.keySet().retainAll(heads.keySet());
        Map<CustomerId, Map<OrderNumber, OrderFile>> files =
                numbers.isEmpty() ? Map.of() : books.store().files(books.tenant(), numbers);
        Instant at = books.instants().now();
        Map<CustomerId, TradeDraft> drafts = new TreeMap<>();
        heads.forEach((customer, head) ->
                drafts.put(customer, books.draft(customer, head, files.getOrDefault(customer, Map.of()), at)));
        for (int index : part) {
            outcomes.put(index, kind.decide(books, facts.get(index), drafts));
        }
        List<TradeChange> changes = drafts.values().stream()
                .map(TradeDraft::change)
                .filter(change -> !change.isEmpty())
                .toList();
        if (!changes.isEmpty()) {
            books.store().applyAll(changes);
            books.tell(changes.stream().map(TradeChange::customer).collect(Collectors.toSet()), at);
        }
    }

    /** What a merged customer buys is the survivor's. */
    private void rename(int index, Map<CustomerId, CustomerId> survivors) {
        CustomerId survivor = survivors.get(customer(index));
        if (survivor != null) {
            facts.set(index, kind.owned().apply(facts.get(index), survivor));
        }
    }

    private Map<CustomerId, TradeHead> lock(Set<CustomerId> customers) {
        books.prepare(customers);
        Map<CustomerId, TradeHead> heads = new HashMap<>(books.store().lock(books.tenant(), customers));
        Set<CustomerId> unopened = new HashSet<>(customers);
        unopened.removeAll(heads.keySet());
        if (!unopened.isEmpty()) {
            heads.putAll(books.store().open(books.tenant(), unopened));
        }
        return heads;
    }
}
