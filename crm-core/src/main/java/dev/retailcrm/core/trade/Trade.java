package dev.retailcrm.core.trade;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.spi.TradeObserver;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the customers of one tenant buy and give back, and their statistics, which every command keeps up to date in its own
 * transaction. Orders and refunds may arrive late, in any order, and more than once: the statistics are always those of the facts that
 * have arrived, as if they had come in the right order and once. Commands join the host's transaction if there is one. Thread-safe.
 *
 * <p>An order is named by its number, a refund by its own number within the order: the same again answers with what is kept and writes
 * nothing. Round trips are counted on PostgreSQL, without those that open and commit a transaction; a customer's first order or refund
 * takes three more. A question about the old id of somebody who was merged is one about the survivor, by a round trip more for each merge; so
 * is one that finds nothing.
 */
public final class Trade {
    /** The most orders {@link #recordAll} writes in one transaction. */
    public static final int CHUNK = 500;

    private final TradeBooks books;
    private final Access access;

    /**
     * The trade of a tenant.
     *
     * @param clock dates events, and bounds the instants of orders and refunds
     * @param zone the retailer's, by which days and months are counted; after a change of it {@link #rebuild} the statistics
     */
    public Trade(TenantId tenant, TradeStore store, UnitOfWork work, InstantSource clock, ZoneId zone) {
        this(tenant, store, work, clock, zone, List.of());
    }

    /** The same, telling these of every change in the transaction that made it, in their order. */
    public Trade(
            TenantId tenant,
            TradeStore store,
            UnitOfWork work,
            InstantSource clock,
            ZoneId zone,
            List<TradeObserver> observers) {
        this.books = new TradeBooks(
                Check.present(tenant, "tenant"),
                Check.present(store, "trade store"),
                Check.present(work, "unit of work"),
                new Instants(clock),
                Check.present(zone, "zone"),
                List.copyOf(Check.present(observers, "observers")),
                FactObserver.NONE);
        this.access = Access.unrestricted();
    }

    private Trade(TradeBooks books, Access access) {
        this.books = books;
        this.access = access;
    }

    /** The same trade, of which this is told as it is written. */
    public Trade observedBy(FactObserver watcher) {
        return new Trade(books.observedBy(Check.present(watcher, "observer")), access);
    }

    /** The same trade, as far as this access permits. */
    public Trade guardedBy(Access granted) {
        return new Trade(books, Check.present(granted, "access"));
    }

    /**
     * Records an order, or a later revision of one, which takes the place of the earlier. A revision that is lower than the one kept
     * changes nothing. Refunds that came before their order count from now on. Two round trips; four if the customer has pending
     * refunds or the order is known; up to eighteen for a revision.
     *
     * @return the order as it is kept
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#INSTANT_OUT_OF_RANGE};
     *     {@link CoreError#ORDER_NUMBER_REUSED} if this revision of the order was recorded with other content
     */
    public OrderSummary record(Order order) {
        access.require(Right.RECORD_TRADE, Check.present(order, "order").customer());
        books.requireInRange(order.occurredAt());
        Instant at = books.instants().now();
        return books.work()
                .run(() -> Survivors.follow(order.customer(), customer -> {
                    TradeHead head = books.lock(customer);
                    if (head.pendingRefunds() == 0) {
                        // Most orders are new, so whether this one is known is asked only if the store finds it there.
                        TradeDraft hopeful = books.draft(customer, head, Map.of(), at);
                        OrderSummary kept = hopeful.record(order.of(customer));
                        if (books.store().apply(hopeful.change())) {
                            books.tell(Set.of(customer), at);
                            return kept;
                        }
                    }
                    return decide(customer, head, order.number(), at, draft -> draft.record(order.of(customer)));
                }));
    }

    /**
     * Records orders of many customers, {@value #CHUNK} a transaction, or all in the host's if there is one. Four round trips a chunk if
     * all its orders are new and all its customers have bought before, however many they are; three more if not all have.
     *
     * @return what became of each, in the order of the list; an order refused does not refuse the others
     * @throws CrmException {@link CoreError#INVALID_VALUE} if an order is missing, before anything is written
     */
    public List<OrderOutcome> recordAll(List<Order> orders) {
        requireEach(orders, Order::customer);
        return new TradeBatch<>(books, TradeFacts.ORDERS, orders).record(CHUNK);
    }

    /**
     * Records refunds of many customers, as {@link #recordAll} does orders and in as many round trips.
     *
     * @return what became of each, in the order of the list; a refund refused does not refuse the others
     * @throws CrmException {@link CoreError#INVALID_VALUE} if a refund is missing, before anything is written
     */
    public List<RefundOutcome> refundAll(List<Refund> refunds) {
        requireEach(refunds, Refund::customer);
        return new TradeBatch<>(books, TradeFacts.REFUNDS, refunds).record(CHUNK);
    }

    /**
     * Starts a rehearsal of {@link #recordAll} and {@link #refundAll}: it tells what would become of facts, and writes nothing.
     *
     * @param known the customers of the same tenant, who are asked who is one
     * @param recurring which order numbers it may be given again in another call: only of these it remembers what it was given, some
     *     hundred bytes each
     */
    public TradeRehearsal rehearsal(Customers known, Predicate<OrderNumber> recurring) {
        access.require(Right.RECORD_TRADE);
        return new TradeRehearsal(
                books, Check.present(known, "customers"), Check.present(recurring, "recurring numbers"));
    }

