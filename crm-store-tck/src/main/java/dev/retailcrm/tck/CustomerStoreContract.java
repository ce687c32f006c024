package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.AddressUse;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Joining;
import dev.retailcrm.core.customer.PartyKind;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.PostalAddress;
import dev.retailcrm.core.customer.Profile;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.Verification;
import dev.retailcrm.core.customer.VerificationMethod;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorKind;
import dev.retailcrm.core.history.ActorQuery;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.CustomerStore.Applied;
import dev.retailcrm.core.spi.CustomerStore.Place;
import dev.retailcrm.core.spi.CustomerStore.Position;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.tck.Race.Attempt;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules of {@link CustomerStore}. */
public abstract class CustomerStoreContract extends StoreContract {
    private static final Instant T1 = T0.plusSeconds(60);
    private static final Identity PHONE = Identity.phone("+8613812345678");
    private static final Identity CARD = Identity.memberCard("Card 4711");
    private static final String RARE = "\uD842\uDFB7\uD83C\uDF81";

    private final CustomerId ann = nobody();
    private final CustomerId bob = nobody();

    /** A contract. */
    protected CustomerStoreContract() {}

    private CustomerStore customers() {
        return crm().customers();
    }

    // --- CS-1 tenants

    @Test
    public final void cs_1_nothing_of_another_tenant_is_found() {
        register(ACME, ann, "k", PHONE);

        assertThat(customers().find(ZENITH, ann)).isEmpty();
        assertThat(committed(() -> customers().lock(ZENITH, ann))).isEmpty();
        assertThat(customers().holder(ZENITH, LookupKey.of(PHONE))).isEmpty();
    }

    @Test
    public final void cs_1_the_same_customer_number_and_identity_may_exist_in_two_tenants() {
        register(ACME, ann, "k", PHONE);
        assertThat(register(ZENITH, ann, "k", PHONE).written()).isTrue();

        update(ZENITH, ann, "k2", "Other");

        assertThat(found(ACME, ann).version()).isEqualTo(1);
        assertThat(found(ZENITH, ann).version()).isEqualTo(2);
    }

    // --- CS-13 history

    @Test
    public final void cs_13_changes_are_kept_as_they_were_the_latest_first() {
        CustomerSnapshot made = snapshot(ann, 1, PHONE);
        List<FieldChange> first = List.of(
                change(1, 1, "profile.name", null, "{\"display\":\"" + RARE + "\"}"),
                change(1, 2, "identity.phone", null, PHONE.value()));
        applyWith(made, true, first, "k1");
        List<FieldChange> second = List.of(
                change(2, 1, "profile.name", "{\"display\":\"" + RARE + "\"}", "x"),
                change(2, 2, "profile.remark", "r", null));
        applyWith(snapshot(ann, 2, PHONE), false, second, "k2");

        HistoryQuery all = HistoryQuery.of(ann);
        assertThat(history(all, null, 10)).containsExactly(second.get(1), second.get(0), first.get(1), first.get(0));
        assertThat(history(all, null, 3)).containsExactly(second.get(1), second.get(0), first.get(1));
        assertThat(history(all, new Position(2, 1), 10)).containsExactly(first.get(1), first.get(0));
        assertThat(history(all, new Position(1, 1), 10)).isEmpty();
        assertThat(history(all.field("profile.name"), null, 10)).containsExactly(second.get(0), first.get(0));
        assertThat(history(all.by(StaffId.of("kim")), null, 10)).hasSize(4);
        assertThat(history(all.by(StaffId.of("lee")), null, 10)).isEmpty();
        assertThat(history(all.between(T0.plusSeconds(2), T0.plusSeconds(3)), null, 10))
                .containsExactly(second.get(1), second.get(0));
        assertThat(history(HistoryQuery.of(bob), null, 10)).isEmpty();
        assertThat(crm().unitOfWork().read(() -> customers().changes(ZENITH, all, null, 10)))
                .isEmpty();
    }

    @Test
    public final void cs_13_a_decision_that_is_not_written_leaves_no_changes() {
        applyWith(snapshot(ann, 1, PHONE), true, List.of(change(1, 1, "identity.phone", null, "x")), "k1");
        CustomerSnapshot again = snapshot(ann, 2, PHONE);
        assertThat(applyWith(again, false, List.of(change(2, 1, "profile.remark", null, "x")), "k1")
                        .written())
                .isFalse();

        assertThat(history(HistoryQuery.of(ann), null, 10)).hasSize(1);
    }

    // --- CS-15, CS-16 renewal

    @Test
    public final void cs_15_customers_are_listed_by_ascending_id() {
        register(ACME, ann, "k1", PHONE);
        register(ACME, bob, "k2", CARD);
        register(ZENITH, nobody(), "k3", CARD);
        List<CustomerId> both = Stream.of(ann, bob).sorted().toList();

        assertThat(listed(null, 10)).containsSubsequence(both);
        assertThat(listed(null, 10)).isSorted();
        assertThat(listed(both.get(0), 1)).containsExactly(both.get(1));
        assertThat(listed(both.get(1), 10)).isEmpty();
    }

