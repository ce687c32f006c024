package dev.retailcrm.tck;

import com.google.common.collect.Lists;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.spi.AccountOwners;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.core.consent.ConsentProof;
import dev.retailcrm.core.consent.ConsentScope;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.ConsentChange;
import dev.retailcrm.core.spi.ConsentSnapshot;
import dev.retailcrm.core.spi.ConsentStore;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contracts of the other stores find each of these faults, under the number of the rule that forbids it. */
class FaultyStoresTest {
    @TestFactory
    Stream<DynamicTest> histories() {
        return Stream.of(
                history("shows only what is committed", "lh_1_a_transaction", Call::elsewhere),
                history(
                        "looks strictly before an instant",
                        "lh_2_",
                        with("lastEntry", 1, at -> ((Instant) at).minusMillis(1))),
                history("includes the end of a time", "lh_3_", with("entries", 3, to -> ((Instant) to).plusMillis(1))),
                history("starts at the number given", "lh_3_", with("entries", 1, seq -> (Long) seq - 1)),
                history(
                        "shows lots as they are now",
                        "lh_4_",
                        call -> call.is("lotsAsOf") ? call.database.ledger().openLots(call.argument(0)) : call.right()),
                history(
                        "shows holds as they are now",
                        "lh_5_",
                        call -> call.is("holdsAsOf")
                                ? call.database.ledger().openHolds(call.argument(0))
                                : call.right()),
                history("shows the debt of now", "lh_6_", with("debtAsOf", 1, seq -> 1_000L)),
                history(
                        "takes everything for activity",
                        "lh_7_",
                        call -> call.is("lastActivity")
                                ? call.database
                                        .ledger()
                                        .entry(call.<AccountId>argument(0), call.<Long>argument(1))
                                        .map(entry -> entry.at())
                                : call.right()),
                history("finds those that will be due", "lh_8_", with("due", 2, at -> ((Instant) at).plusMillis(1))),
                history("starts every page anew", "lh_8_", with("due", 3, after -> null)),
                history("looks at other tenants", "lh_8_", with("due", 0, tenant -> TenantId.of("zenith"))),
                history("includes the end of a time", "lh_9_", with("expiring", 3, to -> ((Instant) to).plusMillis(1))),
                history("starts every page anew", "lh_9_", with("expiring", 4, after -> null)),
                history(
                        "says what the account says instead of adding up",
                        "lh_10_",
                        changed(
                                "sums",
                                sums -> each(sums, sum -> {
                                    var right = (AccountSums) sum;
                                    return new AccountSums(
                                            right.customer(),
                                            right.seq(),
                                            right.posted(),
                                            right.held(),
                                            right.debt(),
                                            right.seq(),
                                            right.posted(),
                                            right.posted(),
                                            right.held(),
                                            right.held());
                                }))),
                history("forgets a type", "lh_11_", changed("flows", flows -> {
                    Map<Object, Object> fewer = new HashMap<>((Map<?, ?>) flows);
                    fewer.remove(EntryType.SPEND);
                    return fewer;
                })));
    }

    @TestFactory
    Stream<DynamicTest> requests() {
        return Stream.of(
                request(
                        "cuts fingerprints to 32 bits",
                        "rs_1_every",
                        changed(
                                "find",
                                found -> ((Optional<?>) found)
                                        .map(it -> new Booked(
                                                (int) ((Booked) it).fingerprint(), ((Booked) it).answer())))),
                request("does not see its own transaction", "rs_1_a_key", Call::elsewhere),
                request("remembers what it saw first", "rs_1_who_waited", firstSeen()),
                request(
                        "folds the case of keys",
                        "rs_2_",
                        call -> call.rightWith(
                                2,
                                RequestKey.of(
                                        call.<RequestKey>argument(2).value().toUpperCase(Locale.ROOT)))),
                request(
                        "trims keys",
                        "rs_2_",
                        call -> call.rightWith(
                                2,
                                RequestKey.of(
                                        call.<RequestKey>argument(2).value().strip()))),
                request("cuts keys", "rs_2_a_key", call -> call.rightWith(2, cut(call.argument(2)))),
                request("finds none of many", "rs_6_", changed("findAll", found -> Map.of())),
                request("leaks other tenants", "rs_3_", call -> call.rightWith(0, TenantId.of("acme"))));
    }

