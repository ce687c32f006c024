package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.spi.TradeChange;
import dev.retailcrm.core.spi.TradeObserver;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the commands of a tenant's trade share. Immutable. */
record TradeBooks(
        TenantId tenant,
        TradeStore store,
        UnitOfWork work,
        Instants instants,
        ZoneId zone,
        List<TradeObserver> observers,
        FactObserver watcher) {
    private static final Set<FactTopic> TOPICS = Set.of(FactTopic.TRADE);

    TradeBooks observedBy(FactObserver other) {
        return new TradeBooks(tenant, store, work, instants, zone, observers, other);
    }

    /** Before their trade is locked. */
    void prepare(Set<CustomerId> customers) {
        watcher.awaits(tenant, customers, TOPICS);
    }

    /** Locks a customer's trade, and opens it with her first order or refund. */
    TradeHead lock(CustomerId customer) {
        Set<CustomerId> one = Set.of(customer);
        prepare(one);
        TradeHead head = store.lock(tenant, one).get(customer);
        if (head == null) {
            head = store.open(tenant, one).get(customer);
        }
        if (head == null) {
            throw unknown(customer);
        }
        if (head.movedTo() != null) {
            throw Survivors.mergedInto(customer, head.movedTo());
        }
        return head;
    }

    /** Answers a question about her or, if nothing is kept of her, about the customer she was merged into. */
    <T> T ask(CustomerId customer, Function<CustomerId, T> question, Predicate<T> isNothing) {
        return work.read(() -> {
            T answer = question.apply(customer);
            if (!isNothing.test(answer)) {
                return answer;
            }
            CustomerId survivor = Survivors.current(customer, it -> store.movedTo(tenant, it));
            return survivor.equals(customer) ? answer : question.apply(survivor);
        });
    }

    static CrmException unknown(CustomerId customer) {
        return CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer);
    }

    /** Starts deciding about a locked customer, of whose orders this is known. */
    TradeDraft draft(CustomerId customer, TradeHead head, Map<OrderNumber, OrderFile> files, Instant at) {
        return new TradeDraft(tenant, customer, head, files, number -> stored(customer, number), zone, at);
    }

    /** Starts deciding about one order of a locked customer, looking up what is known of it. */
    TradeDraft draft(CustomerId customer, TradeHead head, OrderNumber number, Instant at) {
        var files = store.files(tenant, Map.of(customer, Set.of(number)));
        return draft(customer, head, files.getOrDefault(customer, Map.of()), at);
    }

    /** Writes a decision made from what is known. */
    void write(TradeDraft draft, Instant at) {
        TradeChange change = draft.change();
        if (change.isEmpty()) {
            return;
        }
        if (!store.apply(change)) {
            throw CoreError.STORE_FAILED.because("the store did not show an order that it has");
        }
        tell(Set.of(change.customer()), at);
    }

    /** Tells that something of these customers was written. */
    void tell(Set<CustomerId> customers, Instant at) {
        observers.forEach(observer -> observer.traded(tenant, customers, at));
        watcher.written(tenant, customers, TOPICS, at);
    }

    void requireInRange(Instant occurredAt) {
        instants.orNow(occurredAt);
    }

    private Order stored(CustomerId customer, OrderNumber number) {
        return store.order(tenant, customer, number)
                .orElseThrow(() -> CoreError.STORE_FAILED.because("the store shows an order and does not find it"));
    }
}
