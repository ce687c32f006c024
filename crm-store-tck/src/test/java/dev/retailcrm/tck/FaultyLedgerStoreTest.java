package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.core.event.EventKey;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of the ledger store finds each of these faults, under the number of the rule that forbids it. */
class FaultyLedgerStoreTest {
    @TestFactory
    Stream<DynamicTest> locks() {
        return Stream.of(
                fault(
                        "ignores the lock",
                        "ls_1_",
                        call -> call.is("lock") ? unlocked(call, call.argument(0)) : call.right()),
                fault("returns the account as it was before waiting", "ls_1_", FaultyLedgerStoreTest::stale),
                fault("numbers events by account", "ls_1_", call -> {
                    Object account = call.right();
                    return call.is("lock") ? ((Optional<?>) account).map(it -> ((Account) it).afterEvent(0)) : account;
                }),
                fault("leaks other tenants", "ls_1_", call -> {
                    for (int i = 0; i < call.arguments.length; i++) {
                        call.arguments[i] = acme(call.arguments[i]);
                    }
                    return call.right();
                }),
                fault("refuses to open twice", "ls_2_", call -> {
                    if (call.is("open") && unlocked(call, call.argument(0)).isPresent()) {
                        throw new IllegalStateException("duplicate key");
                    }
                    return call.right();
                }),
                fault("opens an empty account over the other", "ls_2_", call -> {
                    Object account = call.right();
                    return call.is("open") ? Account.opened(call.argument(0), 0) : account;
                }));
    }

    private static Optional<Account> unlocked(Call call, AccountId id) {
        return call.database.ledgerHistory().find(id);
    }

    private static Object stale(Call call) throws Throwable {
        if (!call.is("lock")) {
            return call.right();
        }
        Optional<Account> before = unlocked(call, call.argument(0));
        Object locked = call.right();
        return before.isPresent() ? before : locked;
    }

    private static Object acme(Object argument) {
        if (argument instanceof AccountId id) {
            return new AccountId(TenantId.of("acme"), id.customer(), id.asset());
        }
        return argument instanceof TenantId ? TenantId.of("acme") : argument;
    }

    @TestFactory
    Stream<DynamicTest> writes() {
        return Stream.of(
                fault("forgets the key", "ls_3_a_key", applying(change -> keyed(change, null))),
                fault("trims keys", "ls_3_keys", applying(change -> keyed(change, String::strip))),
                fault(
                        "folds the case of keys",
                        "ls_3_keys",
                        applying(change -> keyed(change, FaultyLedgerStoreTest::lower))),
                fault("drops movements", "ls_3_every", applying(FaultyLedgerStoreTest::withoutMovements)),
                fault("loses rare characters", "ls_3_every", applying(FaultyLedgerStoreTest::withoutReasons)),
                fault("does not renew what slides", "ls_3_activity", applying(FaultyLedgerStoreTest::withoutSliding)),
                fault("commits at once", "ls_3_a_change_rolled_back", FaultyLedgerStoreTest::committing),
                fault("shows what is not committed", "ls_3_nobody", FaultyLedgerStoreTest::committing),
                fault(
                        "says booked to every key",
                        "ls_3_",
                        call -> call.is("apply") ? call.right() != null : call.right()),
                fault("throws instead of answering", "ls_3_a_refused_key", call -> {
                    Object booked = call.right();
                    if (Boolean.FALSE.equals(booked)) {
                        throw new IllegalStateException("unique violation");
                    }
                    return booked;
                }),
                fault("brings no event", "ls_4_", call -> {
                    Object booked = call.right();
                    if (call.is("apply")) {
                        LedgerChange change = call.argument(0);
                        call.database
                                .outbox()
                                .delivered(
                                        change.after().id().tenant(),
                                        List.of(new EventKey(
                                                change.event().customer(),
                                                "wallet",
                                                change.after().eventSeq())));
                    }
                    return booked;
                }));
    }

    private static Wrong applying(UnaryOperator<LedgerChange> other) {
        return call -> call.is("apply") ? call.rightWith(0, other.apply(call.argument(0))) : call.right();
    }

    private static Object committing(Call call) throws Throwable {
        Object answer = call.right();
        if (call.is("apply")) {
            call.database.unitOfWork().required().commit();
        }
        return answer;
    }

