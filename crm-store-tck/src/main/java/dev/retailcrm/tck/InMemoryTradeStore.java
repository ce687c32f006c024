package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.TradeChange;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.trade.Dimension;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderFile;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.OrderPosition;
import dev.retailcrm.core.trade.OrderSummary;
import dev.retailcrm.core.trade.TradeBucket;
import dev.retailcrm.core.trade.TradeHead;
import dev.retailcrm.core.trade.TradeStatistics;
import dev.retailcrm.core.trade.TradeSums;
import dev.retailcrm.core.trade.TradeTotal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/** Trade in memory. Thread-safe. */
final class InMemoryTradeStore implements TradeStore {
    private final InMemoryDatabase database;

    InMemoryTradeStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<CustomerId, TradeHead> lock(TenantId tenant, Collection<CustomerId> customers) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        Map<CustomerId, TradeHead> heads = new HashMap<>();
        for (CustomerId customer : new TreeSet<>(customers)) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null && rows.other(transaction, TradeRows.class).isPresent()) {
                transaction.lock(rows);
                rows.other(transaction, TradeRows.class).ifPresent(trade -> heads.put(customer, trade.head()));
            }
        }
        return heads;
    }

    @Override
    public Map<CustomerId, TradeHead> open(TenantId tenant, Collection<CustomerId> customers) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        Map<CustomerId, TradeHead> heads = new HashMap<>();
        for (CustomerId customer : new TreeSet<>(customers)) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null && rows.record(transaction).isPresent()) {
                transaction.lock(rows);
                if (rows.other(transaction, TradeRows.class).isEmpty()) {
                    CustomerId survivor = rows.record(transaction)
                            .map(CustomerSnapshot::mergedInto)
                            .orElse(null);
                    rows.put(TradeRows.OPENED.movedTo(survivor));
                }
                rows.other(transaction, TradeRows.class).ifPresent(trade -> heads.put(customer, trade.head()));
            }
        }
        return heads;
    }

    @Override
    public Map<CustomerId, Map<OrderNumber, OrderFile>> files(
            TenantId tenant, Map<CustomerId, Set<OrderNumber>> numbers) {
        Map<CustomerId, Map<OrderNumber, OrderFile>> files = new HashMap<>();
        numbers.forEach((customer, wanted) -> {
            TradeRows trade = trade(tenant, customer);
            Map<OrderNumber, OrderFile> known = new HashMap<>();
            wanted.forEach(number -> known.put(number, trade.file(number)));
            files.put(customer, known);
        });
        return files;
    }

    @Override
    public boolean apply(TradeChange change) {
        CustomerRows rows = database.tenant(change.tenant()).find(change.customer());
        if (rows == null || !rows.isOwnedBy(database.unitOfWork().required())) {
            throw new IllegalStateException("the customer's trade is not locked");
        }
        TradeRows before = trade(change.tenant(), change.customer());
        if (change.placed().stream().anyMatch(order -> before.orders().containsKey(order.number()))) {
            return false;
        }
        rows.put(before.with(change));
        change.events().forEach(rows::tell);
        return true;
    }

    @Override
    public void applyAll(List<TradeChange> changes) {
        changes.forEach(this::apply);
    }

    @Override
    public Optional<Order> order(TenantId tenant, CustomerId customer, OrderNumber number) {
        return Optional.ofNullable(trade(tenant, customer).orders().get(number));
    }

    @Override
    public List<OrderSummary> orders(TenantId tenant, CustomerId customer, @Nullable OrderPosition after, int limit) {
        TradeRows trade = trade(tenant, customer);
        return trade.orders().values().stream()
                .map(Order::head)
                .filter(order -> after == null || OrderPosition.of(order).compareTo(after) < 0)
                .sorted(Comparator.comparing(OrderPosition::of).reversed())
                .limit(limit)
                .map(order -> new OrderSummary(order, trade.file(order.number()).refunded(order.currency())))
                .toList();
    }

    @Override
    public List<TradeStatistics> statistics(TenantId tenant, CustomerId customer) {
        TradeSums sums = sums(tenant, customer);
        return sums.totals().stream()
                .map(total -> new TradeStatistics(
                        total,
                        different(sums, total, Dimension.DAY),
                        different(sums, total, Dimension.STORE),
                        different(sums, total, Dimension.CHANNEL),
                        different(sums, total, Dimension.CATEGORY)))
                .toList();
    }

    private static long different(TradeSums sums, TradeTotal total, Dimension dimension) {
        return sums.buckets().stream()
                .filter(bucket -> bucket.currency().equals(total.currency()) && bucket.dimension() == dimension)
                .count();
    }

    @Override
    public List<TradeBucket> buckets(
            TenantId tenant,
            CustomerId customer,
            CurrencyUnit currency,
            Dimension dimension,
            @Nullable String after,
            int limit) {
        return sums(tenant, customer).buckets().stream()
                .filter(bucket -> bucket.currency().equals(currency) && bucket.dimension() == dimension)
                .filter(bucket -> after == null || bucket.key().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public List<CustomerId> customers(TenantId tenant, @Nullable CustomerId after, int limit) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        List<CustomerId> found = new ArrayList<>();
        for (CustomerRows rows : database.tenant(tenant).after(after)) {
            if (found.size() < limit && rows.other(reader, TradeRows.class).isPresent()) {
                found.add(rows.id);
            }
        }
        return found;
    }

    @Override
    public List<Arrived> history(TenantId tenant, CustomerId customer, @Nullable OrderNumber after, int limit) {
        TradeRows trade = trade(tenant, customer);
        List<Arrived> found = new ArrayList<>();
        int orders = 0;
        for (var entry : trade.files().entrySet()) {
            if (orders == limit) {
                break;
            }
            OrderNumber number = entry.getKey();
            if (after == null || number.compareTo(after) > 0) {
                Order order = trade.orders().get(number);
                orders += order == null ? 0 : 1;
                found.add(new Arrived(number, order, entry.getValue().refunds()));
            }
        }
        return found;
    }

    @Override
    public TradeSums sums(TenantId tenant, CustomerId customer) {
        return trade(tenant, customer).sums();
    }

    @Override
    public void restate(TenantId tenant, CustomerId customer, TradeSums sums) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        InMemoryTransaction transaction = database.unitOfWork().required();
        if (rows == null || rows.other(transaction, TradeRows.class).isEmpty()) {
            throw CoreError.STORE_FAILED.because("the customer's trade was never opened");
        }
        transaction.lock(rows);
        rows.put(trade(tenant, customer).restated(sums));
    }

    private TradeRows trade(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? TradeRows.OPENED
                : rows.other(database.unitOfWork().joined(), TradeRows.class).orElse(TradeRows.OPENED);
    }

    @Override
    public Map<CustomerId, List<TradeTotal>> totals(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, List<TradeTotal>> found = new HashMap<>();
        customers.forEach(
                customer -> found.put(customer, trade(tenant, customer).sums().totals()));
        return found;
    }

    @Override
    public Optional<CustomerId> movedTo(TenantId tenant, CustomerId customer) {
        return Optional.ofNullable(trade(tenant, customer).head().movedTo());
    }

    @Override
    public int move(TenantId tenant, CustomerId from, CustomerId to) {
        TradeRows hers = trade(tenant, from);
        TradeRows survivors = trade(tenant, to);
        List<OrderNumber> moving = new ArrayList<>(hers.files().keySet());
        moving.removeAll(survivors.files().keySet());
        database.locked(tenant, to)
                .put(survivors.with(
                        to,
                        hers,
                        moving,
                        origins ->
                                Stream.concat(origins.stream(), Stream.of(from)).toList()));
        database.locked(tenant, from).put(hers.without(moving).movedTo(to));
        return moving.size();
    }

    @Override
    public int moveBack(TenantId tenant, CustomerId from, CustomerId to) {
        TradeRows survivors = trade(tenant, from);
        List<OrderNumber> moving = survivors.cameFrom(to);
        database.locked(tenant, to)
                .put(trade(tenant, to)
                        .with(to, survivors, moving, origins -> origins.subList(0, origins.size() - 1))
                        .movedTo(null));
        database.locked(tenant, from).put(survivors.without(moving));
        return moving.size();
    }
}
