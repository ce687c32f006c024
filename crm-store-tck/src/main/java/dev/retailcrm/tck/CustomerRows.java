package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All rows of one customer of one tenant. What is committed is read by anybody within this object's monitor and written there by the
 * transaction that holds the lock; what that transaction has not committed yet is staged beside it, for its eyes only.
 */
final class CustomerRows extends LockableRow {
    final CustomerId id;
    private final TenantRows tenant;

    private @Nullable CustomerSnapshot record;
    private final List<AccountRows> accounts = new ArrayList<>(2);
    private final BookedKeys keys = new BookedKeys();
    private final List<EventStream> streams = new ArrayList<>(2);
    private long walletSeq;
    private boolean listed;

    /** At most one row of each further type; replaced as a whole, since most customers have none. */
    private Map<Class<?>, Record> others = Map.of();

    /** The one change of most transactions, kept as it came; anything more goes to {@code staged}. */
    private @Nullable LedgerChange pending;

    private @Nullable Staged staged;

    /** What the owner wrote; accounts are copies. */
    private static final class Staged {
        private final Map<Asset, AccountRows> accounts = new HashMap<>(4);
        private final Map<RequestKey, Booked> keys = new HashMap<>(4);
        private final Set<RequestKey> unbooked = new HashSet<>(0);
        private final List<NewEvent> events = new ArrayList<>(2);
        private final Map<Class<?>, Record> others = new HashMap<>(0);
        private @Nullable CustomerSnapshot record;
        private long walletSeq;
    }

    /** An event not yet committed. */
    record NewEvent(String source, QueuedEvent event) {}

    CustomerRows(TenantRows tenant, CustomerId id) {
        this.tenant = tenant;
        this.id = id;
    }

    /** The customer record as this reader sees it. */
    Optional<CustomerSnapshot> record(@Nullable InMemoryTransaction reader) {
        Staged mine = isOwnedBy(reader) ? staged : null;
        if (mine != null && mine.record != null) {
            return Optional.of(mine.record);
        }
        synchronized (this) {
            return Optional.ofNullable(record);
        }
    }

    /** Stages a change of the customer record by the owner; its key is new. */
    void apply(CustomerChange change) {
        Staged to = stage();
        change.happened().ifPresent(event -> {
            to.record = change.after();
            boolean erased = change.after().status() == CustomerStatus.ERASED;
            if (erased || !change.changes().isEmpty()) {
                put((erased ? changes().withoutValues() : changes()).and(change.changes()));
            }
            if (erased) {
                put(ValueRows.none());
                put(SyncMarks.NONE);
            }
            to.events.add(new NewEvent(event.source(), QueuedEvent.of(event)));
        });
        to.keys.put(change.key(), change.booked());
    }

    private ChangeRows changes() {
        Record mine = stage().others.get(ChangeRows.class);
        Record before = mine == null ? others.get(ChangeRows.class) : mine;
        return before == null ? new ChangeRows(List.of()) : (ChangeRows) before;
    }

    /** The row of a further type as this reader sees it. */
    <T extends Record> Optional<T> other(@Nullable InMemoryTransaction reader, Class<T> type) {
        Staged mine = isOwnedBy(reader) ? staged : null;
        if (mine != null && mine.others.containsKey(type)) {
            return Optional.ofNullable(type.cast(mine.others.get(type)));
        }
        synchronized (this) {
            return Optional.ofNullable(type.cast(others.get(type)));
        }
    }

    /** Stages a row of a further type by the owner, in place of the one before. */
    void put(Record row) {
        stage().others.put(row.getClass(), row);
    }

    /** Stages an event by the owner. */
    void tell(EventEnvelope event) {
        stage().events.add(new NewEvent(event.source(), QueuedEvent.of(event)));
    }

    /** Stages a request key by the owner; false if it is known. */
    boolean book(RequestKey key, Booked what) {
        if (isBooked(key)) {
            return false;
        }
        stage().keys.put(key, what);
        return true;
    }

    /** All request keys as the owner sees them. */
    Map<RequestKey, Booked> keys() {
        Map<RequestKey, Booked> all = new HashMap<>();
        keys.forEach(all::put);
        Staged mine = settledStage();
        if (mine != null) {
            mine.unbooked.forEach(all::remove);
            all.putAll(mine.keys);
        }
        return all;
    }

    /** Stages by the owner that a key is gone. */
    void unbook(RequestKey key) {
        stage().keys.remove(key);
        stage().unbooked.add(key);
    }

