package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.ExpiringLot;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.assets.spi.ValueQuery;
import dev.retailcrm.assets.spi.ValueSum;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks ledgers up in memory. Thread-safe. */
final class InMemoryLedgerHistoryStore implements LedgerHistoryStore {
    private final InMemoryDatabase database;

    InMemoryLedgerHistoryStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Account> find(AccountId id) {
        CustomerRows customer = database.tenant(id.tenant()).find(id.customer());
        CustomerId survivor =
                customer == null ? null : customer.movedTo(database.unitOfWork().joined());
        return look(id, Optional.empty(), rows -> Optional.of(rows.head().movedTo(survivor)));
    }

    @Override
    public Optional<Entry> lastEntry(AccountId id, Instant at) {
        return look(id, Optional.empty(), rows -> rows.past().lastEntry(at));
    }

    @Override
    public List<Entry> entries(AccountId id, long afterSeq, Instant from, Instant to, int limit) {
        return look(id, List.of(), rows -> rows.past().entries(afterSeq, from, to, limit));
    }

    @Override
    public List<Lot> lotsAsOf(AccountId id, long seq) {
        return look(id, List.of(), rows -> rows.past().lotsAsOf(seq));
    }

    @Override
    public List<Hold> holdsAsOf(AccountId id, long seq) {
        return look(id, List.of(), rows -> rows.past().holdsAsOf(seq));
    }

    @Override
    public long debtAsOf(AccountId id, long seq) {
        return look(id, 0L, rows -> rows.past().debtAsOf(seq));
    }

    @Override
    public Optional<Instant> lastActivity(AccountId id, long seq) {
        return look(id, Optional.empty(), rows -> rows.past().lastActivity(seq));
    }

    @Override
    public List<CustomerId> due(TenantId tenant, Asset asset, Instant at, @Nullable CustomerId after, int limit) {
        List<CustomerId> due = new ArrayList<>();
        InMemoryTransaction reader = database.unitOfWork().joined();
        for (CustomerRows customer : database.tenant(tenant).after(after)) {
            if (due.size() == limit) {
                break;
            }
            if (customer.look(reader, asset, false, rows -> rows.head().isDue(at))) {
                due.add(customer.id);
            }
        }
        return due;
    }

    @Override
    public List<ExpiringLot> expiring(
            TenantId tenant, Asset asset, Instant from, Instant to, @Nullable ExpiringLot after, int limit) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        List<ExpiringLot> found = new ArrayList<>();
        if (after != null) {
            CustomerRows rest = database.tenant(tenant).find(after.customer());
            if (rest != null) {
                found.addAll(expiring(rest, reader, asset, from, to, after.lotNo()));
            }
        }
        for (CustomerRows customer : database.tenant(tenant).after(after == null ? null : after.customer())) {
            if (found.size() >= limit) {
                break;
            }
            found.addAll(expiring(customer, reader, asset, from, to, 0));
        }
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    private static List<ExpiringLot> expiring(
            CustomerRows customer,
            @Nullable InMemoryTransaction reader,
            Asset asset,
            Instant from,
            Instant to,
            long afterLot) {
        return customer.look(
                reader,
                asset,
                List.of(),
                rows -> rows.openLots().stream()
                        .filter(lot -> lot.no() > afterLot && lot.remaining() > 0)
                        .filter(lot -> lot.isExpired(to.minusMillis(1)) && !lot.isExpired(from.minusMillis(1)))
                        .flatMap(lot -> expiring(customer.id, lot).stream())
                        .toList());
    }

    private static Optional<ExpiringLot> expiring(CustomerId customer, Lot lot) {
        return Optional.ofNullable(lot.expiresAt())
                .map(expiresAt -> new ExpiringLot(customer, lot.no(), lot.remaining(), expiresAt));
    }

    @Override
    public List<AccountSums> sums(TenantId tenant, Asset asset, @Nullable CustomerId after, int limit) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        return database.scan(() -> {
            List<AccountSums> sums = new ArrayList<>();
            for (CustomerRows customer : database.tenant(tenant).after(after)) {
                if (sums.size() == limit) {
                    break;
                }
                customer.look(
                                reader,
                                asset,
                                Optional.<AccountSums>empty(),
                                rows -> Optional.of(rows.past().sums(customer.id)))
                        .ifPresent(sums::add);
            }
            return sums;
        });
    }

    @Override
    public Map<EntryType, Long> flows(TenantId tenant, Asset asset, Instant from, Instant to) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        return database.scan(() -> {
            Map<EntryType, Long> flows = new EnumMap<>(EntryType.class);
            for (CustomerRows customer : database.tenant(tenant).after(null)) {
                customer.look(
                                reader,
                                asset,
                                List.<Entry>of(),
                                rows -> rows.past().entries(0, from, to, Integer.MAX_VALUE))
                        .forEach(entry -> flows.merge(entry.type(), entry.amount(), Long::sum));
            }
            return flows;
        });
    }

    @Override
    public Map<CustomerId, List<Account>> accounts(TenantId tenant, Collection<CustomerId> customers) {
        return customers.stream()
                .flatMap(customer -> database.ledger().assets(tenant, customer).stream()
                        .flatMap(asset -> find(new AccountId(tenant, customer, asset)).stream()))
                .collect(Collectors.groupingBy(account -> account.id().customer()));
    }

    @Override
    public List<ValueSum> values(ValueQuery query) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        return database.scan(() -> {
            Map<ValueSum, Long> sums = new HashMap<>();
            for (CustomerRows customer : database.tenant(query.tenant()).after(null)) {
                customer.look(
                                reader,
                                query.asset(),
                                List.<ValueSum>of(),
                                rows -> rows.past().values(query))
                        .forEach(it -> sums.merge(it.with(0), it.amount(), Long::sum));
            }
            return sums.entrySet().stream()
                    .filter(it -> it.getValue() != 0)
                    .map(it -> it.getKey().with(it.getValue()))
                    .toList();
        });
    }

    private <T> T look(AccountId id, T absent, Function<AccountRows, T> question) {
        CustomerRows rows = database.tenant(id.tenant()).find(id.customer());
        return rows == null ? absent : rows.look(database.unitOfWork().joined(), id.asset(), absent, question);
    }
}
