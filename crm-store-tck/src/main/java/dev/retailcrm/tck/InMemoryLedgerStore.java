package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ledgers in memory. Thread-safe. */
final class InMemoryLedgerStore implements LedgerStore {
    private final InMemoryDatabase database;

    InMemoryLedgerStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Account> lock(AccountId id) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        CustomerRows rows = database.tenant(id.tenant()).find(id.customer());
        if (rows == null || !rows.hasAccount(transaction, id.asset())) {
            return Optional.empty();
        }
        transaction.lock(rows);
        return rows.locked(id.asset());
    }

    @Override
    public Account open(AccountId id) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        CustomerRows rows = database.tenant(id.tenant()).get(id.customer());
        transaction.lock(rows);
        return rows.open(id);
    }

    @Override
    public boolean apply(LedgerChange change) {
        AccountId id = change.after().id();
        CustomerRows rows = database.tenant(id.tenant()).find(id.customer());
        if (rows == null || !rows.isOwnedBy(database.unitOfWork().required())) {
            throw new IllegalStateException("the wallet is not locked");
        }
        return rows.apply(change);
    }

    @Override
    public Map<CustomerId, Account> lockAll(TenantId tenant, Asset asset, Collection<CustomerId> customers) {
        Map<CustomerId, Account> locked = new LinkedHashMap<>();
        for (CustomerId customer : new TreeSet<>(customers)) {
            lock(new AccountId(tenant, customer, asset)).ifPresent(account -> locked.put(customer, account));
        }
        return locked;
    }

    @Override
    public Map<CustomerId, Account> openAll(TenantId tenant, Asset asset, Collection<CustomerId> customers) {
        Map<CustomerId, Account> opened = new LinkedHashMap<>();
        for (CustomerId customer : new TreeSet<>(customers)) {
            opened.put(customer, open(new AccountId(tenant, customer, asset)));
        }
        return opened;
    }

    @Override
    public Set<CustomerId> applyAll(List<LedgerChange> changes) {
        Set<CustomerId> repeated = new LinkedHashSet<>();
        for (LedgerChange change : changes) {
            if (!apply(change)) {
                repeated.add(change.after().id().customer());
            }
        }
        return repeated;
    }

    @Override
    public List<Lot> spendable(AccountId id, Instant at, @Nullable Lot after, int limit) {
        return look(id, List.of(), rows -> rows.spendable(at, after, limit));
    }

    @Override
    public List<Lot> openLots(AccountId id) {
        return look(id, List.of(), AccountRows::openLots);
    }

    @Override
    public List<Lot> lots(AccountId id, Collection<Long> numbers) {
        return look(
                id,
                List.of(),
                rows -> numbers.stream()
                        .distinct()
                        .sorted()
                        .flatMap(no -> rows.lot(no).stream())
                        .toList());
    }

    @Override
    public List<Lot> lotsMadeBy(AccountId id, long seq) {
        return look(id, List.of(), rows -> rows.lotsMadeBy(seq));
    }

    @Override
    public List<Hold> openHolds(AccountId id) {
        return look(id, List.of(), AccountRows::openHolds);
    }

    @Override
    public Optional<Hold> hold(AccountId id, long no) {
        return look(id, Optional.empty(), rows -> rows.hold(no));
    }

    @Override
    public Optional<Entry> entry(AccountId id, long seq) {
        return look(id, Optional.empty(), rows -> rows.entry(seq));
    }

    @Override
    public List<Movement> movements(AccountId id, long seq) {
        return look(id, List.of(), rows -> rows.movements(seq));
    }

    @Override
    public long reversed(AccountId id, long seq) {
        return look(id, 0L, rows -> rows.reversed(seq));
    }

    private <T> T look(AccountId id, T absent, Function<AccountRows, T> question) {
        CustomerRows rows = database.tenant(id.tenant()).find(id.customer());
        return rows == null ? absent : rows.look(database.unitOfWork().joined(), id.asset(), absent, question);
    }

    @Override
    public List<Asset> assets(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null ? List.of() : rows.assets(database.unitOfWork().joined());
    }

    @Override
    public void redirect(TenantId tenant, CustomerId customer, @Nullable CustomerId survivor) {
        CustomerRows rows = database.tenant(tenant).get(customer);
        database.unitOfWork().required().lock(rows);
        rows.put(new MovedWallet(survivor));
    }

    @Override
    public int forgetReasons(TenantId tenant, CustomerId customer, int limit) {
        CustomerRows rows = database.tenant(tenant).get(customer);
        database.unitOfWork().required().lock(rows);
        return rows.forgetReasons(limit);
    }
}