    private <F> void requireEach(List<F> facts, Function<F, CustomerId> customer) {
        for (Object fact : Check.present(facts, "facts")) {
            Check.present(fact, "fact");
        }
        access.requireEach(Right.RECORD_TRADE, facts, customer);
    }

    /**
     * Records money given back for an order. Before its order has arrived a refund is pending: it counts as such alone, whatever its
     * amount, and as a refund from the moment the order is there. Four round trips.
     *
     * @return the refund as it is kept, and whether it is pending
     * @throws CrmException {@link CoreError#REFUND_EXCEEDS_ORDER} if the order is known and less of it is left, nothing if it was
     *     cancelled or paid in another currency; {@link CoreError#ORDER_NUMBER_REUSED} if the refund was recorded with other content;
     *     {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#INSTANT_OUT_OF_RANGE}
     */
    public RefundSummary refund(Refund refund) {
        access.require(Right.RECORD_TRADE, Check.present(refund, "refund").customer());
        books.requireInRange(refund.occurredAt());
        Instant at = books.instants().now();
        return books.work()
                .run(() -> Survivors.follow(refund.customer(), customer -> {
                    TradeHead head = books.lock(customer);
                    return decide(customer, head, refund.order(), at, draft -> draft.refund(refund.of(customer)));
                }));
    }

    private <T> T decide(
            CustomerId customer, TradeHead head, OrderNumber number, Instant at, Function<TradeDraft, T> command) {
        TradeDraft draft = books.draft(customer, head, number, at);
        T answer = command.apply(draft);
        books.write(draft, at);
        return answer;
    }

    /** A customer's statistics in each currency she bought in, by its code; empty if she never did. Two round trips. */
    public List<TradeStatistics> statistics(CustomerId customer) {
        access.require(Right.READ_TRADE, customer);
        return books.ask(customer, it -> books.store().statistics(books.tenant(), it), List::isEmpty);
    }

    /** A customer's statistics in one currency; all zero if she never bought in it. Two round trips. */
    public TradeStatistics statistics(CustomerId customer, CurrencyUnit currency) {
        Check.present(currency, "currency");
        return statistics(customer).stream()
                .filter(found -> found.currency().equals(currency))
                .findFirst()
                .orElseGet(() -> TradeStatistics.none(currency));
    }

    /** A customer's trade in one currency by month, day, store, channel or category, by ascending key. One round trip. */
    public Page<TradeBucket> breakdown(
            CustomerId customer, CurrencyUnit currency, Dimension dimension, PageRequest page) {
        access.require(Right.READ_TRADE, customer);
        Check.present(currency, "currency");
        Check.present(dimension, "dimension");
        String after = Check.present(page, "page").after();
        List<TradeBucket> found = books.ask(
                customer,
                it -> books.store().buckets(books.tenant(), it, currency, dimension, after, page.size() + 1),
                List::isEmpty);
        return page(found, page.size(), TradeBucket::key);
    }

    /**
     * A customer's orders without their lines, the latest bought first, cancelled ones included. One round trip.
     *
     * @throws CrmException {@link CoreError#INVALID_CURSOR}
     */
    public Page<OrderSummary> orders(CustomerId customer, PageRequest page) {
        access.require(Right.READ_TRADE, customer);
        String cursor = Check.present(page, "page").after();
        OrderPosition after = cursor == null ? null : OrderPosition.parse(cursor);
        List<OrderSummary> found = books.ask(
                customer, it -> books.store().orders(books.tenant(), it, after, page.size() + 1), List::isEmpty);
        return page(found, page.size(), last -> OrderPosition.of(last.order()).toString());
    }

    /** An order with its lines and refunds; empty if it has not arrived. Four round trips. */
    public Optional<OrderDetails> order(CustomerId customer, OrderNumber number) {
        access.require(Right.READ_TRADE, customer);
        Check.present(number, "number of an order");
        return books.ask(
                customer,
                it -> books.store()
                        .order(books.tenant(), it, number)
                        .map(order -> new OrderDetails(order, file(it, number).refunds())),
                Optional::isEmpty);
    }

    /** The refunds of an order by number, also of one that has not arrived. Two round trips. */
    public List<Refund> refunds(CustomerId customer, OrderNumber number) {
        access.require(Right.READ_TRADE, customer);
        Check.present(number, "number of an order");
        return books.ask(customer, it -> file(it, number), OrderFile.EMPTY::equals)
                .refunds();
    }

    private OrderFile file(CustomerId customer, OrderNumber number) {
        return books.store()
                .files(books.tenant(), Map.of(customer, Set.of(number)))
                .getOrDefault(customer, Map.of())
                .getOrDefault(number, OrderFile.EMPTY);
    }

    /**
     * Adds up statistics anew, from orders and refunds alone, and puts right those that differ; a customer a transaction. Needed after
     * the retailer's zone was changed, or rows were written by others. Repeat with {@link RebuildProgress#cursor()} until it is
     * {@linkplain RebuildProgress#isDone() done}; it may be stopped between any two pages.
     *
     * @param after only customers with greater ids; {@code null} to start
     * @param limit the most customers, 1 to 10,000
     */
    public RebuildProgress rebuild(@Nullable CustomerId after, int limit) {
        access.require(Right.OPERATE);
        Check.range(limit, 1, 10_000, "limit");
        return new TradeRebuild(books).after(after, limit);
    }

    private static <T> Page<T> page(List<T> found, int size, Function<T, String> cursor) {
        List<T> shown = found.subList(0, Math.min(size, found.size()));
        return new Page<>(shown, found.size() > size ? cursor.apply(shown.get(size - 1)) : null);
    }
}
