package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.trade.Dimension;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderFile;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.OrderPosition;
import dev.retailcrm.core.trade.OrderSummary;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.TradeBucket;
import dev.retailcrm.core.trade.TradeHead;
import dev.retailcrm.core.trade.TradeStatistics;
import dev.retailcrm.core.trade.TradeSums;
import dev.retailcrm.core.trade.TradeTotal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps orders, refunds and the statistics that follow from them. Thread-safe; every method joins the current transaction and never
 * ends it. Nothing of one tenant is ever found or changed by a call for another (<b>[TS-1]</b>). Numbered rules are checked by
 * {@code TradeStoreContract} under the same numbers; 19, 20 and 22 by {@code MergeContract}.
 */
public interface TradeStore {
    /**
     * <b>[TS-2]</b> Locks the trade of these customers until the transaction ends, in the order of their ids, waiting for whoever holds
     * it, and returns the heads as the holders before left them. Customers whose trade was never opened are absent.
     */
    Map<CustomerId, TradeHead> lock(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[TS-3]</b> Opens the trade of those customers who have none, and returns the heads of all, locked. Of several that open one at
     * the same time one does, and the others wait for it. <b>[TS-4]</b> Customers who are not registered are absent.
     */
    Map<CustomerId, TradeHead> open(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[TS-5]</b> What is known under these order numbers, as it is once the customers are locked, even where the transaction reads
     * from an older snapshot. Numbers of which nothing is known may be absent. Numbers compare byte for byte.
     */
    Map<CustomerId, Map<OrderNumber, OrderFile>> files(TenantId tenant, Map<CustomerId, Set<OrderNumber>> numbers);

    /**
     * Writes a decision, all or nothing; the caller holds the lock. <b>[TS-6]</b> If one of {@link TradeChange#placed()} is known
     * already, nothing is written, the answer is {@code false}, and no unique violation reaches the current transaction. <b>[TS-7]</b>
     * Sums are added to those kept; rows of the breakdown that come to nothing are gone. <b>[TS-8]</b> First and last instants are those
     * of the orders that count, also after an order was replaced. <b>[TS-9]</b> The events are kept if and only if this transaction is
     * committed.
     */
    boolean apply(TradeChange change);

    /**
     * <b>[TS-10]</b> Writes decisions about different customers of one tenant, each as {@link #apply}; none of their orders and refunds
     * is known already.
     */
    void applyAll(List<TradeChange> changes);

    /** <b>[TS-11]</b> An order with its lines in the order given. Empty if it did not arrive. */
    Optional<Order> order(TenantId tenant, CustomerId customer, OrderNumber number);

    /**
     * <b>[TS-12]</b> Orders by descending position, at most {@code limit}, each with the sum of its refunds in its currency.
     *
     * @param after only orders before this position; {@code null} to start with the latest
     */
    List<OrderSummary> orders(TenantId tenant, CustomerId customer, @Nullable OrderPosition after, int limit);

    /** <b>[TS-13]</b> The statistics in each currency, by its code, with exact numbers of different days, stores, channels and categories. */
    List<TradeStatistics> statistics(TenantId tenant, CustomerId customer);

    /**
     * <b>[TS-14]</b> A breakdown by ascending key, compared byte for byte, at most {@code limit} rows.
     *
     * @param after only greater keys; {@code null} to start with the least
     */
    List<TradeBucket> buckets(
            TenantId tenant,
            CustomerId customer,
            CurrencyUnit currency,
            Dimension dimension,
            @Nullable String after,
            int limit);

    /**
     * <b>[TS-15]</b> Customers whose trade was opened, by ascending id, at most {@code limit}.
     *
     * @param after only greater ids; {@code null} to start with the least
     */
    List<CustomerId> customers(TenantId tenant, @Nullable CustomerId after, int limit);

    /**
     * <b>[TS-16]</b> All that is known by ascending order number: pages of at most {@code limit} orders, and the refunds of the numbers up
     * to the last of them; after the last order, all other refunds. An empty page is the end.
     *
     * @param after only greater numbers; {@code null} to start with the least
     */
    List<Arrived> history(TenantId tenant, CustomerId customer, @Nullable OrderNumber after, int limit);

    /** <b>[TS-17]</b> All statistics of a customer as they are kept. */
    TradeSums sums(TenantId tenant, CustomerId customer);

    /**
     * <b>[TS-18]</b> Puts these statistics in place of those kept. The caller holds the lock. Orders, refunds and events stay.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link CoreError#STORE_FAILED} if the customer's trade was never opened
     */
    void restate(TenantId tenant, CustomerId customer, TradeSums sums);

    /**
     * <b>[TS-19]</b> Moves all that is known under order numbers of which {@code to} knows nothing, and remembers whose it was; from now
     * on {@link #lock} and {@link #open} of {@code from} answer with {@link TradeHead#movedTo}. The trade of both is locked. Statistics
     * stay as they are.
     *
     * @return the numbers moved
     */
    int move(TenantId tenant, CustomerId from, CustomerId to);

    /**
     * <b>[TS-20]</b> Takes back {@link #move}: moves all that is known under numbers of which anything came from {@code to}, also what
     * arrived since; {@code to} has her own trade again. The trade of both is locked. Statistics stay as they are.
     *
     * @return the numbers moved
     */
    int moveBack(TenantId tenant, CustomerId from, CustomerId to);

    /**
     * <b>[TS-21]</b> The sums of these customers in each currency, as they are once the customers are locked, even where the transaction
     * reads from an older snapshot; customers who have none may be absent. One round trip.
     */
    Map<CustomerId, List<TradeTotal>> totals(TenantId tenant, Collection<CustomerId> customers);

    /** <b>[TS-22]</b> The customer to whom her trade was {@linkplain #move moved}, directly; empty if it was not. One round trip. */
    Optional<CustomerId> movedTo(TenantId tenant, CustomerId customer);

    /**
     * All that arrived under one order number.
     *
     * @param order the order; {@code null} if only refunds arrived
     * @param refunds by number
     */
    record Arrived(OrderNumber number, @Nullable Order order, List<Refund> refunds) {
        /** Copies the list. */
        public Arrived {
            refunds = List.copyOf(refunds);
        }
    }
}