    private static String lower(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    private static LedgerChange keyed(LedgerChange change, @Nullable UnaryOperator<String> other) {
        LedgerChange.Request request = change.request();
        if (request == null) {
            return change;
        }
        return copy(
                change,
                change.entries(),
                change.movements(),
                change.slideFrom(),
                other == null
                        ? null
                        : new LedgerChange.Request(
                                RequestKey.of(other.apply(request.key().value())),
                                request.fingerprint(),
                                request.answer()));
    }

    private static LedgerChange withoutMovements(LedgerChange change) {
        return copy(change, change.entries(), List.of(), change.slideFrom(), change.request());
    }

    private static LedgerChange withoutSliding(LedgerChange change) {
        return copy(change, change.entries(), change.movements(), null, change.request());
    }

    private static LedgerChange withoutReasons(LedgerChange change) {
        List<Entry> entries = change.entries().stream()
                .map(entry -> new Entry(
                        entry.seq(),
                        entry.type(),
                        entry.amount(),
                        entry.balanceAfter(),
                        entry.heldAfter(),
                        entry.at(),
                        entry.occurredAt(),
                        entry.key(),
                        entry.reverses(),
                        entry.proRata(),
                        entry.reference(),
                        entry.reason() == null ? null : entry.reason().replaceAll("[^\u0000-\uFFFF]", "?"),
                        entry.store(),
                        entry.staff()))
                .toList();
        return copy(change, entries, change.movements(), change.slideFrom(), change.request());
    }

    private static LedgerChange copy(
            LedgerChange change,
            List<Entry> entries,
            List<Movement> movements,
            @Nullable Instant slideFrom,
            LedgerChange.@Nullable Request request) {
        return new LedgerChange(
                change.before(),
                change.after(),
                entries,
                change.opened(),
                change.changed(),
                movements,
                change.placed(),
                change.ended(),
                slideFrom,
                request,
                change.event());
    }

    @TestFactory
    Stream<DynamicTest> batches() {
        return Stream.of(
                fault("locks nobody of many", "ls_5_locks", call -> call.is("lockAll") ? unlocked(call) : call.right()),
                fault("leaves one out of many", "ls_5_", call -> {
                    Object answer = call.right();
                    return call.is("lockAll") ? withoutOne((Map<?, ?>) answer) : answer;
                }),
                fault("opens all but one", "ls_6_", call -> {
                    Object answer = call.right();
                    return call.is("openAll") ? withoutOne((Map<?, ?>) answer) : answer;
                }),
                fault("skips the last of a batch", "ls_7_", call -> {
                    if (!call.is("applyAll")) {
                        return call.right();
                    }
                    List<LedgerChange> changes = call.argument(0);
                    return call.rightWith(0, changes.subList(0, Math.max(0, changes.size() - 1)));
                }),
                fault("names no repeated keys", "ls_7_", call -> {
                    Object answer = call.right();
                    return call.is("applyAll") ? Set.of() : answer;
                }),
                fault(
                        "drops movements of a batch",
                        "ls_7_",
                        call -> call.is("applyAll")
                                ? call.rightWith(
                                        0,
                                        call.<List<LedgerChange>>argument(0).stream()
                                                .map(FaultyLedgerStoreTest::withoutMovements)
                                                .toList())
                                : call.right()));
    }

    private static Map<CustomerId, Account> unlocked(Call call) {
        Map<CustomerId, Account> found = new HashMap<>();
        for (CustomerId customer : call.<Collection<CustomerId>>argument(2)) {
            unlocked(call, new AccountId(call.argument(0), customer, call.<Asset>argument(1)))
                    .ifPresent(account -> found.put(customer, account));
        }
        return found;
    }

    private static Map<?, ?> withoutOne(Map<?, ?> all) {
        Map<Object, Object> fewer = new HashMap<>(all);
        all.keySet().stream().findFirst().ifPresent(fewer::remove);
        return fewer;
    }

    @TestFactory
    Stream<DynamicTest> lookingUp() {
        return Stream.of(
                fault(
                        "spends the oldest first",
                        "ls_8_lots_come",
                        lots("spendable", all -> sorted(all, Comparator.comparing(Lot::no)))),
                fault(
                        "spends what never expires first",
                        "ls_8_lots_come",
                        lots("spendable", FaultyLedgerStoreTest::neverFirst)),
                fault(
                        "starts every page anew",
                        "ls_8_pages",
                        call -> call.is("spendable") ? call.rightWith(2, null) : call.right()),
                fault(
                        "spends at the end of a lot",
                        "ls_8_a_lot",
                        call -> call.is("spendable")
                                ? call.rightWith(1, call.<Instant>argument(1).minusMillis(1))
                                : call.right()),
                fault(
                        "forgets lots that are held",
                        "ls_9_",
                        lots(
                                "openLots",
                                all -> all.stream()
                                        .filter(lot -> lot.remaining() > 0)
                                        .toList())),
                fault(
                        "gives lots in any order",
                        "ls_10_",
                        lots(
                                "lots",
                                all -> sorted(all, Comparator.comparing(Lot::no).reversed()))),
                fault(
                        "gives lots as they were made",
                        "ls_11_",
                        lots(
                                "lotsMadeBy",
                                all -> all.stream()
                                        .map(lot -> new Lot(
                                                lot.no(),
                                                lot.part(),
                                                lot.granted(),
                                                lot.granted(),
                                                0,
                                                lot.availableFrom(),
                                                lot.expiresAt(),
                                                lot.slideDays(),
                                                lot.cost()))
                                        .toList())),
                fault("forgets holds that are overdue", "ls_12_", call -> {
                    Object holds = call.right();
                    return call.is("openHolds")
                            ? ((List<?>) holds)
                                    .stream()
                                            .filter(it ->
                                                    ((Hold) it).expiresAt().isAfter(StoreContract.T0.plusSeconds(1)))
                                            .toList()
                            : holds;
                }),
                fault("forgets holds that ended", "ls_13_", call -> {
                    Object hold = call.right();
                    return call.is("hold")
                            ? ((Optional<?>) hold).filter(it -> ((Hold) it).state() == Hold.State.OPEN)
                            : hold;
                }),
                fault(
                        "counts entries from 0",
                        "ls_14_",
                        call -> call.is("entry") ? call.rightWith(1, call.<Long>argument(1) + 1) : call.right()),
                fault("gives movements in another order", "ls_15_", call -> {
                    Object movements = call.right();
                    if (!call.is("movements")) {
                        return movements;
                    }
                    List<Object> reversed = new ArrayList<>((List<?>) movements);
                    Collections.reverse(reversed);
                    return reversed;
                }),
                fault("adds up no reversals", "ls_16_", call -> call.is("reversed") ? 0L : call.right()),
                fault(
                        "adds up everything that names an entry",
                        "ls_16_",
                        call -> call.is("reversed")
                                ? naming(call.database, call.argument(0), call.argument(1))
                                : call.right()));
    }

    private static Wrong lots(String method, UnaryOperator<List<Lot>> other) {
        return call -> {
            if (!call.is(method)) {
                return call.right();
            }
            List<Lot> lots = call.right();
            return other.apply(lots);
        };
    }

    private static List<Lot> sorted(List<Lot> lots, Comparator<Lot> order) {
        return lots.stream().sorted(order).toList();
    }

    private static List<Lot> neverFirst(List<Lot> lots) {
        return sorted(
                lots, Comparator.comparing(Lot::expiresAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder())));
    }