    /** Looks at an account as this reader sees it; {@code absent} if it was never opened. */
    <T> T look(@Nullable InMemoryTransaction reader, Asset asset, T absent, Function<AccountRows, T> question) {
        if (isOwnedBy(reader)) {
            AccountRows mine = mine(asset);
            return mine == null ? absent : question.apply(mine);
        }
        synchronized (this) {
            AccountRows rows = written(asset);
            return rows == null ? absent : question.apply(rows);
        }
    }

    boolean hasAccount(@Nullable InMemoryTransaction reader, Asset asset) {
        if (isOwnedBy(reader)) {
            return mine(asset) != null;
        }
        synchronized (this) {
            return written(asset) != null;
        }
    }

    /** The account's head as the owner sees it, with the number of the wallet's last event. */
    Optional<Account> locked(Asset asset) {
        AccountRows rows = mine(asset);
        if (rows == null) {
            return Optional.empty();
        }
        return Optional.of(moved(rows.head().afterEvent(walletSeq())));
    }

    private Account moved(Account account) {
        Staged mine = staged;
        Record row = mine != null && mine.others.containsKey(MovedWallet.class)
                ? mine.others.get(MovedWallet.class)
                : others.get(MovedWallet.class);
        return row instanceof MovedWallet wallet && wallet.survivor() != null
                ? account.movedTo(wallet.survivor())
                : account;
    }

    /** The assets of which an account was opened, as this reader sees it. */
    List<Asset> assets(@Nullable InMemoryTransaction reader) {
        Set<Asset> all = new TreeSet<>(Comparator.comparing(Asset::code));
        synchronized (this) {
            accounts.forEach(account -> all.add(account.asset));
        }
        Staged mine = isOwnedBy(reader) ? settledStage() : null;
        if (mine != null) {
            all.addAll(mine.accounts.keySet());
        }
        return List.copyOf(all);
    }

    /** Whose wallet this became, as this reader sees it. */
    @Nullable
    CustomerId movedTo(@Nullable InMemoryTransaction reader) {
        return other(reader, MovedWallet.class).map(MovedWallet::survivor).orElse(null);
    }

    /** Opens the account for the owner unless it is open. */
    Account open(AccountId account) {
        Optional<Account> present = locked(account.asset());
        if (present.isPresent()) {
            return present.get();
        }
        Account opened = Account.opened(account, walletSeq());
        stage().accounts.put(account.asset(), new AccountRows(opened));
        return moved(opened);
    }

    /** Stages a change by the owner; false if its key is known. */
    boolean apply(LedgerChange change) {
        LedgerChange.Request request = change.request();
        if (request != null && isBooked(request.key())) {
            return false;
        }
        Asset asset = change.after().id().asset();
        AccountRows rows = mine(asset);
        if (rows == null
                || rows.head().seq() != change.before().seq()
                || walletSeq() != change.before().eventSeq()) {
            throw new IllegalStateException("the change was not made from the account as it was locked");
        }
        if (staged == null) {
            pending = change;
        } else {
            staged.accounts.computeIfAbsent(asset, same -> rows.copy()).apply(change);
            note(staged, change);
        }
        return true;
    }

    /** Stages the emptying of reasons by the owner; how many. */
    int forgetReasons(int limit) {
        int emptied = 0;
        Staged to = stage();
        for (AccountRows rows : List.copyOf(accounts)) {
            emptied +=
                    to.accounts.computeIfAbsent(rows.asset, same -> rows.copy()).forgetReasons(limit - emptied);
        }
        return emptied;
    }

    private static void note(Staged to, LedgerChange change) {
        LedgerChange.Request request = change.request();
        if (request != null) {
            to.keys.put(request.key(), new Booked(request.fingerprint(), request.answer()));
        }
        to.walletSeq = change.after().eventSeq();
        to.events.add(new NewEvent(EventEnvelope.WALLET, QueuedEvent.of(to.walletSeq, change.event())));
    }

    /** What was booked under a key, as this reader sees it. */
    Optional<Booked> booked(@Nullable InMemoryTransaction reader, RequestKey key) {
        Staged mine = isOwnedBy(reader) ? settledStage() : null;
        if (mine != null && mine.keys.containsKey(key)) {
            return Optional.ofNullable(mine.keys.get(key));
        }
        if (mine != null && mine.unbooked.contains(key)) {
            return Optional.empty();
        }
        synchronized (this) {
            return Optional.ofNullable(keys.get(key));
        }
    }