    private List<CustomerId> listed(@Nullable CustomerId after, int limit) {
        return crm().unitOfWork().read(() -> customers().customers(ACME, after, limit));
    }

    @Test
    public final void cs_17_changes_of_all_customers_are_told_by_actor_the_latest_first() {
        Actor kim = Actor.staff(StaffId.of("kim"));
        for (CustomerId customer : List.of(ann, bob)) {
            CustomerSnapshot state = snapshot(customer, 1);
            applyWith(
                    state,
                    true,
                    List.of(
                            new FieldChange(customer, 1, 1, "a", null, RARE, kim, T1),
                            new FieldChange(customer, 1, 2, "b", "1", "2", kim.via("pos"), T1),
                            new FieldChange(customer, 1, 3, "c", "1", "2", Actor.system("kim"), T1),
                            new FieldChange(customer, 1, 4, "d", null, "2", kim, T0)),
                    "register " + customer);
        }
        var query = new ActorQuery(ActorKind.STAFF, "kim", null, null);

        List<FieldChange> all = changesBy(query, null, 9);

        assertThat(all)
                .extracting(it -> it.customer() + " " + it.field() + it.after())
                .containsExactly(
                        bob + " b2", bob + " a" + RARE, ann + " b2", ann + " a" + RARE, bob + " d2", ann + " d2");
        assertThat(changesBy(query, new Place(T1, ann, new Position(1, 2)), 2)).isEqualTo(all.subList(3, 5));
        assertThat(changesBy(query.between(T0, T1), null, 9)).isEqualTo(all.subList(4, 6));
        assertThat(changesBy(new ActorQuery(ActorKind.STAFF, "ki", null, null), null, 9))
                .isEmpty();
        assertThat(crm().unitOfWork().<List<FieldChange>>read(() -> customers().changesBy(ZENITH, query, null, 9)))
                .isEmpty();
    }

    private List<FieldChange> changesBy(ActorQuery query, @Nullable Place before, int limit) {
        return crm().unitOfWork().read(() -> customers().changesBy(ACME, query, before, limit));
    }

    @Test
    public final void cs_16_a_renewed_customer_is_as_before() {
        applyWith(snapshot(ann, 1, PHONE, CARD), true, List.of(change(1, 1, "identity.phone", null, "x")), "k1");
        CustomerSnapshot before = found(ACME, ann);
        List<FieldChange> history = history(HistoryQuery.of(ann), null, 10);

        crm().unitOfWork().run(() -> {
            customers().lock(ACME, ann);
            return customers().renew(ACME, ann);
        });

        assertThat(found(ACME, ann)).isEqualTo(before);
        assertThat(customers().findBy(ACME, LookupKey.of(PHONE))).contains(before);
        assertThat(history(HistoryQuery.of(ann), null, 10)).isEqualTo(history);
        assertThat(committed(() -> customers().renew(ACME, ann))).isFalse();
    }

    // --- CS-14 erasure

    @Test
    public final void cs_14_of_an_erased_customer_no_value_is_kept() {
        CustomerSnapshot made = snapshot(ann, 1, PHONE);
        applyWith(made, true, List.of(change(1, 1, "profile.remark", null, "tea")), "k1");
        register(ACME, bob, "k2", CARD);
        CustomerSnapshot bobsRecord = found(ACME, bob);
        CustomerSnapshot erased = new CustomerSnapshot(
                ACME, ann, 2, 2, CustomerStatus.ERASED, made.profile(), List.of(), made.joining(), T1);
        applyWith(erased, false, List.of(change(2, 1, "status", "ACTIVE", "ERASED")), "k3");

        List<FieldChange> left = history(HistoryQuery.of(ann), null, 10);
        assertThat(left.get(0)).isEqualTo(change(2, 1, "status", "ACTIVE", "ERASED"));
        assertThat(left.get(1)).isEqualTo(change(1, 1, "profile.remark", null, null));
        assertThat(found(ACME, bob)).isEqualTo(bobsRecord);
    }

    private FieldChange change(long version, int line, String field, @Nullable String before, @Nullable String after) {
        Actor kim = Actor.staff(StaffId.of("kim")).at(StoreId.of("S-01")).via("pos");
        return new FieldChange(ann, version, line, field, before, after, kim, T0.plusSeconds(version));
    }

    private static CustomerSnapshot snapshot(CustomerId id, long version, Identity... identities) {
        return new CustomerSnapshot(
                ACME,
                id,
                version,
                version,
                CustomerStatus.ACTIVE,
                Profile.of(ProfilePatch.none()),
                List.of(identities),
                new Joining(T0, null, null),
                T1);
    }

    private Applied applyWith(CustomerSnapshot after, boolean created, List<FieldChange> changes, String key) {
        return crm().unitOfWork().run(() -> {
            if (!created) {
                customers().lock(ACME, after.id());
            }
            return customers()
                    .apply(new CustomerChange(
                            after,
                            created,
                            created ? after.identities() : List.of(),
                            after.status() == CustomerStatus.ERASED ? List.of(PHONE) : List.of(),
                            changes,
                            event(after, "customer.registered"),
                            key(key),
                            booked(after.version())));
        });
    }

