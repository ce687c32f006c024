package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Award;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.behavior.EventOutcome;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.consent.ContactReason;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.IdentityKind;
import dev.retailcrm.core.customer.PartyKind;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.membership.MembershipStatus;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.merge.FieldOutcome;
import dev.retailcrm.core.merge.Merge;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.merge.MergePreview;
import dev.retailcrm.core.merge.MergeRule;
import dev.retailcrm.core.merge.MergeSide;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.OwnedCustomer;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.ownership.OwnershipAct;
import dev.retailcrm.core.ownership.OwnershipEntry;
import dev.retailcrm.core.ownership.Tenure;
import dev.retailcrm.core.spi.ErasurePolicy;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.core.trade.Dimension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link dev.retailcrm.core.merge.Merges} does, whatever the store. */
public abstract class MergeContract extends MergeFacade {
    private static final Identity MAIL = Identity.email("ann@example.com");
    private static final Identity PHONE = Identity.phone("+8613812345678");
    private static final String EMAIL = "identity.email";

    /** A contract. */
    protected MergeContract() {}

    /** A customer with something of everything. */
    private CustomerId somebody(String name, String phone, long points) {
        CustomerId customer = register(Registration.of(name).identity(Identity.phone(phone)));
        points().earn(customer, Grant.of(points).expiring(Expiry.days(30)), Posting.key(key()));
        points().earn(customer, Grant.of(5).availableFrom(T0.plus(DAY)), Posting.key(key()));
        stored().topUp(customer, TopUp.of(yuan("20.00")), Posting.key(key()));
        trade().record(order(customer, "order-" + phone, "2026-02-01T10:00:00", tea("9.90"), pears("3.00", "0.5")));
        trade().refund(refund(customer, "order-" + phone, "1", "2026-02-02T10:00:00", yuan("1.00")));
        trade().refund(refund(customer, "later-" + phone, "1", "2026-02-02T10:00:00", yuan("1.00")));
        consents().optIn(customer, MARKETING, hers(key()));
        behavior().record(BehaviorFacade.view(customer, "view-" + phone, T0.minusSeconds(points)));
        coupons().claim(customer, CouponClaim.of("ten"), Posting.key(key()));
        fields().set(
                        customer,
                        FieldPatch.none()
                                .set("size", FieldValue.number(points))
                                .set("club", FieldValue.text("club of " + name)),
                        key());
        ownership().assign(customer, Owner.staff("kim").in(name), Instruction.by("head", key().value()));
        membership().join(customer, Enrolment.of(Notice.ofStaff("kim", key().value())));
        pass(Duration.ofMillis(1));
        return customer;
    }

    private CustomerId bea() {
        return somebody("Bea", "+8613900000001", 300);
    }

    private CustomerId cleo() {
        return somebody("Cleo", "+8613900000002", 200);
    }

    // --- everything comes along, and goes back

    @Test
    public final void all_that_one_had_is_the_others_and_goes_back() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        consents().withdraw(cleo, MARKETING, hers(key()));
        List<String> beas = state(bea);
        List<String> cleos = state(cleo);

        Merge merge = merge(bea, cleo);

        assertThat(points().balance(bea).available()).isEqualTo(500);
        assertThat(points().balance(bea).pending()).isEqualTo(10);
        assertThat(stored().balance(bea).available()).isEqualTo(yuan("40.00"));
        assertThat(trade().statistics(bea, CNY).orders()).isEqualTo(2);
        assertThat(customers().find(bea).orElseThrow().identities(IdentityKind.PHONE))
                .hasSize(2);
        assertThat(reason(bea)).isEqualTo(ContactReason.WITHDRAWN);
        assertThat(merge.part("ledger").orElseThrow().moved()).containsEntry("points:standard", 205L);
        assertThat(points().ledger().reads().lots(bea).stream()
                        .map(Lot::expiresAt)
                        .distinct())
                .hasSize(3);
        assertExplained();

        Merge ended = merges().unmerge(cleo, key());