    boolean isBooked(RequestKey key) {
        Staged mine = settledStage();
        if (mine == null) {
            return keys.contains(key);
        }
        return mine.keys.containsKey(key) || (keys.contains(key) && !mine.unbooked.contains(key));
    }

    private @Nullable AccountRows mine(Asset asset) {
        Staged mine = settledStage();
        AccountRows written = mine == null ? null : mine.accounts.get(asset);
        return written == null ? written(asset) : written;
    }

    private long walletSeq() {
        return staged == null ? walletSeq : staged.walletSeq;
    }

    /** What the owner wrote, in full; {@code null} if nothing. */
    private @Nullable Staged settledStage() {
        return pending == null ? staged : stage();
    }

    private Staged stage() {
        Staged to = staged;
        if (to == null) {
            to = new Staged();
            to.walletSeq = walletSeq;
            staged = to;
            LedgerChange first = pending;
            pending = null;
            if (first != null) {
                Asset asset = first.after().id().asset();
                AccountRows copy = committed(asset).copy();
                copy.apply(first);
                to.accounts.put(asset, copy);
                note(to, first);
            }
        }
        return to;
    }

    private @Nullable AccountRows written(Asset asset) {
        for (int i = 0; i < accounts.size(); i++) {
            if (accounts.get(i).asset.equals(asset)) {
                return accounts.get(i);
            }
        }
        return null;
    }

    private AccountRows committed(Asset asset) {
        AccountRows rows = written(asset);
        if (rows == null) {
            throw new IllegalStateException("the account is not open");
        }
        return rows;
    }

    @Override
    synchronized void publish() {
        LedgerChange change = pending;
        if (change != null) {
            committed(change.after().id().asset()).apply(change);
            LedgerChange.Request request = change.request();
            if (request != null) {
                keys.put(request.key(), new Booked(request.fingerprint(), request.answer()));
            }
            walletSeq = change.after().eventSeq();
            append(EventEnvelope.WALLET, QueuedEvent.of(walletSeq, change.event()));
        }
        Staged mine = staged;
        if (mine != null) {
            record = mine.record == null ? record : mine.record;
            accounts.removeIf(rows -> mine.accounts.containsKey(rows.asset));
            accounts.addAll(mine.accounts.values());
            mine.unbooked.forEach(keys::remove);
            mine.keys.forEach(keys::put);
            walletSeq = mine.walletSeq;
            if (!mine.others.isEmpty()) {
                Map<Class<?>, Record> next = new HashMap<>(others);
                next.putAll(mine.others);
                others = next;
            }
            mine.events.forEach(added -> append(added.source(), added.event()));
        }
        forget();
    }

    @Override
    void forget() {
        pending = null;
        staged = null;
    }

    private void append(String source, QueuedEvent event) {
        stream(source).append(event);
        list();
    }

    /** The events of the owner that are not committed. */
    List<NewEvent> newEvents() {
        Staged mine = settledStage();
        return mine == null ? List.of() : mine.events;
    }

    /** Lets claims look here. Within the monitor. */
    void list() {
        if (!listed) {
            listed = true;
            tenant.withEvents.put(id, this);
        }
    }

    /** Keeps claims from looking here until there is something again. Within the monitor. */
    void unlistIfEmpty() {
        if (listed && streams.stream().allMatch(EventStream::isEmpty)) {
            listed = false;
            tenant.withEvents.remove(id);
        }
    }

    /** The committed events of a source. Within the monitor. */
    EventStream stream(String source) {
        for (EventStream stream : streams) {
            if (stream.source.equals(source)) {
                return stream;
            }
        }
        var added = new EventStream(source);
        streams.add(added);
        return added;
    }

    /** The sources with committed events. Within the monitor. */
    List<String> sources() {
        return streams.stream().map(stream -> stream.source).toList();
    }

    /** Every committed row as text, in no order. */
    synchronized List<String> dump() {
        List<String> rows = new ArrayList<>();
        String where = tenant.id + "/" + id + " ";
        if (record != null) {
            rows.add(where + CustomerText.of(record));
        }
        others.values().forEach(row -> rows.add(where + row));
        keys.forEach((key, booked) -> rows.add(where + "key '" + key + "' " + booked));
        accounts.forEach(account -> account.dump().forEach(row -> rows.add(where + account.asset + " " + row)));
        for (EventStream stream : streams) {
            stream.queue().values().forEach(event -> rows.add(where + event.text(tenant.id, stream.source)));
            stream.parked().values().forEach(event -> rows.add(where + event.text(tenant.id, stream.source)));
        }
        return rows;
    }
}