    private List<FieldChange> history(HistoryQuery query, @Nullable Position before, int limit) {
        return crm().unitOfWork().read(() -> customers().changes(ACME, query, before, limit));
    }

    // --- CS-12 find by a key

    @Test
    public final void cs_12_a_customer_is_found_by_each_of_her_keys_and_by_no_other() {
        register(ACME, ann, "k", PHONE, CARD);

        assertThat(customers().findBy(ACME, LookupKey.of(PHONE))).contains(found(ACME, ann));
        assertThat(customers().findBy(ACME, LookupKey.of(CARD))).contains(found(ACME, ann));
        assertThat(customers().findBy(ACME, LookupKey.of(Identity.memberCard("card 4711"))))
                .isEmpty();
        assertThat(customers().findBy(ZENITH, LookupKey.of(PHONE))).isEmpty();
    }

    @Test
    public final void cs_2_a_day_of_birth_is_kept_without_its_year() {
        CustomerSnapshot some = new CustomerSnapshot(
                ACME,
                ann,
                1,
                1,
                CustomerStatus.ACTIVE,
                Profile.of(ProfilePatch.none().birthDate(BirthDate.of(MonthDay.of(2, 29)))),
                List.of(CARD),
                new Joining(T0, null, null),
                T1);
        apply(new CustomerChange(
                some, true, some.identities(), List.of(), event(some, "customer.registered"), key("k"), booked(1)));

        assertThat(customers().find(ACME, ann)).contains(some);
    }

    @Test
    public final void cs_2_a_verification_is_kept_with_its_identity_and_dropped_with_it() {
        register(ACME, ann, "k", PHONE, CARD);
        var verified = Map.of(PHONE, new Verification(VerificationMethod.CODE, T1.plusMillis(7)));
        committed(() -> {
            CustomerSnapshot before = customers().lock(ACME, ann).orElseThrow();
            CustomerSnapshot after = before.changed(T1).with(before.identities(), verified);
            return customers().apply(changed(after, "k2", List.of(), List.of()).verifying(List.of(PHONE)));
        });
        assertThat(found(ACME, ann).verifications()).isEqualTo(verified);

        update(ACME, ann, "k3", "Anna");
        committed(() -> customers()
                .renew(ACME, customers().lock(ACME, ann).orElseThrow().id()));
        assertThat(found(ACME, ann).verifications()).isEqualTo(verified);
        committed(() -> customers().apply(without(customers().lock(ACME, ann).orElseThrow(), "k4", PHONE)));
        committed(() -> customers().apply(updated(customers().lock(ACME, ann).orElseThrow(), "k5", "Ann", PHONE)));
        assertThat(found(ACME, ann).verifications()).isEmpty();
    }

    // --- CS-2 find

    @Test
    public final void cs_2_a_customer_is_found_as_she_was_written() {
        CustomerSnapshot rich = new CustomerSnapshot(
                ACME,
                ann,
                1,
                1,
                CustomerStatus.ACTIVE,
                Profile.of(ProfilePatch.none()
                        .name(PersonName.of(RARE.repeat(40)).parts("Ann", RARE))
                        .gender(Gender.FEMALE)
                        .kind(PartyKind.ORGANISATION)
                        .birthDate(LocalDate.of(2000, 2, 29))
                        .language("zh-Hans-CN")
                        .timeZone(ZoneId.of("Asia/Shanghai"))
                        .addresses(List.of(
                                PostalAddress.of(AddressUse.HOME, "CN", RARE, "1 \"Main\" Street\\"),
                                new PostalAddress(
                                        AddressUse.DELIVERY, "GB", "r", "c", "d", RARE.repeat(150), "SW1A 1AA", "x")))
                        .remark("'\"%_\\ " + RARE.repeat(240))),
                List.of(
                        Identity.external("erp", "oABC~!"),
                        Identity.chat("wechat.unionid", "oABC~!"),
                        CARD,
                        PHONE,
                        Identity.email("ann@example.com"),
                        Identity.memberCard("x".repeat(80))),
                new Joining(T0.minusMillis(1), StoreId.of("S-01"), StaffId.of("kim")),
                T1);
        apply(new CustomerChange(
                rich, true, rich.identities(), List.of(), event(rich, "customer.registered"), key("k"), booked(1)));

        assertThat(customers().find(ACME, ann)).contains(rich);
        assertThat(customers().find(ACME, bob)).isEmpty();
    }

    @Test
    public final void cs_2_what_is_not_known_stays_unknown() {
        CustomerSnapshot bare = snapshot(ACME, ann, 1, null);
        apply(created(bare, "k"));

        assertThat(found(ACME, ann)).isEqualTo(bare);
        update(ACME, ann, "k2", "Ann");
        CustomerSnapshot cleared = new CustomerSnapshot(
                ACME, ann, 3, 3, CustomerStatus.ACTIVE, bare.profile(), List.of(), bare.joining(), T1);
        commit(() -> {
            customers().lock(ACME, ann);
            customers().apply(changed(cleared, "k3", List.of(), List.of()));
        });
        assertThat(found(ACME, ann)).isEqualTo(cleared);
    }