    /** Answers as a snapshot would that was taken when something was asked first. */
    private static Wrong firstSeen() {
        Map<Object, Object> seen = new HashMap<>();
        return call -> {
            List<Object> question = List.of(call.arguments);
            synchronized (seen) {
                if (!seen.containsKey(question)) {
                    seen.put(question, call.right());
                }
                return seen.get(question);
            }
        };
    }

    private static RequestKey cut(RequestKey key) {
        String value = key.value();
        return RequestKey.of(value.length() < RequestKey.MAX_LENGTH ? value : value.substring(0, 119) + "1");
    }

    @TestFactory
    Stream<DynamicTest> customers() {
        return Stream.of(
                customer(
                        "leaks other tenants",
                        "cs_1_",
                        call -> call.is("apply") ? call.right() : call.rightWith(0, TenantId.of("acme"))),
                customer(
                        "forgets the remark",
                        "cs_2_a_customer",
                        changed("find", found -> ((Optional<?>) found).map(it -> cleared((CustomerSnapshot) it)))),
                customer(
                        "shows only what is committed",
                        "cs_2_a_transaction",
                        call -> call.is("find") || call.is("holder") ? call.elsewhere() : call.right()),
                customer(
                        "ignores the lock",
                        "cs_3_a_lock",
                        call -> call.is("lock")
                                ? call.database.customers().find(call.argument(0), call.argument(1))
                                : call.right()),
                customer("folds the case of identities", "cs_4_", call -> {
                    if (!call.is("holder")) {
                        return call.right();
                    }
                    LookupKey key = call.argument(1);
                    var title = key.token().isEmpty()
                            ? ""
                            : key.token().substring(0, 1).toUpperCase(Locale.ROOT)
                                    + key.token().substring(1).toLowerCase(Locale.ROOT);
                    return call.rightWith(1, new LookupKey(key.kind(), key.issuer(), title));
                }),
                customer(
                        "forgets keys",
                        "cs_5_",
                        applying(change ->
                                keyed(change, "another-" + change.key().value()))),
                customer(
                        "names nobody",
                        "cs_6_",
                        changed(
                                "apply",
                                applied -> ((CustomerStore.Applied) applied).written()
                                        ? applied
                                        : CustomerStore.Applied.repeated())),
                customer("lets an identity be taken twice", "cs_6_", applying(FaultyStoresTest::withoutClaims)),
                customer("claims nothing", "cs_7_", applying(FaultyStoresTest::withoutClaims)),
                customer("throws instead of answering", "cs_8_", changed("apply", applied -> {
                    if (!((CustomerStore.Applied) applied).written()) {
                        throw new IllegalStateException("unique violation");
                    }
                    return applied;
                })),
                customer(
                        "never gives an identity free",
                        "cs_9_",
                        applying(change -> new CustomerChange(
                                change.after(),
                                change.created(),
                                change.added(),
                                List.of(),
                                change.changes(),
                                change.event(),
                                change.key(),
                                change.booked()))),
                customer("commits at once", "cs_10_", FaultyStoresTest::committing),
                customer("commits at once", "cs_11_a_change_rolled", FaultyStoresTest::committing),
                customer("books no key without an event", "cs_11_a_change_without", call -> {
                    boolean silent = call.is("apply")
                            && call.<CustomerChange>argument(0).happened().isEmpty();
                    return silent ? CustomerStore.Applied.done() : call.right();
                }),
                customer("finds nobody by a key", "cs_12_", changed("findBy", found -> Optional.empty())),
                customer(
                        "tells the history from its beginning",
                        "cs_13_changes",
                        changed("changes", changes -> Lists.reverse((List<?>) changes))),
                customer(
                        "lists customers from the last",
                        "cs_15_",
                        changed("customers", found -> Lists.reverse((List<?>) found))),
                customer("forgets who did it", "cs_17_", changed("changesBy", found -> List.of())),
                customer(
                        "starts every page anew",
                        "cs_17_",
                        call -> call.is("changesBy") ? call.rightWith(2, null) : call.right()),
                customer("forgets verifications", "cs_2_a_verification", changed("find", FaultyStoresTest::unverified)),
                customer("renews without end", "cs_16_", changed("renew", renewed -> true)),
                customer(
                        "takes all of many for written",
                        "cs_18_of_many",
                        changed("applyAll", answers -> each(answers, answer -> CustomerStore.Applied.done()))),
                customer(
                        "forgets the end of many",
                        "cs_18_many_are",
                        with("applyAll", 0, changes -> ((List<?>) changes).subList(0, 200))),
                customer(
                        "lets identities be taken twice at once",
                        "cs_19_",
                        with(
                                "applyAll",
                                0,
                                changes -> each(changes, change -> withoutClaims((CustomerChange) change)))),
                lastFour("finds nobody by the last four", changed("findByLastFour", found -> List.of())),
                lastFour("starts every page anew", with("findByLastFour", 2, after -> null)),
                lastFour("looks at other tenants", with("findByLastFour", 0, tenant -> StoreContract.ACME)),
                lastFour("shows too many", with("findByLastFour", 3, limit -> 1 + (int) limit)),
                customer("starts every page of records anew", "cs_23_", with("records", 1, after -> null)),
                customer("finds nobody by her day", "cs_24_", changed("bornOn", found -> List.of())),
                customer("finds more than were asked for", "cs_24_", with("bornOn", 2, limit -> 9)),
                customer("names nobody of many", "cs_20_", changed("holders", found -> Map.of())),
                customer("keeps the history of the erased", "cs_14_", applying(FaultyStoresTest::notErased)));
    }