        assertThat(ended.conflicts()).isEmpty();
        assertThat(state(bea)).isEqualTo(beas);
        assertThat(state(cleo)).isEqualTo(cleos);
        assertExplained();
    }

    @Test
    public final void a_merge_is_repeatable_and_its_key_means_nothing_else() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        RequestKey key = key();

        repeatable(() -> merges().merge(bea, cleo, MergeStrategy.standard(), key));
        refused(
                CoreError.REQUEST_KEY_REUSED,
                () -> merges().merge(bea, cleo, MergeStrategy.of(MergeRule.SURVIVOR), key));
        RequestKey apart = key();
        repeatable(() -> merges().unmerge(cleo, apart));
        refused(CoreError.NOT_MERGED, () -> merges().unmerge(cleo, key()));
        assertThat(merges().of(bea))
                .singleElement()
                .satisfies(it -> assertThat(it.endedAt()).isNotNull());
    }

    @Test
    public final void a_preview_tells_and_writes_nothing() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        List<String> before = crm().dump();

        MergePreview preview = merges().preview(bea, cleo, MergeStrategy.standard());

        assertThat(crm().dump()).isEqualTo(before);
        assertThat(preview.isMergeable()).isTrue();
        assertThat(preview.fields())
                .extracting(FieldOutcome::field, FieldOutcome::side)
                .contains(tuple("profile.name", MergeSide.MERGED), tuple("identity.phone", MergeSide.BOTH));
        Merge merge = merge(bea, cleo);
        assertThat(merge.parts())
                .extracting(MergePart::name, MergePart::moved)
                .containsExactlyElementsOf(preview.parts().stream()
                        .map(it -> tuple(it.name(), it.moved()))
                        .toList());
    }

    @Test
    public final void a_crash_in_the_middle_leaves_all_as_it_was() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        List<String> before = crm().dump();

        assertThatThrownBy(() -> merges(new Crashing()).merge(bea, cleo, MergeStrategy.standard(), key()))
                .hasMessage("crash");

        assertThat(crm().dump()).isEqualTo(before);
    }

    // --- the old id

    @Test
    public final void the_old_id_answers_with_the_survivor() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        CustomerId ruth = register(Registration.of("Ruth"));
        merge(bea, cleo);
        merge(bea, ruth);
        merge(ann, bea);

        for (CustomerId old : List.of(bea, cleo, ruth)) {
            assertThat(customers().find(old)).map(Customer::id).contains(ann);
            assertThat(points().balance(old)).isEqualTo(points().balance(ann));
            points().earn(old, 10, Posting.key(key()));
            trade().record(order(old, "order-" + old, "2026-02-03T10:00:00", tea("1.00")));
            consents().optOut(old, MARKETING, hers(key()));
            customers().update(ProfileUpdate.of(old, ProfilePatch.none().remark("of " + old), key()));
        }

        assertThat(points().balance(ann).available()).isEqualTo(530);
        assertThat(trade().statistics(ann, CNY).orders()).isEqualTo(5);
        assertThat(customers().find(ann).orElseThrow().profile().remark()).contains("of " + ruth);
        assertThat(trade().recordAll(List.of(order(cleo, "batch", "2026-02-04T10:00:00", tea("1.00"))))
                        .get(0)
                        .isRecorded())
                .isTrue();
        assertThat(points().earnAll(List.of(new Award(cleo, Grant.of(7), Posting.key(key())))))
                .allSatisfy(it -> assertThat(it.isBooked()).isTrue());
        assertThat(points().balance(ruth).available()).isEqualTo(537);
        assertExplained();
    }

    @Test
    public final void questions_about_the_old_id_are_answered_with_the_survivor() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        var number = trade().orders(cleo, PageRequest.first(1)).items().get(0).number();
        merge(bea, cleo);
        merge(ann, bea);

        for (CustomerId old : List.of(bea, cleo)) {
            assertThat(trade().statistics(old)).isEqualTo(trade().statistics(ann));
            assertThat(trade().orders(old, PageRequest.first(9)).items())
                    .isEqualTo(trade().orders(ann, PageRequest.first(9)).items())
                    .hasSize(2);
            assertThat(trade().breakdown(old, CNY, Dimension.MONTH, PageRequest.first(9)))
                    .isEqualTo(trade().breakdown(ann, CNY, Dimension.MONTH, PageRequest.first(9)));
            assertThat(trade().order(old, number))
                    .isEqualTo(trade().order(ann, number))
                    .isPresent();
            assertThat(trade().refunds(old, number)).isEqualTo(trade().refunds(ann, number));
            assertThat(lifecycle().stage(old))
                    .isEqualTo(lifecycle().stage(ann))
                    .isNotEqualTo(lifecycle().stage(nobody()));
        }
        merges().unmerge(bea, key());
        assertThat(trade().statistics(cleo)).isEqualTo(trade().statistics(bea)).isNotEmpty();
        assertThat(trade().statistics(ann)).isEmpty();
        assertThat(lifecycle().stage(ann)).isEqualTo(lifecycle().stage(nobody()));
    }

    // --- recorded in the instant of a merge

    @Test
    public final void a_merge_waits_for_what_is_being_recorded_and_takes_it_along() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            behavior().record(BehaviorFacade.view(cleo, "just now", T0));
            Future<Merge> merge = race.start(() -> merge(bea, cleo));
            assertThat(Race.waits(merge)).as("the merge waits").isTrue();

            host.commit();

            assertThat(Race.result(merge).merged()).isEqualTo(cleo);
        }
        assertThat(eventsUnder(bea)).contains("just now");
        assertThat(eventsUnder(cleo)).isEmpty();
    }

    @Test
    public final void what_is_recorded_in_the_instant_of_a_merge_is_the_survivors() {
        for (int round = 0; round < 10; round++) {
            CustomerId bea = register(Registration.of("Bea"));
            CustomerId cleo = register(Registration.of("Cleo"));
            String name = "round " + round + "/";

            var attempts = Race.of(
                    4,
                    thread -> thread == 0
                            ? merge(bea, cleo).merged()
                            : IntStream.range(0, 5)
                                    .mapToObj(i -> recorded(thread % 2 == 0 ? bea : cleo, name + thread + "-" + i))
                                    .reduce(cleo, (one, other) -> other));

            assertThat(attempts).allMatch(Race.Attempt::succeeded);
            assertThat(eventsUnder(bea)).hasSize(15);
            assertThat(eventsUnder(cleo)).isEmpty();
        }
    }

    private CustomerId recorded(CustomerId customer, String id) {
        behavior().recordAll(List.of(BehaviorFacade.view(customer, id, T0)));
        return customer;
    }

    /** The ids of the events that are kept under an id itself. */
    private List<String> eventsUnder(CustomerId owner) {
        return committed(() -> crm().behavior().timeline(ACME, TimelineQuery.of(owner), List.of(), null, 100).stream()
                .map(event -> event.id().value())
                .toList());
    }

    @Test
    public final void a_till_never_books_twice_over_a_merge() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        Booking first = points().earn(cleo, 40, Posting.key("till/1"));
        consents().deny(cleo, MARKETING, hers(RequestKey.of("word/1")));
        merge(bea, cleo);
        List<String> before = crm().dump();

        for (CustomerId id : List.of(cleo, bea)) {
            assertThat(points().earn(id, 40, Posting.key("till/1"))).isEqualTo(first);
            assertThat(consents().deny(id, MARKETING, hers(RequestKey.of("word/1"))))
                    .isNotNull();
            trade().record(order(id, "order-+8613900000002", "2026-02-01T10:00:00", tea("9.90"), pears("3.00", "0.5")));
            refused(CoreError.REQUEST_KEY_REUSED, () -> points().earn(id, 41, Posting.key("till/1")));
        }

        assertThat(crm().dump()).isEqualTo(before);
        merges().unmerge(cleo, key());
        assertThat(points().earn(cleo, 40, Posting.key("till/1"))).isEqualTo(first);
        points().earn(bea, 40, Posting.key("till/1"));
        assertThat(points().balance(bea).available()).isEqualTo(340);
    }

    // --- owners and members

    @Test
    public final void the_survivor_keeps_her_owner_or_gets_the_others_for_as_long_as_they_are_one() {
        CustomerId bea = register(Registration.of("Bea"));
        CustomerId cleo = cleo();
        CustomerId ruth = register(Registration.of("Ruth"));
        Instruction toMax = Instruction.byManager("head", "max");
        ownership().assign(cleo, Owner.staff("max"), toMax);
        long offer = ownership()
                .offer(cleo, Owner.staff("lee"), DAY, Instruction.by("max", key().value()))
                .seq();
        Tenure maxs = ownership().ownerOf(cleo).orElseThrow();

        merge(bea, cleo);
        merge(bea, ruth);

        assertThat(ownership().ownersOf(List.of(bea, cleo, ruth)).values()).containsOnly(maxs);
        assertThat(ownership()
                        .customersOf(StaffId.of("max"), PageRequest.first(9))
                        .items())
                .extracting(OwnedCustomer::customer)
                .containsExactly(bea);
        assertThat(ownership().offersTo(StaffId.of("lee"), PageRequest.first(9)).items())
                .isEmpty();
        refused(CoreError.NO_SUCH_OFFER, () -> ownership().accept(cleo, offer, Instruction.by("lee", key().value())));
        List<String> before = crm().dump();
        assertThat(ownership().assign(bea, Owner.staff("max"), toMax))
                .as("the answer of before the merge")
                .isEqualTo(ownership().assign(cleo, Owner.staff("max"), toMax));
        assertThat(crm().dump()).isEqualTo(before);
        assertThat(merges().unmerge(ruth, key()).conflicts()).isEmpty();
        assertThat(merges().unmerge(cleo, key()).conflicts()).isEmpty();
        assertThat(ownership().ownersOf(List.of(bea, cleo))).isEqualTo(Map.of(cleo, maxs));
        assertThat(ownership().history(bea, PageRequest.first(9)).items())
                .extracting(OwnershipEntry::act)
                .containsExactly(OwnershipAct.INHERITED, OwnershipAct.RETURNED);
    }

    @Test
    public final void taken_apart_in_any_order_the_survivor_has_the_owner_of_one_who_stays_merged() {
        CustomerId bea = register(Registration.of("Bea"));
        CustomerId cleo = register(Registration.of("Cleo"));
        CustomerId ruth = register(Registration.of("Ruth"));
        ownership().assign(cleo, Owner.staff("max"), Instruction.by("head", "max"));
        ownership().assign(ruth, Owner.staff("lee"), Instruction.by("head", "lee"));
        Tenure maxs = ownership().ownerOf(cleo).orElseThrow();
        Tenure lees = ownership().ownerOf(ruth).orElseThrow();

        merge(bea, cleo);
        merge(bea, ruth);
        assertThat(ownership().ownerOf(bea)).contains(maxs);
        merges().unmerge(cleo, key());
        assertThat(ownership().ownersOf(List.of(bea, cleo))).isEqualTo(Map.of(bea, lees, cleo, maxs));
        merges().unmerge(ruth, key());
        assertThat(ownership().ownersOf(List.of(bea, cleo, ruth))).isEqualTo(Map.of(cleo, maxs, ruth, lees));

        merge(bea, cleo);
        merge(bea, ruth);
        merges().unmerge(ruth, key());
        assertThat(ownership().ownersOf(List.of(bea, ruth))).isEqualTo(Map.of(bea, maxs, ruth, lees));
    }

    @Test
    public final void one_membership_is_made_of_two_and_two_again() {
        CustomerId bea = register(Registration.of("Bea"));
        CustomerId cleo = cleo();
        CustomerId ruth = somebody("Ruth", "+8613900000003", 10);
        Identity card = membership().cardOf(cleo).orElseThrow();
        Notice frozen = Notice.ofStaff("kim", "freeze");
        membership().freeze(cleo, frozen);
        membership().close(ruth, Notice.ofCustomer(key().value()));
        List<String> beas = state(bea);
        List<String> cleos = state(cleo);
        List<String> ruths = state(ruth);

        merge(bea, ruth);
        assertThat(status(bea)).contains(MembershipStatus.CLOSED);
        merge(bea, cleo);
        assertThat(status(ruth)).contains(MembershipStatus.FROZEN);
        assertThat(customers().findBy(card)).map(Customer::id).contains(bea);
        List<String> before = crm().dump();
        membership().freeze(cleo, frozen);
        assertThat(crm().dump()).isEqualTo(before);
        assertThat(merges().unmerge(cleo, key()).conflicts()).isEmpty();
        assertThat(status(bea)).contains(MembershipStatus.CLOSED);
        assertThat(merges().unmerge(ruth, key()).conflicts()).isEmpty();

        assertThat(state(bea)).isEqualTo(beas);
        assertThat(state(cleo)).isEqualTo(cleos);
        assertThat(state(ruth)).isEqualTo(ruths);
        membership().join(bea, Enrolment.of(Notice.ofStaff("kim", key().value())));
        assertThat(status(bea)).contains(MembershipStatus.ACTIVE);
    }

    @Test
    public final void an_owner_and_a_membership_changed_since_stay_and_are_told() {
        CustomerId bea = register(Registration.of("Bea"));
        CustomerId cleo = cleo();
        List<String> cleos = state(cleo);
        merge(bea, cleo);
        ownership().assign(cleo, Owner.staff("max"), Instruction.byManager("head", key().value()));
        membership().freeze(cleo, Notice.ofStaff("kim", key().value()));

        assertThat(merges().unmerge(cleo, key()).conflicts())
                .extracting(MergeConflict::subject, MergeConflict::reason)
                .containsExactly(tuple("owner", "CHANGED_SINCE"), tuple("status", "CHANGED_SINCE"));

        assertThat(ownership().ownerOf(bea)).map(Tenure::owner).contains(Owner.staff("max"));
        assertThat(status(bea)).contains(MembershipStatus.FROZEN);
        assertThat(state(cleo)).isEqualTo(cleos);
    }

    private Optional<MembershipStatus> status(CustomerId customer) {
        return membership().find(customer).map(Member::status);
    }

    // --- fields

    @Test
    public final void the_most_recent_is_by_date_and_not_by_order() {
        CustomerId bea = register(Registration.of("Bea").identity(Identity.email("bea@old.example")));
        pass(Duration.ofMinutes(30));
        CustomerId cleo = register(Registration.of("Cleo").identity(Identity.email("cleo@new.example")));
        var recent = MergeStrategy.standard().rule(EMAIL, MergeRule.MOST_RECENT);

        assertThat(side(bea, cleo, recent, EMAIL)).isEqualTo(MergeSide.MERGED);
        assertThat(side(cleo, bea, recent, EMAIL)).isEqualTo(MergeSide.SURVIVOR);
        merges().merge(cleo, bea, recent, key());

        Customer one = customers().find(cleo).orElseThrow();
        assertThat(one.identities(IdentityKind.EMAIL)).containsExactly(Identity.email("cleo@new.example"));
        assertThat(one.name()).map(PersonName::display).contains("Cleo");
        assertThat(customers().findBy(Identity.email("bea@old.example"))).isEmpty();
        merges().unmerge(bea, key());
        assertThat(customers().findBy(Identity.email("bea@old.example")))
                .map(Customer::id)
                .contains(bea);
    }

    @Test
    public final void each_rule_decides_as_it_says() {
        CustomerId bea = register(Registration.of("Bea"));
        pass(Duration.ofMinutes(1));
        CustomerId cleo = register(Registration.unnamed()
                .with(ProfilePatch.none().name(PersonName.of("Cleo")).gender(Gender.FEMALE)));

        assertThat(side(bea, cleo, MergeStrategy.of(MergeRule.SURVIVOR), "profile.gender"))
                .isEqualTo(MergeSide.SURVIVOR);
        assertThat(side(bea, cleo, MergeStrategy.of(MergeRule.NON_EMPTY), "profile.gender"))
                .isEqualTo(MergeSide.MERGED);
        assertThat(side(bea, cleo, MergeStrategy.of(MergeRule.NON_EMPTY), "profile.name"))
                .isEqualTo(MergeSide.SURVIVOR);
        var ask = MergeStrategy.of(MergeRule.ASK);
        assertThat(side(bea, cleo, ask, "profile.name")).isEqualTo(MergeSide.OPEN);
        assertThat(side(bea, cleo, ask, "profile.gender")).isEqualTo(MergeSide.MERGED);
        refused(CoreError.MERGE_REFUSED, () -> merges().merge(bea, cleo, ask, key()));
        merges().merge(bea, cleo, ask.choose("profile.name", MergeSide.SURVIVOR), key());
        assertThat(customers().find(cleo).orElseThrow().name())
                .map(PersonName::display)
                .contains("Bea");
    }

    @Test
    public final void what_an_anonymous_newcomer_never_said_overwrites_nothing() {
        CustomerId bea = register(Registration.unnamed()
                .with(ProfilePatch.none()
                        .name(PersonName.of("Bea"))
                        .kind(PartyKind.ORGANISATION)
                        .language("de")));
        pass(Duration.ofDays(1));
        CustomerId anonymous = register(Registration.unnamed().identity(PHONE));

        merge(bea, anonymous);
        CustomerId later = register(Registration.unnamed().identity(MAIL));
        merge(later, bea);

        var profile = customers().find(later).orElseThrow().profile();
        assertThat(profile.name()).map(PersonName::display).contains("Bea");
        assertThat(profile.language()).contains("de");
        assertThat(profile.kind()).isEqualTo(PartyKind.ORGANISATION);
    }

    @Test
    public final void three_merged_in_any_order_end_alike() {
        List<List<String>> ends = new ArrayList<>();
        for (int order = 0; order < 4; order++) {
            crm().clock().set(T0);
            String suffix = "run" + order;
            CustomerId a = three("Ada", suffix, 1, 0);
            CustomerId b = three("Bea", suffix, 2, 7);
            CustomerId c = three("Cleo", suffix, 3, 3);
            switch (order) {
                case 0 -> {
                    merge(a, b);
                    merge(a, c);
                }
                case 1 -> {
                    merge(a, c);
                    merge(a, b);
                }
                case 2 -> {
                    merge(b, c);
                    merge(a, b);
                }
                default -> {
                    merge(c, b);
                    merge(a, c);
                }
            }
            ends.add(state(a).stream()
                    .map(it -> it.replace("-" + suffix, "").replaceAll("fingerprint=-?\\d+", ""))
                    .sorted()
                    .toList());
        }
        assertThat(Set.copyOf(ends)).hasSize(1);
    }

    /** One of three who differ in what they said when: the second said her name last. */
    private CustomerId three(String name, String suffix, int number, int minutes) {
        CustomerId customer = register(Registration.unnamed()
                .with(ProfilePatch.none().language("en"))
                .identity(Identity.external("till", number + "-" + suffix)));
        points().earn(customer, Grant.of(number * 100L).expiring(Expiry.days(number)), Posting.key(key()));
        trade().record(order(customer, "o" + number + "-" + suffix, "2026-02-01T10:00:00", tea("9.90")));
        if (number == 3) {
            consents().withdraw(customer, MARKETING, hers(key()));
        } else {
            consents().optIn(customer, MARKETING, hers(key()));
        }
        var now = crm().clock().instant();
        pass(Duration.ofMinutes(minutes));
        customers().update(ProfileUpdate.of(customer, ProfilePatch.none().name(PersonName.of(name)), key()));
        customers().update(ProfileUpdate.of(customer, ProfilePatch.none().remark(name + "'s"), key()));
        crm().clock().set(now);
        return customer;
    }

    @Test
    public final void custom_fields_and_behaviour_follow_the_survivor() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        merge(bea, cleo);

        assertThat(fields().values(cleo).toString()).contains("size");
        assertThat(search("size", FieldValue.number(200))).containsExactly(bea);
        assertThat(search("club", FieldValue.text("club of Bea"))).isEmpty();
        behavior().record(BehaviorFacade.view(cleo, "later", T0));
        assertThat(behavior().record(BehaviorFacade.view(bea, "later", T0))).isEqualTo(EventOutcome.Status.REPEATED);
        assertThat(behavior().statistics(cleo))
                .isEqualTo(behavior().statistics(bea))
                .singleElement()
                .satisfies(it -> assertThat(it.count()).isEqualTo(3));
        fields().set(cleo, FieldPatch.none().set("size", FieldValue.number(41)), key());
        CustomerId ruth = register(Registration.of("Ruth"));
        fields().set(ruth, FieldPatch.none().set("club", FieldValue.text("club of Bea")), key());

        assertThat(merges().unmerge(cleo, key()).conflicts())
                .extracting(MergeConflict::subject)
                .containsExactlyInAnyOrder("custom.size", "custom.club");
    }

    private List<CustomerId> search(String field, FieldValue value) {
        return fields().search(FieldSearch.equalTo(field, value), PageRequest.first(10))
                .items();
    }

    // --- what stands against it

    @Test
    public final void nothing_is_merged_or_taken_apart_while_a_hold_is_open() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        long hold =
                points().hold(cleo, 50, Duration.ofHours(1), Posting.key(key())).holdNo();

        refused(CoreError.MERGE_REFUSED, () -> merge(bea, cleo));
        points().release(cleo, hold, Posting.key(key()));
        merge(bea, cleo);
        points().hold(bea, 50, Duration.ofHours(1), Posting.key(key()));
        refused(CoreError.MERGE_REFUSED, () -> merges().unmerge(cleo, key()));
        assertThat(merges().previewUnmerge(cleo))
                .extracting(MergeConflict::reason)
                .contains("HOLD_OPEN");
        pass(Duration.ofHours(1));
        assertThat(merges().unmerge(cleo, key()).conflicts()).isEmpty();
        assertExplained();
    }

    @Test
    public final void a_chain_is_taken_apart_from_its_end() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        List<String> beas = state(bea);
        List<String> cleos = state(cleo);
        List<String> anns = state(ann);
        merge(bea, cleo);
        List<String> both = state(bea);
        merge(ann, bea);

        refused(CoreError.MERGE_REFUSED, () -> merges().unmerge(cleo, key()));
        merges().unmerge(bea, key());
        assertThat(state(bea)).isEqualTo(both);
        assertThat(state(ann)).isEqualTo(anns);
        merges().unmerge(cleo, key());

        assertThat(state(bea)).isEqualTo(beas);
        assertThat(state(cleo)).isEqualTo(cleos);
        assertExplained();
    }

    @Test
    public final void one_customer_is_not_merged_with_herself_or_with_nobody() {
        CustomerId bea = bea();

        refused(CoreError.INVALID_VALUE, () -> merge(bea, bea));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> merge(bea, nobody()));
        refused(CoreError.NOT_MERGED, () -> merges().unmerge(bea, key()));
        merge(ann, bea);
        refused(CoreError.INVALID_VALUE, () -> merge(ann, bea));
    }

    @Test
    public final void the_restriction_of_one_is_that_of_both_and_an_erasure_is_for_ever() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        customers().changeStatus(cleo, CustomerStatus.RESTRICTED, key());
        merge(bea, cleo);
        assertThat(customers().find(bea).orElseThrow().status()).isEqualTo(CustomerStatus.RESTRICTED);
        merges().unmerge(cleo, key());
        assertThat(customers().find(bea).orElseThrow().status()).isEqualTo(CustomerStatus.ACTIVE);

        merge(bea, cleo);
        privacy().under(ErasurePolicy.immediate()).erase(cleo, key());

        assertThat(customers().find(bea).orElseThrow().status()).isEqualTo(CustomerStatus.ERASED);
        assertThat(committed(() -> crm().customers().find(ACME, cleo))
                        .orElseThrow()
                        .profile()
                        .name())
                .isEmpty();
        refused(CoreError.CUSTOMER_ERASED, () -> merges().unmerge(cleo, key()));
        refused(CoreError.CUSTOMER_ERASED, () -> merge(ann, bea));
    }

    // --- what was done since

    @Test
    public final void what_was_done_since_stays_with_the_survivor() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        List<String> cleos = state(cleo);
        merge(bea, cleo);

        points().spend(bea, 250, Posting.key(key()));
        points().earn(bea, 20, Posting.key(key()));
        trade().record(order(bea, "since", "2026-03-01T10:00:00", tea("5.00")));
        customers().update(ProfileUpdate.of(bea, ProfilePatch.none().name(PersonName.of("Bee")), key()));
        Merge ended = merges().unmerge(cleo, key());

        assertThat(state(cleo)).isEqualTo(cleos);
        assertThat(points().balance(bea).available()).isEqualTo(300 - 250 + 20);
        assertThat(trade().statistics(bea, CNY).orders()).isEqualTo(2);
        assertThat(customers().find(bea).orElseThrow().name())
                .map(PersonName::display)
                .contains("Bee");
        assertThat(ended.conflicts())
                .extracting(MergeConflict::subject, MergeConflict::reason)
                .containsExactly(tuple("profile.name", "CHANGED_SINCE"));
        assertExplained();
    }

    @Test
    public final void what_is_missing_is_told_and_nothing_is_made_up() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        merge(bea, cleo);
        points().spend(bea, 450, Posting.key(key()));

        Merge ended = merges().unmerge(cleo, key());

        assertThat(ended.conflicts()).singleElement().satisfies(it -> {
            assertThat(it.reason()).isEqualTo("USED_SINCE");
            assertThat(it.missing()).isEqualTo(145);
        });
        long left = total(bea) + total(cleo);
        assertThat(left).isEqualTo(2 * 5 + 500 - 450);
        assertExplained();
    }

    @Test
    public final void a_refusal_since_counts_for_both() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        merge(bea, cleo);
        pass(Duration.ofMinutes(1));
        consents().withdraw(bea, MARKETING, hers(key()));

        assertThat(merges().unmerge(cleo, key()).conflicts())
                .extracting(MergeConflict::reason)
                .containsExactly("COUNT_FOR_BOTH");

        assertThat(reason(bea)).isEqualTo(ContactReason.WITHDRAWN);
        assertThat(reason(cleo)).isEqualTo(ContactReason.WITHDRAWN);
        pass(Duration.ofMinutes(1));
        consents().optIn(cleo, MARKETING, hers(key()));
        assertThat(reason(cleo)).isEqualTo(ContactReason.CONSENT_GIVEN);
    }

    // --- reversals over a merge

    @Test
    public final void a_refund_of_what_was_used_before_returns_to_its_expiry() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        RequestKey used = key();
        points().spend(cleo, 80, Posting.key(used));
        merge(bea, cleo);
        RequestKey refund = key();

        repeatable(() -> points().refund(bea, used, 30, Posting.key(refund)));
        points().refund(cleo, used, 30, Posting.key(key()));
        refused(AssetError.REVERSAL_EXCEEDS_BOOKING, () -> points().refund(bea, used, 21, Posting.key(key())));

        assertThat(points().balance(bea).available()).isEqualTo(300 + 120 + 60);
        pass(Duration.ofDays(30));
        assertThat(points().balance(bea).available()).isEqualTo(10);
        assertExplained();
        merges().unmerge(cleo, key());
        refused(AssetError.REVERSAL_EXCEEDS_BOOKING, () -> points().refund(cleo, used, 21, Posting.key(key())));
        assertExplained();
    }

    @Test
    public final void a_take_back_of_what_was_earned_before_takes_from_the_survivor() {
        CustomerId bea = bea();
        CustomerId cleo = cleo();
        RequestKey earned = key();
        points().earn(cleo, 100, Posting.key(earned));
        merge(bea, cleo);

        points().takeBack(bea, earned, 60, Posting.key(key()));
        refused(AssetError.REVERSAL_EXCEEDS_BOOKING, () -> points().takeBack(cleo, earned, 41, Posting.key(key())));

        assertThat(points().balance(bea).available()).isEqualTo(300 + 200 + 40);
        points().spend(bea, 540, Posting.key(key()));
        owing().takeBack(bea, earned, 40, Posting.key(key()));
        assertThat(points().balance(bea).debt()).isEqualTo(30);
        assertThat(points().balance(bea).pending()).isZero();
        assertExplained();
    }

    @Test
    public final void a_debt_comes_along_and_goes_back() {
        CustomerId rich = bea();
        CustomerId poor = register(Registration.of("Poor"));
        RequestKey earned = key();
        points().earn(poor, 100, Posting.key(earned));
        points().spend(poor, 90, Posting.key(key()));
        owing().takeBack(poor, earned, 100, Posting.key(key()));
        assertThat(points().balance(poor).debt()).isEqualTo(90);
        for (boolean intoRich : List.of(true, false)) {
            List<String> rich0 = state(rich);
            List<String> poor0 = state(poor);
            CustomerId survivor = intoRich ? rich : poor;
            CustomerId merged = intoRich ? poor : rich;

            merge(survivor, merged);
            assertThat(points().balance(survivor).available()).isEqualTo(210);
            assertThat(points().balance(survivor).debt()).isZero();
            assertExplained();
            merges().unmerge(merged, key());

            assertThat(state(rich)).isEqualTo(rich0);
            assertThat(state(poor)).isEqualTo(poor0);
            assertExplained();
        }
    }

    private long total(CustomerId customer) {
        var balance = points().balance(customer);
        return balance.available() + balance.pending();
    }

    /** Points whose shortfall is owed. */
    private Points owing() {
        return points(terms().onShortfall(ShortfallPolicy.DEBT));
    }

    private MergeSide side(CustomerId survivor, CustomerId merged, MergeStrategy strategy, String field) {
        return merges().preview(survivor, merged, strategy).fields().stream()
                .filter(it -> it.field().equals(field))
                .map(FieldOutcome::side)
                .findFirst()
                .orElseThrow();
    }

    /** Every account says what its entries, lots and holds add up to. */
    private void assertExplained() {
        Pages.all(100, page -> points().ledger().reads().sums(page))
                .forEach(it -> assertThat(it.agree()).as("%s", it).isTrue());
        Pages.all(100, page -> stored().ledger().reads().sums(page))
                .forEach(it -> assertThat(it.agree()).as("%s", it).isTrue());
    }

    /** Crashes when everything else was moved. */
    private static final class Crashing implements MergeParticipant {
        @Override
        public String name() {
            return "crashing";
        }

        @Override
        public void lock(MergePair pair) {}

        @Override
        public MergePart preview(MergePair pair) {
            return MergePart.of(name(), Map.of(), List.of());
        }

        @Override
        public MergePart merge(MergePair pair) {
            throw new IllegalStateException("crash");
        }

        @Override
        public List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged) {
            return List.of();
        }

        @Override
        public List<MergeConflict> unmerge(MergePair pair, MergePart merged) {
            return List.of();
        }
    }
}
