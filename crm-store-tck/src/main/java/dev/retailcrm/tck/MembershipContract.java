package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.membership.CheckDigit;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.Joined;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.membership.MemberNumbers;
import dev.retailcrm.core.membership.Membership;
import dev.retailcrm.core.membership.MembershipAct;
import dev.retailcrm.core.membership.MembershipEntry;
import dev.retailcrm.core.membership.MembershipStatus;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.membership.RandomMemberNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link Membership} does with members and their numbers, whatever the store. */
public abstract class MembershipContract extends FacadeContract {
    private static final String CARD = CheckDigit.LUHN.append("600000000042");

    /** A contract. */
    protected MembershipContract() {}

    private Membership membership() {
        return membership(RandomMemberNumbers.standard());
    }

    private Membership membership(MemberNumbers numbers) {
        return new Membership(ACME, numbers, customers(), crm().membershipPorts());
    }

    @Test
    public final void she_joins_rests_leaves_and_comes_back_with_her_number() {
        Membership membership = membership();
        CustomerId bob = crm().newCustomer(ACME);
        var enrolment = Enrolment.of(Notice.ofStaff("kim", "k1"))
                .in("S1")
                .through("till")
                .broughtBy(bob)
                .at(T0.minus(DAY));
        Joined joined = repeatable(() -> membership.join(ann, enrolment));
        Identity card = joined.card().orElseThrow();
        assertThat(membership.find(ann))
                .contains(new Member(ann, MembershipStatus.ACTIVE, T0, T0.minus(DAY), StoreId.of("S1"), "till", bob));
        assertThat(holder(card)).isEqualTo(ann);
        assertThat(membership.referredBy(bob, PageRequest.first(9)).items())
                .extracting(Member::customer)
                .containsExactly(ann);

        crm().clock().set(T0.plus(Duration.ofHours(1)));
        repeatable(() -> membership.freeze(ann, Notice.ofStaff("kim", "k2").because("misuse")));
        repeatable(() -> membership.unfreeze(ann, Notice.ofStaff("kim", "k3")));
        repeatable(() -> membership.close(ann, Notice.ofCustomer("k4")));
        assertThat(holder(card)).as("her number stays hers").isEqualTo(ann);
        assertThat(repeatable(() -> membership.reopen(ann, Notice.ofCustomer("k5")))
                        .card())
                .contains(card);

        assertThat(Pages.all(2, page -> membership.history(ann, page)))
                .extracting(MembershipEntry::act)
                .containsExactly(
                        MembershipAct.JOINED,
                        MembershipAct.FROZEN,
                        MembershipAct.UNFROZEN,
                        MembershipAct.CLOSED,
                        MembershipAct.REOPENED);
        assertThat(told())
                .containsExactly(
                        "1 membership.joined {\"by\":\"kim\",\"channel\":\"till\",\"entry\":1,\"joinedAt\":\"2026-02-28T09:00:00Z\","
                                + "\"referrer\":\"" + bob + "\",\"status\":\"ACTIVE\",\"store\":\"S1\"}",
                        "2 membership.frozen {\"by\":\"kim\",\"entry\":2,\"reason\":\"misuse\",\"status\":\"FROZEN\"}",
                        "3 membership.unfrozen {\"by\":\"kim\",\"entry\":3,\"status\":\"ACTIVE\"}",
                        "4 membership.closed {\"entry\":4,\"status\":\"CLOSED\"}",
                        "5 membership.reopened {\"entry\":5,\"status\":\"ACTIVE\"}");
    }

    @Test
    public final void a_move_that_is_not_allowed_is_refused() {
        Membership membership = membership();
        refused(CoreError.NOT_MEMBER, () -> membership.freeze(ann, Notice.ofCustomer("x")));
        membership.join(ann, Enrolment.of(Notice.ofCustomer("k1")));
        assertThat(refused(CoreError.MEMBERSHIP_STATUS, () -> membership.unfreeze(ann, Notice.ofCustomer("x"))))
                .isEqualTo(Map.of("status", MembershipStatus.ACTIVE));
        refused(CoreError.MEMBERSHIP_STATUS, () -> membership.reopen(ann, Notice.ofCustomer("x")));
        membership.close(ann, Notice.ofCustomer("k2"));
        refused(CoreError.MEMBERSHIP_STATUS, () -> membership.freeze(ann, Notice.ofCustomer("x")));
        assertThat(refused(CoreError.ALREADY_MEMBER, () -> membership.join(ann, Enrolment.of(Notice.ofCustomer("x")))))
                .isEqualTo(Map.of("status", MembershipStatus.CLOSED));
        refused(CoreError.REQUEST_KEY_REUSED, () -> membership.reopen(ann, Notice.ofCustomer("k2")));
    }