    private static Object unverified(Object found) {
        return ((Optional<?>) found).map(CustomerSnapshot.class::cast).map(it -> it.with(it.identities(), Map.of()));
    }

    private static CustomerChange notErased(CustomerChange change) {
        CustomerSnapshot after = change.after();
        CustomerSnapshot active = new CustomerSnapshot(
                after.tenant(),
                after.id(),
                after.version(),
                after.eventSeq(),
                CustomerStatus.ACTIVE,
                after.profile(),
                after.identities(),
                after.joining(),
                after.changedAt());
        return new CustomerChange(
                active,
                change.created(),
                change.added(),
                change.removed(),
                change.changes(),
                change.event(),
                change.key(),
                change.booked());
    }

    private static CustomerSnapshot cleared(CustomerSnapshot record) {
        return new CustomerSnapshot(
                record.tenant(),
                record.id(),
                record.version(),
                record.eventSeq(),
                record.status(),
                Profile.of(ProfilePatch.none()),
                record.identities(),
                record.joining(),
                record.changedAt());
    }

    private static CustomerChange keyed(CustomerChange change, String key) {
        return new CustomerChange(
                change.after(),
                change.created(),
                change.added(),
                change.removed(),
                change.changes(),
                change.event(),
                RequestKey.of(key),
                change.booked());
    }

    private static CustomerChange withoutClaims(CustomerChange change) {
        return new CustomerChange(
                change.after(),
                change.created(),
                List.of(),
                change.removed(),
                change.changes(),
                change.event(),
                change.key(),
                change.booked());
    }

    private static Wrong applying(UnaryOperator<CustomerChange> other) {
        return call -> call.is("apply") ? call.rightWith(0, other.apply(call.argument(0))) : call.right();
    }

    private static Object committing(Call call) throws Throwable {
        Object answer = call.right();
        if (call.is("apply") || call.is("issue")) {
            call.database.unitOfWork().required().commit();
        }
        return answer;
    }

    @TestFactory
    Stream<DynamicTest> giftCards() {
        return Stream.of(
                giftCard(
                        "leaks other tenants",
                        "gc_1_",
                        call -> call.is("issue") || call.is("apply")
                                ? call.right()
                                : call.rightWith(0, TenantId.of("acme"))),
                giftCard(
                        "ignores the lock",
                        "gc_3_",
                        call -> call.is("lock")
                                ? call.database.giftCards().find(call.argument(0), call.argument(1))
                                : call.right()),
                giftCard(
                        "folds the case of keys",
                        "gc_5_",
                        call -> call.is("batchOf")
                                ? call.rightWith(
                                        1,
                                        RequestKey.of(call.<RequestKey>argument(1)
                                                .value()
                                                .toUpperCase(Locale.ROOT)))
                                : call.right()),
                giftCard("starts every page anew", "gc_6_", with("inBatch", 2, after -> 0)),
                giftCard(
                        "issues a batch for every call",
                        "gc_7_",
                        changed("issue", issued -> GiftCardStore.Issued.WRITTEN)),
                giftCard("commits at once", "gc_13_", FaultyStoresTest::committing),
                giftCard(
                        "takes everybody for a card",
                        "gc_14_",
                        call -> call.is("existing")
                                ? new HashSet<>(call.<Collection<CustomerId>>argument(1))
                                : call.right()));
    }