    @Test
    public final void cs_2_a_transaction_sees_what_it_wrote_and_others_do_not() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            customers().apply(created(snapshot(ACME, ann, 1, "Ann", PHONE), "k"));

            assertThat(customers().find(ACME, ann)).isPresent();
            assertThat(customers().holder(ACME, LookupKey.of(PHONE))).contains(ann);
            assertThat(Race.result(race.start(() -> customers().find(ACME, ann))))
                    .isEmpty();
            assertThat(Race.result(race.start(() -> customers().holder(ACME, LookupKey.of(PHONE)))))
                    .isEmpty();
            host.rollback();
        }
        assertThat(customers().find(ACME, ann)).isEmpty();
    }

    // --- CS-3 lock

    @Test
    public final void cs_3_an_unknown_customer_is_not_locked() {
        assertThat(committed(() -> customers().lock(ACME, ann))).isEmpty();
    }

    @Test
    public final void cs_3_a_lock_that_waited_returns_what_the_holder_left() {
        register(ACME, ann, "k");
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            customers().lock(ACME, ann);
            Future<Optional<CustomerSnapshot>> second = race.start(() -> committed(() -> {
                customers().find(ACME, ann);
                return customers().lock(ACME, ann);
            }));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            customers().apply(updated(found(ACME, ann), "k2", "Anna"));
            host.commit();

            assertThat(Race.result(second).orElseThrow().version()).isEqualTo(2);
        }
    }

    @Test
    public final void cs_3_no_update_is_lost_among_many_threads() {
        register(ACME, ann, "k");

        Race.of(
                8,
                thread -> committed(() -> {
                    CustomerSnapshot now = customers().lock(ACME, ann).orElseThrow();
                    return customers().apply(updated(now, "t" + thread, "Ann " + thread));
                }));

        assertThat(found(ACME, ann).version()).isEqualTo(9);
        assertThat(claimed(ACME))
                .extracting(it -> it.event().seq())
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    public final void cs_3_customers_are_locked_one_by_one() {
        register(ACME, ann, "k");
        register(ACME, bob, "k2");
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            customers().lock(ACME, ann);

            assertThat(Race.result(race.start(() -> committed(() -> customers().lock(ACME, bob)))))
                    .isPresent();
            host.rollback();
        }
    }

    // --- CS-4 holder

    @Test
    public final void cs_4_keys_compare_byte_for_byte() {
        register(ACME, ann, "Reg-1", Identity.memberCard("Card 4711"), Identity.external("erp", "A1"));

        assertThat(customers().holder(ACME, LookupKey.registration(key("Reg-1"))))
                .contains(ann);
        for (String other : List.of("reg-1", "REG-1", "Reg-1 ", " Reg-1", "Reg_1", "Reg-%")) {
            assertThat(customers().holder(ACME, LookupKey.registration(key(other))))
                    .as("'%s'", other)
                    .isEmpty();
        }
        for (String other : List.of("card 4711", "Card  4711", "Card 471", "Card 47111")) {
            assertThat(customers().holder(ACME, LookupKey.of(Identity.memberCard(other))))
                    .as("'%s'", other)
                    .isEmpty();
        }
        assertThat(customers().holder(ACME, LookupKey.of(Identity.external("erp", "A1"))))
                .contains(ann);
        assertThat(customers().holder(ACME, LookupKey.of(Identity.external("erp2", "A1"))))
                .isEmpty();
        assertThat(customers().holder(ACME, LookupKey.of(Identity.memberCard("A1"))))
                .isEmpty();
    }

    @Test
    public final void cs_4_the_longest_key_is_kept_whole() {
        String longest = "a".repeat(64) + "@" + ("b".repeat(61) + ".").repeat(3) + "com";
        Identity email = Identity.email(longest);
        register(ACME, ann, "k", email);

        assertThat(customers().holder(ACME, LookupKey.of(email))).contains(ann);
        assertThat(customers().holder(ACME, LookupKey.of(Identity.email("a" + longest.substring(2)))))
                .isEmpty();
    }

    // --- CS-5 … CS-8 apply

    @Test
    public final void cs_5_a_key_booked_for_the_customer_is_not_booked_again() {
        register(ACME, ann, "k");
        update(ACME, ann, "k2", "Anna");
        List<String> before = crm().dump();

        Applied again = committed(() ->
                customers().apply(updated(customers().lock(ACME, ann).orElseThrow(), "k2", "Other", PHONE)));

        assertThat(again).isEqualTo(Applied.repeated());
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void cs_5_the_key_is_found_among_her_requests() {
        register(ACME, ann, "k");
        update(ACME, ann, "k2", "Anna");

        assertThat(crm().requests().find(ACME, ann, key("k"))).contains(booked(1));
        assertThat(crm().requests().find(ACME, ann, key("k2"))).contains(booked(2));
        assertThat(crm().requests().find(ACME, ann, key("K2"))).isEmpty();
        assertThat(crm().requests().find(ACME, bob, key("k2"))).isEmpty();
    }

    @Test
    public final void cs_5_different_keys_in_case_and_blanks_are_different() {
        register(ACME, ann, "k");
        List<String> keys = List.of("k1", "K1", "k1 ", " k1");

        keys.forEach(key -> update(ACME, ann, key, "Ann " + key));

        assertThat(found(ACME, ann).version()).isEqualTo(5);
    }

    @Test
    public final void cs_6_taken_keys_are_named_with_their_holders_and_nothing_is_written() {
        register(ACME, ann, "k", PHONE);
        register(ACME, bob, "k2", CARD);
        List<String> before = crm().dump();
        CustomerId cid = nobody();

        Applied applied =
                apply(created(snapshot(ACME, cid, 1, "Cid", PHONE, CARD, Identity.email("cid@example.com")), "k3"));

        assertThat(applied).isEqualTo(Applied.taken(Map.of(LookupKey.of(PHONE), ann, LookupKey.of(CARD), bob)));
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void cs_6_a_registration_key_is_taken_once_in_the_tenant() {
        register(ACME, ann, "k");

        assertThat(apply(created(snapshot(ACME, bob, 1, "Ann"), "k")))
                .isEqualTo(Applied.taken(Map.of(LookupKey.registration(key("k")), ann)));
        assertThat(customers().find(ACME, bob)).isEmpty();
    }

    @Test
    public final void cs_6_an_identity_that_is_added_may_be_taken_too() {
        register(ACME, ann, "k", PHONE);
        register(ACME, bob, "k2");
        List<String> before = crm().dump();

        Applied applied = committed(() ->
                customers().apply(updated(customers().lock(ACME, bob).orElseThrow(), "k3", "Bob", PHONE, CARD)));

        assertThat(applied).isEqualTo(Applied.taken(Map.of(LookupKey.of(PHONE), ann)));
        assertThat(crm().dump()).isEqualTo(before);
        assertThat(customers().holder(ACME, LookupKey.of(CARD))).isEmpty();
    }

    @Test
    public final void cs_7_of_many_that_claim_one_identity_one_is_written() {
        List<Race.Attempt<Applied>> attempts = Race.of(
                8,
                thread -> committed(() ->
                        customers().apply(created(snapshot(ACME, nobody(), 1, "Ann", PHONE, CARD), "t" + thread))));

        List<Applied> answers = answers(attempts);
        CustomerId holder = customers().holder(ACME, LookupKey.of(PHONE)).orElseThrow();
        assertThat(answers.stream().filter(Applied::written)).hasSize(1);
        assertThat(answers.stream().filter(answer -> !answer.written()))
                .allMatch(answer ->
                        answer.taken().equals(Map.of(LookupKey.of(PHONE), holder, LookupKey.of(CARD), holder)));
    }

    @Test
    public final void cs_7_of_many_registrations_under_one_key_one_is_written() {
        List<Race.Attempt<Applied>> attempts = Race.of(
                8, thread -> committed(() -> customers().apply(created(snapshot(ACME, nobody(), 1, "Ann"), "k"))));

        assertThat(answers(attempts).stream().filter(Applied::written)).hasSize(1);
    }

    /** The answers of those that could wait; the others were told that they could not. */
    private static List<Applied> answers(List<Race.Attempt<Applied>> attempts) {
        return attempts.stream()
                .filter(attempt -> !couldNotWait(attempt.refusal()))
                .map(Race.Attempt::orFail)
                .toList();
    }

    private static boolean couldNotWait(@Nullable CrmException refusal) {
        return refusal != null
                && (refusal.code() == CoreError.LOCK_TIMEOUT || refusal.code() == CoreError.TRANSACTION_LOST);
    }

    @Test
    public final void cs_7_whatever_the_order_identities_are_named_in_claims_do_not_deadlock() {
        List<Identity> many = IntStream.range(0, 15)
                .mapToObj(i -> Identity.memberCard("card-" + i))
                .toList();

        List<Race.Attempt<Applied>> attempts = Race.of(
                4,
                thread -> committed(() -> {
                    List<Identity> named = new ArrayList<>(many);
                    Collections.rotate(named, thread * 4);
                    return customers()
                            .apply(created(
                                    snapshot(ACME, nobody(), 1, "Ann", named.toArray(Identity[]::new)), "t" + thread));
                }));

        assertThat(answers(attempts).stream().filter(Applied::written)).hasSize(1);
    }

    @Test
    public final void cs_7_who_waited_sees_the_identity_taken() {
        Race.Attempt<Applied> second = whileAnnRegisters(HostTransaction::commit);

        if (!couldNotWait(second.refusal())) {
            assertThat(second.orFail()).isEqualTo(Applied.taken(Map.of(LookupKey.of(PHONE), ann)));
        }
        assertThat(customers().holder(ACME, LookupKey.of(PHONE))).contains(ann);
    }

    @Test
    public final void cs_7_who_waited_claims_the_identity_if_the_first_is_rolled_back() {
        Race.Attempt<Applied> second = whileAnnRegisters(HostTransaction::rollback);

        if (!couldNotWait(second.refusal())) {
            assertThat(second.orFail()).isEqualTo(Applied.done());
            assertThat(customers().holder(ACME, LookupKey.of(PHONE))).contains(bob);
        }
        assertThat(customers().find(ACME, ann)).isEmpty();
    }

    /** Lets Bob claim Ann's phone while her registration is not committed yet. */
    private Race.Attempt<Applied> whileAnnRegisters(Consumer<HostTransaction> end) {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            customers().apply(created(snapshot(ACME, ann, 1, "Ann", PHONE), "k"));
            Future<Race.Attempt<Applied>> second =
                    race.start(() -> Race.attempt(() -> apply(created(snapshot(ACME, bob, 1, "Bob", PHONE), "k2"))));
            boolean waits = Race.waits(second);
            assertThat(waits || couldNotWait(Race.result(second).refusal()))
                    .as("waits or says it cannot")
                    .isTrue();
            end.accept(host);
            return Race.result(second);
        }
    }

    @Test
    public final void cs_8_neither_answer_harms_the_transaction() {
        register(ACME, ann, "k", PHONE);
        try (HostTransaction host = crm().begin()) {
            CustomerSnapshot now = customers().lock(ACME, ann).orElseThrow();
            assertThat(customers().apply(updated(now, "k", "Other"))).isEqualTo(Applied.repeated());
            assertThat(customers()
                            .apply(created(snapshot(ACME, bob, 1, "Bob", PHONE), "k2"))
                            .written())
                    .isFalse();
            assertThat(customers().apply(updated(now, "k3", "Anna")).written()).isTrue();
            host.commit();
        }
        assertThat(found(ACME, ann).version()).isEqualTo(2);
        assertThat(customers().find(ACME, bob)).isEmpty();
    }

    // --- CS-9 … CS-11

    @Test
    public final void cs_9_a_released_identity_can_be_claimed_by_another() {
        register(ACME, ann, "k", PHONE, CARD);
        committed(() -> customers().apply(without(customers().lock(ACME, ann).orElseThrow(), "k2", PHONE)));

        assertThat(customers().holder(ACME, LookupKey.of(PHONE))).isEmpty();
        assertThat(customers().holder(ACME, LookupKey.of(CARD))).contains(ann);
        assertThat(found(ACME, ann).identities()).containsExactly(CARD);
        assertThat(register(ACME, bob, "k3", PHONE)).isEqualTo(Applied.done());
        assertThat(customers().holder(ACME, LookupKey.of(PHONE))).contains(bob);
    }

    @Test
    public final void cs_9_a_release_rolled_back_releases_nothing() {
        register(ACME, ann, "k", PHONE);
        List<String> before = crm().dump();

        rolledBack(() -> customers().apply(without(customers().lock(ACME, ann).orElseThrow(), "k2", PHONE)));

        assertThat(crm().dump()).isEqualTo(before);
        assertThat(register(ACME, bob, "k3", PHONE).taken()).containsEntry(LookupKey.of(PHONE), ann);
    }

    @Test
    public final void cs_9_an_identity_can_be_given_back_to_the_same_customer() {
        register(ACME, ann, "k", PHONE);
        committed(() -> customers().apply(without(customers().lock(ACME, ann).orElseThrow(), "k2", PHONE)));

        Applied again = committed(() ->
                customers().apply(updated(customers().lock(ACME, ann).orElseThrow(), "k3", "Ann", PHONE)));

        assertThat(again).isEqualTo(Applied.done());
        assertThat(found(ACME, ann).identities()).containsExactly(PHONE);
    }

    @Test
    public final void cs_10_the_event_is_kept_if_and_only_if_the_transaction_is_committed() {
        register(ACME, ann, "k");
        rolledBack(() -> customers().apply(updated(customers().lock(ACME, ann).orElseThrow(), "x", "Other")));
        update(ACME, ann, "k2", "Anna");

        List<Claimed> events = claimed(ACME);

        assertThat(events)
                .extracting(it -> it.event().source() + " " + it.event().seq() + " "
                        + it.event().type())
                .containsExactly("customer 1 customer.registered", "customer 2 customer.updated");
        assertThat(claimed(ZENITH)).isEmpty();
    }

    @Test
    public final void cs_10_an_event_of_full_size_comes_back_as_it_was_written() {
        CustomerSnapshot state = snapshot(ACME, ann, 1, "Ann");
        String data = "{\"t\":\"" + RARE.repeat(250) + "x".repeat(EventEnvelope.MAX_DATA - 1008) + "\"}";
        var event = new EventEnvelope(
                ACME, ann, EventEnvelope.CUSTOMER, 1, "customer." + "x".repeat(51), T1.plusMillis(7), data);
        apply(new CustomerChange(state, true, List.of(), List.of(), event, key("k"), booked(1)));

        assertThat(claimed(ACME)).extracting(Claimed::event).containsExactly(event);
    }

    @Test
    public final void cs_11_a_change_without_event_books_the_key_and_nothing_else() {
        register(ACME, ann, "k", PHONE);
        CustomerSnapshot before = found(ACME, ann);

        Applied applied = committed(() -> {
            CustomerSnapshot now = customers().lock(ACME, ann).orElseThrow();
            return customers()
                    .apply(new CustomerChange(now, false, List.of(), List.of(), null, key("same"), booked(1)));
        });

        assertThat(applied).isEqualTo(Applied.done());
        assertThat(found(ACME, ann)).isEqualTo(before);
        assertThat(crm().requests().find(ACME, ann, key("same"))).contains(booked(1));
        assertThat(claimed(ACME)).hasSize(1);
    }

    @Test
    public final void cs_11_a_change_rolled_back_leaves_nothing() {
        List<String> before = crm().dump();

        rolledBack(() -> customers().apply(created(snapshot(ACME, ann, 1, "Ann", PHONE, CARD), "k")));

        assertThat(crm().dump()).isEqualTo(before);
        assertThat(register(ACME, ann, "k", PHONE)).isEqualTo(Applied.done());
    }

    // --- CS-18 to CS-20 many at once

    @Test
    public final void cs_18_of_many_each_is_answered_as_if_it_came_after_those_before() {
        register(ACME, bob, "known", CARD);
        CustomerId carl = nobody();
        CustomerId dora = nobody();
        Identity other = Identity.memberCard("other");
        CustomerChange first = created(snapshot(ACME, ann, 1, "Ann", PHONE), "k1");
        CustomerChange refused = created(snapshot(ACME, nobody(), 1, null, CARD, other), "k2");
        CustomerChange again = created(snapshot(ACME, nobody(), 1, "Ann", PHONE), "k1");
        CustomerChange free = created(snapshot(ACME, carl, 1, "Carl", other), "k2");
        CustomerChange known = created(snapshot(ACME, nobody(), 1, "Bob"), "known");
        CustomerChange nameless = created(snapshot(ACME, dora, 1, RARE), "k3");

        List<Applied> answers =
                committed(() -> customers().applyAll(List.of(first, refused, again, free, known, nameless)));

        LookupKey phone = LookupKey.of(PHONE);
        assertThat(answers)
                .containsExactly(
                        Applied.done(),
                        Applied.taken(Map.of(LookupKey.of(CARD), bob)),
                        Applied.taken(Map.of(phone, ann, LookupKey.registration(key("k1")), ann)),
                        Applied.done(),
                        Applied.taken(Map.of(LookupKey.registration(key("known")), bob)),
                        Applied.done());
        assertThat(Stream.of(ann, carl, dora).map(it -> found(ACME, it)))
                .containsExactly(first.after(), free.after(), nameless.after());
        assertThat(customers().findBy(ACME, LookupKey.of(other))).contains(free.after());
        assertThat(crm().requests().find(ACME, carl, key("k2"))).contains(booked(1));
        assertThat(claimed(ACME)).hasSize(4);
        assertThat(crm().requests().findAll(ACME, Map.of(key("k1"), ann, key("k2"), carl, key("k3"), ann)))
                .as("RS-6")
                .isEqualTo(Map.of(key("k1"), booked(1), key("k2"), booked(1)));
    }

    @Test
    public final void cs_18_many_are_written_as_one_by_one() {
        List<FieldChange> changes = List.of(
                change(1, 1, "profile.name", null, "{\"display\":\"" + RARE + "\"}"),
                change(1, 2, "identity.phone", null, PHONE.value()));
        CustomerSnapshot state = snapshot(ACME, ann, 1, RARE, PHONE, CARD);
        var change = new CustomerChange(
                state,
                true,
                state.identities(),
                List.of(),
                changes,
                event(state, "customer.registered"),
                key("k"),
                booked(1));
        List<CustomerChange> all = new ArrayList<>(List.of(change));
        List<CustomerId> others = Stream.generate(() -> nobody()).limit(250).toList();
        others.forEach(it -> all.add(created(snapshot(ACME, it, 1, "x", Identity.memberCard("c" + it)), "k" + it)));

        rolledBack(() -> customers().applyAll(all));
        assertThat(customers().find(ACME, ann)).isEmpty();
        assertThat(committed(() -> customers().applyAll(all))).allMatch(Applied::written);

        assertThat(found(ACME, ann)).isEqualTo(state);
        assertThat(history(HistoryQuery.of(ann), null, 10)).containsExactlyInAnyOrderElementsOf(changes);
        assertThat(others)
                .allMatch(it -> customers()
                        .holder(ACME, LookupKey.of(Identity.memberCard("c" + it)))
                        .equals(Optional.of(it)));
        update(ACME, ann, "next", "Anna");
    }

    @Test
    public final void cs_19_many_claims_at_once_in_any_order_neither_meet_nor_double() {
        List<Identity> cards = IntStream.range(0, 12)
                .mapToObj(i -> Identity.memberCard("card-" + i))
                .toList();

        List<Attempt<List<Applied>>> attempts = Race.of(
                8,
                thread -> committed(() -> {
                    List<CustomerChange> changes = new ArrayList<>();
                    for (Identity card : cards) {
                        changes.add(created(snapshot(ACME, nobody(), 1, "x", card), thread + "/" + card.value()));
                    }
                    Collections.rotate(changes, thread);
                    return customers().applyAll(changes);
                }));

        assertThat(attempts.stream().flatMap(it -> it.orFail().stream()).filter(Applied::written))
                .hasSize(cards.size());
        assertThat(customers().holders(ACME, cards.stream().map(LookupKey::of).collect(Collectors.toSet())))
                .hasSize(cards.size());
    }

    @Test
    public final void cs_20_of_many_keys_those_held_are_named() {
        register(ACME, ann, "k", PHONE, CARD);
        LookupKey phone = LookupKey.of(PHONE);
        LookupKey card = LookupKey.of(CARD);
        LookupKey registration = LookupKey.registration(key("k"));
        Set<LookupKey> asked = new HashSet<>(Set.of(phone, card, registration));
        IntStream.range(0, 250).forEach(i -> asked.add(LookupKey.of(Identity.memberCard("free" + i))));
        asked.add(LookupKey.of(Identity.memberCard(CARD.value().toLowerCase(Locale.ROOT))));

        assertThat(customers().holders(ACME, asked)).isEqualTo(Map.of(phone, ann, card, ann, registration, ann));
        assertThat(customers().holders(ZENITH, asked)).isEmpty();
    }

    // --- given

    @Test
    public final void cs_22_where_each_stands_is_told() {
        CustomerId ann = nobody();
        CustomerId bob = nobody();
        register(ACME, ann, "ann");
        register(ACME, bob, "bob");
        register(ZENITH, bob, "bob");
        update(ACME, bob, "update", "Bobby");

        assertThat(customers().standings(ACME, List.of(ann, bob, nobody())))
                .isEqualTo(Map.of(
                        ann,
                                new Standing(
                                        CustomerStatus.ACTIVE, found(ACME, ann).changedAt()),
                        bob,
                                new Standing(
                                        CustomerStatus.ACTIVE, found(ACME, bob).changedAt())));
        eraseRecord(ann);
        assertThat(customers().standings(ACME, List.of(ann)).values())
                .extracting(Standing::status)
                .containsExactly(CustomerStatus.ERASED);
        assertThat(customers().standings(ZENITH, List.of(ann))).isEmpty();
    }

    private Applied apply(CustomerChange change) {
        return committed(() -> customers().apply(change));
    }

    private Applied register(TenantId tenant, CustomerId id, String key, Identity... identities) {
        return apply(created(snapshot(tenant, id, 1, "Ann", identities), key));
    }

    private void update(TenantId tenant, CustomerId id, String key, String name) {
        Applied applied = committed(() ->
                customers().apply(updated(customers().lock(tenant, id).orElseThrow(), key, name)));
        assertThat(applied.written()).isTrue();
    }

    private CustomerSnapshot found(TenantId tenant, CustomerId id) {
        return customers().find(tenant, id).orElseThrow();
    }

    private static CustomerSnapshot snapshot(
            TenantId tenant, CustomerId id, long version, @Nullable String name, Identity... identities) {
        ProfilePatch known =
                name == null ? ProfilePatch.none() : ProfilePatch.none().name(PersonName.of(name));
        return new CustomerSnapshot(
                tenant,
                id,
                version,
                version,
                CustomerStatus.ACTIVE,
                Profile.of(known),
                List.of(identities),
                new Joining(T0, null, null),
                T0);
    }

    private static CustomerChange created(CustomerSnapshot state, String key) {
        return new CustomerChange(
                state, true, state.identities(), List.of(), event(state, "customer.registered"), key(key), booked(1));
    }

    private static CustomerChange updated(CustomerSnapshot before, String key, String name, Identity... added) {
        List<Identity> identities = new ArrayList<>(before.identities());
        identities.addAll(List.of(added));
        var after = new CustomerSnapshot(
                before.tenant(),
                before.id(),
                before.version() + 1,
                before.eventSeq() + 1,
                before.status(),
                Profile.of(ProfilePatch.none().name(PersonName.of(name))),
                identities,
                before.joining(),
                T1,
                before.verifications(),
                before.mergedInto());
        return changed(after, key, List.of(added), List.of());
    }

    private static CustomerChange without(CustomerSnapshot before, String key, Identity removed) {
        List<Identity> identities = new ArrayList<>(before.identities());
        identities.remove(removed);
        var after = new CustomerSnapshot(
                before.tenant(),
                before.id(),
                before.version() + 1,
                before.eventSeq() + 1,
                before.status(),
                before.profile(),
                identities,
                before.joining(),
                T1,
                before.verifications(),
                before.mergedInto());
        return changed(after, key, List.of(), List.of(removed));
    }

    private static CustomerChange changed(
            CustomerSnapshot after, String key, List<Identity> added, List<Identity> removed) {
        return new CustomerChange(
                after, false, added, removed, event(after, "customer.updated"), key(key), booked(after.version()));
    }

    private static EventEnvelope event(CustomerSnapshot after, String type) {
        return new EventEnvelope(
                after.tenant(), after.id(), EventEnvelope.CUSTOMER, after.eventSeq(), type, T1, "{\"a\":1}");
    }

    private static RequestKey key(String key) {
        return RequestKey.of(key);
    }

    private static Booked booked(long version) {
        return new Booked(4711 * version, "customer#" + version);
    }

    private List<Claimed> claimed(TenantId tenant) {
        return committed(() -> crm().outbox().claim(tenant, new Claim(null, 1000, T1, T1.plusSeconds(1))));
    }
}