    private static long naming(InMemoryDatabase database, AccountId id, long seq) {
        return database.ledgerHistory().entries(id, 0, Instant.EPOCH, Instants.LAST, 1000).stream()
                .filter(entry -> entry.reverses() == seq && entry.type() != EntryType.EXPIRE)
                .mapToLong(entry -> Math.abs(entry.amount()))
                .sum();
    }

    @TestFactory
    Stream<DynamicTest> behaviour() {
        return Stream.of(
                law("adds up no reversals", call -> call.is("reversed") ? 0L : call.right()),
                FaultyKit.fault(
                        "gives pages of lots in another order",
                        LedgerStore.class,
                        CrmContract.Ledger.class,
                        "a_use_that_takes_more_lots",
                        FaultyLedgerStoreTest::oldestFirst),
                law("drops movements", applying(FaultyLedgerStoreTest::withoutMovements)),
                law("forgets the key", applying(change -> keyed(change, null))));
    }

    /** The pages one gets if lots are found by number and the order is left to the ledger. */
    private static Object oldestFirst(Call call) throws Throwable {
        if (!call.is("spendable")) {
            return call.right();
        }
        Lot after = call.argument(2);
        int limit = call.<Integer>argument(3);
        return call.database.ledger().openLots(call.argument(0)).stream()
                .filter(lot -> after == null || lot.no() > after.no())
                .limit(limit)
                .toList();
    }

    private static DynamicTest law(String what, Wrong wrong) {
        return FaultyKit.fault(
                what, LedgerStore.class, CrmContract.LedgerLaws.class, "everything_is_as_the_model_says", wrong);
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, LedgerStore.class, CrmContract.LedgerStore.class, rule, wrong);
    }
}
