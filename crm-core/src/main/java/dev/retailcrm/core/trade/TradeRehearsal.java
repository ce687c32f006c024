package dev.retailcrm.core.trade;

import com.google.common.collect.Lists;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tells beforehand what {@link Trade#recordAll} and {@link Trade#refundAll} would do, and writes nothing. Not thread-safe. */
public final class TradeRehearsal {
    private final TradeBooks books;
    private final Customers customers;
    private final Predicate<OrderNumber> recurring;
    private final Map<CustomerId, Map<OrderNumber, OrderFile>> remembered = new HashMap<>();

    TradeRehearsal(TradeBooks books, Customers customers, Predicate<OrderNumber> recurring) {
        this.books = books;
        this.customers = customers;
        this.recurring = recurring;
    }

    /**
     * What {@link Trade#recordAll} would do with these orders, had all before them been given to it. Three round trips for each
     * {@value Trade#CHUNK}.
     */
    public List<OrderOutcome> recordAll(List<Order> orders) {
        return rehearse(TradeFacts.ORDERS, orders);
    }

    /** What {@link Trade#refundAll} would do with these refunds; otherwise as {@link #recordAll}. */
    public List<RefundOutcome> refundAll(List<Refund> refunds) {
        return rehearse(TradeFacts.REFUNDS, refunds);
    }

    private <F, O> List<O> rehearse(TradeFacts<F, ?, O> kind, List<F> facts) {
        for (Object fact : Check.present(facts, "facts")) {
            Check.present(fact, "fact");
        }
        List<O> outcomes = new ArrayList<>(facts.size());
        for (List<F> chunk : Lists.partition(facts, Trade.CHUNK)) {
            outcomes.addAll(chunk(kind, chunk));
        }
        return outcomes;
    }

    private <F, O> List<O> chunk(TradeFacts<F, ?, O> kind, List<F> given) {
        Set<CustomerId> named = given.stream().map(kind.customer()).collect(Collectors.toSet());
        Map<CustomerId, CustomerId> current = customers.current(named);
        List<F> facts = given.stream()
                .map(fact -> kind.owned()
                        .apply(
                                fact,
                                current.getOrDefault(
                                        kind.customer().apply(fact),
                                        kind.customer().apply(fact))))
                .toList();
        Map<CustomerId, TradeDraft> drafts = drafts(kind, facts, new HashSet<>(current.values()));
        List<O> outcomes =
                facts.stream().map(fact -> kind.decide(books, fact, drafts)).toList();
        for (F fact : facts) {
            TradeDraft draft = drafts.get(kind.customer().apply(fact));
            OrderNumber number = kind.number().apply(fact);
            if (draft != null && recurring.test(number)) {
                remembered
                        .computeIfAbsent(kind.customer().apply(fact), none -> new HashMap<>(2))
                        .put(number, draft.file(number));
            }
        }
        return outcomes;
    }

    private <F> Map<CustomerId, TradeDraft> drafts(TradeFacts<F, ?, ?> kind, List<F> facts, Set<CustomerId> known) {
        Map<CustomerId, Set<OrderNumber>> numbers = new TreeMap<>();
        for (F fact : facts) {
            CustomerId customer = kind.customer().apply(fact);
            if (known.contains(customer)) {
                numbers.computeIfAbsent(customer, none -> new TreeSet<>())
                        .add(kind.number().apply(fact));
            }
        }
        Map<CustomerId, Map<OrderNumber, OrderFile>> stored = numbers.isEmpty()
                ? Map.of()
                : books.work().read(() -> books.store().files(books.tenant(), numbers));
        Instant at = books.instants().now();
        Map<CustomerId, TradeDraft> drafts = new HashMap<>();
        numbers.keySet().forEach(customer -> {
            Map<OrderNumber, OrderFile> files = new HashMap<>(stored.getOrDefault(customer, Map.of()));
            files.putAll(remembered.getOrDefault(customer, Map.of()));
            drafts.put(customer, books.draft(customer, TradeHead.OPENED, files, at));
        });
        return drafts;
    }
}
