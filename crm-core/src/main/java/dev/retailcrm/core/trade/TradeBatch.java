package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.ErrorKind;
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

/** Records orders of many customers, a chunk a transaction, customers in the order of their ids. */
final class TradeBatch {
    private final TradeBooks books;
    private final List<Order> orders;
    private final OrderOutcome[] outcomes;

    TradeBatch(TradeBooks books, List<Order> orders) {
        for (Object order : Check.present(orders, "orders")) {
            Check.present(order, "order");
        }
        this.books = books;
        this.orders = new ArrayList<>(orders);
        this.outcomes = new OrderOutcome[orders.size()];
    }

    List<OrderOutcome> record(int chunk) {
        List<Integer> byCustomer = IntStream.range(0, orders.size())
                .boxed()
                .sorted(Comparator.comparing(index -> orders.get(index).customer()))
                .toList();
        for (int from = 0; from < byCustomer.size(); from += chunk) {
            List<Integer> part = byCustomer.subList(from, Math.min(from + chunk, byCustomer.size()));
            books.work().run(() -> {
                record(part);
                return true;
            });
        }
        return List.of(outcomes);
    }

    private void record(List<Integer> part) {
        Map<CustomerId, Set<OrderNumber>> numbers = new TreeMap<>();
        for (int index : part) {
            Order order = orders.get(index);
            numbers.computeIfAbsent(order.customer(), none -> new TreeSet<>()).add(order.number());
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
            outcomes[index] = record(orders.get(index), drafts);
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

    /** Orders of a merged customer are the survivor's. */
    private void rename(int index, Map<CustomerId, CustomerId> survivors) {
        Order order = orders.get(index);
        CustomerId survivor = survivors.get(order.customer());
        if (survivor != null) {
            orders.set(index, order.of(survivor));
        }
    }

    private Map<CustomerId, TradeHead> lock(Set<CustomerId> customers) {
        Map<CustomerId, TradeHead> heads = new HashMap<>(books.store().lock(books.tenant(), customers));
        Set<CustomerId> unopened = new HashSet<>(customers);
        unopened.removeAll(heads.keySet());
        if (!unopened.isEmpty()) {
            heads.putAll(books.store().open(books.tenant(), unopened));
        }
        return heads;
    }

    private OrderOutcome record(Order order, Map<CustomerId, TradeDraft> drafts) {
        try {
            books.requireInRange(order.occurredAt());
            TradeDraft draft = drafts.get(order.customer());
            if (draft == null) {
                throw TradeBooks.unknown(order.customer());
            }
            return new OrderOutcome(draft.record(order), null);
        } catch (CrmException refusal) {
            if (refusal.kind() == ErrorKind.STORAGE) {
                throw refusal;
            }
            return new OrderOutcome(null, refusal);
        }
    }
}