    @TestFactory
    Stream<DynamicTest> consents() {
        return Stream.of(
                consent(
                        "leaks other tenants",
                        "co_1_",
                        call -> call.is("apply") ? call.right() : call.rightWith(0, TenantId.of("acme"))),
                consent("leaves out who never said anything", "co_2_customers", changed("findAll", found -> {
                    Map<Object, Object> fewer = new HashMap<>((Map<?, ?>) found);
                    fewer.values().removeIf(it -> ((ConsentSnapshot) it).lastSeq() == 0);
                    return fewer;
                })),
                consent("shows only what is committed", "co_2_a_transaction", Call::elsewhere),
                consent(
                        "looks at the first hundred only",
                        "co_3_",
                        with("findAll", 1, asked -> ((List<?>) Objects.requireNonNull(asked)).subList(0, 100))),
                consent("ignores the lock", "co_4_a_lock", call -> call.is("lock") ? unlocked(call) : call.right()),
                consent(
                        "books a key for every call",
                        "co_5_",
                        call -> call.is("apply") ? Boolean.valueOf(call.right() != null) : call.right()),
                consent("commits at once", "co_6_", FaultyStoresTest::committing),
                consent(
                        "folds the case of address tokens",
                        "co_7_a_proof",
                        call -> call.is("apply") ? call.rightWith(0, lowered(call.argument(0))) : call.right()),
                consent("starts every page anew", "co_8_", with("proofs", 2, after -> 0L)),
                consent("forgets the limit", "co_8_", with("proofs", 3, limit -> 1000)));
    }

    private static Object unlocked(Call call) {
        return Optional.ofNullable(call.database
                .consents()
                .findAll(call.argument(0), List.of(call.argument(1)))
                .get(call.<CustomerId>argument(1)));
    }

    private static ConsentChange lowered(ConsentChange change) {
        ConsentProof proof = change.proof();
        ConsentScope scope = proof.scope();
        String address = scope.address();
        var lower = new ConsentScope(
                scope.purpose(), scope.channel(), address == null ? null : address.toLowerCase(Locale.ROOT));
        var changed = new ConsentProof(
                proof.seq(),
                proof.act(),
                lower,
                proof.provenance(),
                proof.occurredAt(),
                proof.recordedAt(),
                proof.confirmation(),
                proof.origins());
        return new ConsentChange(
                change.tenant(), change.customer(), changed, change.event(), change.key(), change.booked());
    }

    @TestFactory
    Stream<DynamicTest> owners() {
        return Stream.of(
                FaultyKit.fault(
                        "takes everybody for a customer",
                        AccountOwners.class,
                        CrmContract.AccountOwners.class,
                        "ao_1_",
                        call -> new HashSet<>(call.<Collection<CustomerId>>argument(1))),
                FaultyKit.fault(
                        "leaks other tenants",
                        AccountOwners.class,
                        CrmContract.AccountOwners.class,
                        "ao_1_",
                        call -> call.rightWith(0, TenantId.of("acme"))),
                FaultyKit.fault(
                        "shows only what is committed",
                        AccountOwners.class,
                        CrmContract.AccountOwners.class,
                        "ao_1_",
                        Call::elsewhere));
    }

    // --- given

    /** The right answer to the call with one argument changed. */
    private static Wrong with(String method, int index, UnaryOperator<@Nullable Object> other) {
        return call -> call.is(method) ? call.rightWith(index, other.apply(call.argument(index))) : call.right();
    }

    /** Another answer made of the right one. */
    private static Wrong changed(String method, UnaryOperator<Object> other) {
        return call -> call.is(method) ? other.apply(call.right()) : call.right();
    }

    private static List<Object> each(Object list, UnaryOperator<Object> other) {
        List<Object> changed = new ArrayList<>();
        ((List<?>) list).forEach(item -> changed.add(other.apply(item)));
        return changed;
    }

    private static DynamicTest history(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, LedgerHistoryStore.class, CrmContract.LedgerHistoryStore.class, rule, wrong);
    }

    private static DynamicTest request(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, RequestStore.class, CrmContract.RequestStore.class, rule, wrong);
    }

    private static DynamicTest customer(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, CustomerStore.class, CrmContract.CustomerStore.class, rule, wrong);
    }

    private static DynamicTest lastFour(String what, Wrong wrong) {
        return FaultyKit.fault(what, CustomerStore.class, CrmContract.LastFour.class, "cs_22_", wrong);
    }

    private static DynamicTest consent(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, ConsentStore.class, CrmContract.ConsentStore.class, rule, wrong);
    }

    private static DynamicTest giftCard(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, GiftCardStore.class, CrmContract.GiftCardStore.class, rule, wrong);
    }
}