    @Test
    public final void a_number_that_is_taken_is_passed_over_and_one_that_is_given_is_hers() {
        CustomerId bob = crm().newCustomer(ACME);
        CustomerId cid = crm().newCustomer(ACME);
        String other = CheckDigit.LUHN.append("600000000043");
        Membership membership = membership(numbers(CARD, CARD, other));

        assertThat(holder(membership
                        .join(ann, Enrolment.of(Notice.ofCustomer("k")))
                        .card()
                        .orElseThrow()))
                .isEqualTo(ann);
        assertThat(membership.join(bob, Enrolment.of(Notice.ofCustomer("k"))).card())
                .contains(Identity.memberCard(other));
        var given = Enrolment.of(Notice.ofCustomer("k")).number(CARD);
        assertThat(refused(CoreError.IDENTITY_TAKEN, () -> membership.join(cid, given)))
                .containsEntry("holder", ann);
        refused(
                CoreError.INVALID_VALUE,
                () -> membership.join(cid, Enrolment.of(Notice.ofCustomer("k")).number("6000000000420")));
    }

    @Test
    public final void a_card_she_has_becomes_her_number_and_one_taken_from_her_is_replaced() {
        customers().addIdentity(ann, Identity.memberCard(CARD), RequestKey.of("card"));
        Membership membership = membership();
        assertThat(membership.join(ann, Enrolment.of(Notice.ofCustomer("k1"))).card())
                .contains(Identity.memberCard(CARD));
        membership.close(ann, Notice.ofCustomer("k2"));
        customers().removeIdentity(ann, Identity.memberCard(CARD), RequestKey.of("taken"));
        assertThat(membership.cardOf(ann)).isEmpty();

        Identity next = membership.reopen(ann, Notice.ofCustomer("k3")).card().orElseThrow();

        assertThat(membership.cardOf(ann)).contains(next);
        assertThat(next.value()).isNotEqualTo(CARD);
    }

    @Test
    public final void nobody_brings_herself_and_a_stranger_brings_nobody() {
        var enrolment = Enrolment.of(Notice.ofCustomer("k"));
        CustomerId stranger = crm().newCustomer(ZENITH);
        refused(CoreError.INVALID_VALUE, () -> membership().join(ann, enrolment.broughtBy(ann)));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> membership().join(ann, enrolment.broughtBy(nobody())));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> membership().join(ann, enrolment.broughtBy(stranger)));
    }

    @Test
    public final void of_many_who_let_her_join_at_once_one_does_and_the_others_are_told() {
        var attempts = Race.of(
                8, i -> membership().join(ann, Enrolment.of(Notice.ofCustomer(i % 2 == 0 ? "same" : "other/" + i))));

        List<Joined> joined = attempts.stream()
                .filter(Race.Attempt::succeeded)
                .map(Race.Attempt::orFail)
                .toList();
        assertThat(joined).isNotEmpty().allMatch(joined.get(0)::equals);
        assertThat(attempts)
                .filteredOn(attempt -> !attempt.succeeded())
                .extracting(attempt -> attempt.refusal())
                .allSatisfy(refusal -> assertThat(refusal.code()).isEqualTo(CoreError.ALREADY_MEMBER));
        assertThat(membership().history(ann, PageRequest.first(9)).items()).hasSize(1);
    }

    @Test
    public final void who_was_erased_has_no_number_and_can_only_be_closed() {
        Membership membership = membership();
        Identity card = membership
                .join(ann, Enrolment.of(Notice.ofCustomer("k1")))
                .card()
                .orElseThrow();
        privacy().erase(ann, RequestKey.of("erase"));

        assertThat(customers().findBy(card)).isEmpty();
        assertThat(crm().dump()).noneMatch(row -> row.contains(card.value()));
        refused(CoreError.CUSTOMER_ERASED, () -> membership.freeze(ann, Notice.ofCustomer("x")));
        membership.close(ann, Notice.ofCustomer("k2"));
        refused(CoreError.CUSTOMER_ERASED, () -> membership.reopen(ann, Notice.ofCustomer("x")));
    }

    private CustomerId holder(Identity card) {
        return customers().findBy(card).map(Customer::id).orElseThrow();
    }

    /** These numbers, one after another. */
    private static MemberNumbers numbers(String... inTurn) {
        Iterator<String> next = List.of(inTurn).iterator();
        return new MemberNumbers() {
            @Override
            public String next() {
                return next.next();
            }

            @Override
            public boolean isValid(String number) {
                return CheckDigit.LUHN.isValid(number);
            }
        };
    }

    private List<String> told() {
        List<String> told = new ArrayList<>();
        EventRelay.builder(ACME, crm().outbox(), crm().unitOfWork(), crm().clock())
                .to(event -> {
                    if (event.source().equals(EventEnvelope.MEMBERSHIP)) {
                        told.add(event.seq() + " " + event.type() + " " + event.data());
                    }
                })
                .drain(100);
        return told;
    }
}
