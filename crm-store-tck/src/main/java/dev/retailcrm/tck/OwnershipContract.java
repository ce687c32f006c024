package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.ownership.HandOver;
import dev.retailcrm.core.ownership.HandOverOutcome;
import dev.retailcrm.core.ownership.HandOverProgress;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.OwnedCustomer;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.ownership.Ownership;
import dev.retailcrm.core.ownership.OwnershipAct;
import dev.retailcrm.core.ownership.OwnershipEntry;
import dev.retailcrm.core.ownership.OwnershipRules;
import dev.retailcrm.core.ownership.Tenure;
import dev.retailcrm.core.ownership.WaitingOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link Ownership} does with the customers of staff and stores, whatever the store. */
public abstract class OwnershipContract extends FacadeContract {
    private static final Owner KIM = Owner.staff("kim").in("S1");
    private static final Owner LEE = Owner.staff("lee").in("S2");
    private static final Owner MAX = Owner.staff("max").in("S1");

    /** A contract. */
    protected OwnershipContract() {}

    private Ownership ownership() {
        return ownership(OwnershipRules.standard());
    }

    private Ownership ownership(OwnershipRules rules) {
        return new Ownership(ACME, rules, crm().ownershipPorts());
    }

    @Test
    public final void from_the_pool_through_two_hands_and_back() {
        Ownership ownership = ownership();
        assertThat(ownership.ownerOf(ann)).isEmpty();
        repeatable(() -> ownership.assign(ann, KIM, Instruction.by("head", "k1").because("new")));
        assertThat(ownership.ownerOf(ann)).contains(new Tenure(KIM, T0, StaffId.of("head")));

        after(Duration.ofDays(1));
        long offer = repeatable(() -> ownership.offer(ann, LEE, DAY, Instruction.by("kim", "k2")))
                .seq();
        assertThat(ownership.ownerOf(ann).orElseThrow().owner()).isEqualTo(KIM);
        assertThat(ownership.offersTo(StaffId.of("lee"), PageRequest.first(9)).items())
                .extracting(WaitingOffer::customer)
                .containsExactly(ann);
        after(Duration.ofHours(1));
        repeatable(() -> ownership.accept(ann, offer, Instruction.by("lee", "k3")));
        assertThat(ownership.ownerOf(ann))
                .contains(new Tenure(LEE, T0.plus(DAY).plus(Duration.ofHours(1)), StaffId.of("lee")));

        repeatable(() -> ownership.release(ann, Instruction.by("lee", "k4")));
        assertThat(ownership.ownerOf(ann)).isEmpty();
        assertThat(ownership.pool(PageRequest.first(9)).items())
                .extracting(OwnedCustomer::customer)
                .containsExactly(ann);
        repeatable(() -> ownership.claim(ann, MAX, Instruction.by("max", "k5")));

        assertThat(acts(ann))
                .containsExactly(
                        OwnershipAct.ASSIGNED,
                        OwnershipAct.OFFERED,
                        OwnershipAct.ACCEPTED,
                        OwnershipAct.RELEASED,
                        OwnershipAct.CLAIMED);
        assertThat(Pages.all(2, page -> ownership.history(ann, page)))
                .isEqualTo(ownership.history(ann, PageRequest.first(9)).items());
        assertThat(told())
                .containsExactly(
                        "1 ownership.assigned {\"by\":\"head\",\"entry\":1,\"reason\":\"new\",\"staff\":\"kim\",\"store\":\"S1\"}",
                        "2 ownership.offered {\"by\":\"kim\",\"entry\":2,\"expiresAt\":\"2026-03-03T09:00:00Z\","
                                + "\"formerStaff\":\"kim\",\"formerStore\":\"S1\",\"offer\":2,\"staff\":\"kim\",\"store\":\"S1\","
                                + "\"toStaff\":\"lee\",\"toStore\":\"S2\"}",
                        "3 ownership.accepted {\"by\":\"lee\",\"entry\":3,\"expiresAt\":\"2026-03-03T09:00:00Z\","
                                + "\"formerStaff\":\"kim\",\"formerStore\":\"S1\",\"offer\":2,\"staff\":\"lee\",\"store\":\"S2\","
                                + "\"toStaff\":\"lee\",\"toStore\":\"S2\"}",
                        "4 ownership.released {\"by\":\"lee\",\"entry\":4,\"formerStaff\":\"lee\",\"formerStore\":\"S2\"}",
                        "5 ownership.claimed {\"by\":\"max\",\"entry\":5,\"staff\":\"max\",\"store\":\"S1\"}");
    }

    @Test
    public final void of_several_who_claim_at_once_exactly_one_gets_her() {
        for (int round = 0; round < 5; round++) {
            CustomerId customer = crm().newCustomer(ACME);
            var attempts = Race.of(
                    8, i -> ownership().claim(customer, Owner.staff("s" + i), Instruction.by("s" + i, "claim/" + i)));

            assertThat(attempts).filteredOn(Race.Attempt::succeeded).hasSize(1);
            Owner winner = ownership().ownerOf(customer).orElseThrow().owner();
            assertThat(attempts)
                    .filteredOn(attempt -> !attempt.succeeded())
                    .extracting(attempt -> attempt.refusal())
                    .allSatisfy(refusal -> {
                        assertThat(refusal.code()).isEqualTo(CoreError.ALREADY_OWNED);
                        assertThat(refusal.details())
                                .isEqualTo(Map.of("staff", String.valueOf(winner.staff()), "since", T0));
                    });
        }
    }

    @Test
    public final void only_who_may_gives_her_away() {
        Ownership ownership = ownership();
        ownership.assign(ann, KIM, Instruction.by("head", "k1"));

        refused(CoreError.NOT_ENTITLED, () -> ownership.release(ann, Instruction.by("lee", "x")));
        refused(CoreError.NOT_ENTITLED, () -> ownership.offer(ann, LEE, DAY, Instruction.by("lee", "x")));
        refused(CoreError.NOT_ENTITLED, () -> ownership.claim(ann, LEE, Instruction.by("max", "x")));
        refused(CoreError.ALREADY_OWNED, () -> ownership.claim(ann, LEE, Instruction.by("lee", "x")));
        long offer = ownership
                .offer(ann, LEE, DAY, Instruction.byManager("head", "k2"))
                .seq();
        refused(CoreError.NOT_ENTITLED, () -> ownership.accept(ann, offer, Instruction.by("max", "x")));
        refused(CoreError.NOT_ENTITLED, () -> ownership.withdraw(ann, offer, Instruction.by("max", "x")));
        assertThat(refused(CoreError.OFFER_OPEN, () -> ownership.offer(ann, MAX, DAY, Instruction.by("kim", "x"))))
                .isEqualTo(Map.of("offer", offer));
        refused(CoreError.NO_SUCH_OFFER, () -> ownership.accept(ann, offer + 1, Instruction.by("lee", "x")));

        repeatable(() -> ownership.reject(ann, offer, Instruction.by("lee", "k3")));
        refused(CoreError.NO_SUCH_OFFER, () -> ownership.accept(ann, offer, Instruction.by("lee", "x")));
        long second =
                ownership.offer(ann, MAX, DAY, Instruction.by("kim", "k4")).seq();
        repeatable(() -> ownership.withdraw(ann, second, Instruction.by("kim", "k5")));
        refused(CoreError.REQUEST_KEY_REUSED, () -> ownership.reject(ann, second, Instruction.by("kim", "k5")));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> ownership.release(nobody(), Instruction.by("kim", "x")));
    }

    @Test
    public final void an_offer_ends_right_at_its_end_whether_or_not_a_sweep_ran() {
        Ownership ownership = ownership();
        Instant end = T0.plus(DAY);
        CustomerId bob = crm().newCustomer(ACME);
        for (CustomerId customer : List.of(ann, bob)) {
            ownership.assign(customer, KIM, Instruction.by("head", "k1"));
            ownership.offer(customer, LEE, DAY, Instruction.by("kim", "k2"));
        }
        crm().clock().set(end.minusMillis(1));
        assertThat(ownership.expireOffers(9)).isZero();
        rolledBack(() -> ownership.accept(ann, 2, Instruction.by("lee", "in time")));

        crm().clock().set(end);
        assertThat(ownership.offersTo(StaffId.of("lee"), PageRequest.first(9)).items())
                .isEmpty();
        refused(CoreError.NO_SUCH_OFFER, () -> ownership.accept(ann, 2, Instruction.by("lee", "late")));
        after(Duration.ofHours(5));
        ownership.offer(ann, LEE, DAY, Instruction.by("kim", "k3"));
        assertThat(ownership.expireOffers(9)).isEqualTo(1);
        assertThat(ownership.expireOffers(9)).isZero();

        assertThat(acts(ann))
                .containsExactly(
                        OwnershipAct.ASSIGNED, OwnershipAct.OFFERED, OwnershipAct.EXPIRED, OwnershipAct.OFFERED);
        for (CustomerId customer : List.of(ann, bob)) {
            OwnershipEntry expired =
                    ownership.history(customer, PageRequest.first(9)).items().get(2);
            assertThat(expired.act()).isEqualTo(OwnershipAct.EXPIRED);
            assertThat(expired.at()).isEqualTo(end);
            assertThat(expired.by()).isNull();
        }
    }

    @Test
    public final void an_offer_is_void_when_her_owner_changes() {
        Ownership ownership = ownership();
        ownership.assign(ann, KIM, Instruction.by("head", "k1"));
        long offer = ownership.offer(ann, LEE, DAY, Instruction.by("kim", "k2")).seq();
        ownership.releaseTo(ann, StoreId.of("S1"), Instruction.by("kim", "k3"));

        assertThat(acts(ann))
                .containsExactly(
                        OwnershipAct.ASSIGNED, OwnershipAct.OFFERED, OwnershipAct.WITHDRAWN, OwnershipAct.RELEASED);
        refused(CoreError.NO_SUCH_OFFER, () -> ownership.accept(ann, offer, Instruction.by("lee", "x")));
        assertThat(ownership.poolOf(StoreId.of("S1"), PageRequest.first(9)).items())
                .hasSize(1);
        refused(CoreError.ALREADY_OWNED, () -> ownership.claim(ann, LEE, Instruction.by("lee", "x")));
        assertThat(ownership.claim(ann, MAX, Instruction.by("max", "k4")).act()).isEqualTo(OwnershipAct.CLAIMED);
    }

    @Test
    public final void the_standard_rules_limit_transfers_and_protect_owners() {
        Ownership ownership = ownership();
        ownership.assign(ann, KIM, Instruction.by("head", "k1"));
        assertThat(refused(CoreError.OWNERSHIP_RULE, () -> ownership.assign(ann, LEE, Instruction.by("head", "x"))))
                .isEqualTo(Map.of("rule", "PROTECTED", "until", T0.plus(Duration.ofDays(30))));
        assertThat(refused(
                        CoreError.OWNERSHIP_RULE,
                        () -> ownership.offer(ann, Owner.staff("kim"), DAY, Instruction.by("kim", "x"))))
                .isEqualTo(Map.of("rule", "ALREADY_SERVES"));

        after(Duration.ofDays(30));
        Instant first = crm().clock().instant();
        ownership.assign(ann, LEE, Instruction.by("head", "k2"));
        ownership.assign(ann, KIM, Instruction.byManager("head", "k3"));
        assertThat(refused(CoreError.OWNERSHIP_RULE, () -> ownership.offer(ann, LEE, DAY, Instruction.by("kim", "x"))))
                .isEqualTo(Map.of("rule", "TRANSFER_LIMIT", "transfers", 2, "until", first.plus(Duration.ofDays(90))));

        crm().clock().set(first.plus(Duration.ofDays(90)).minusMillis(1));
        refused(CoreError.OWNERSHIP_RULE, () -> ownership.assign(ann, LEE, Instruction.byManager("head", "x")));
        assertThat(ownership(OwnershipRules.none())
                        .assign(ann, LEE, Instruction.by("head", "k4"))
                        .act())
                .isEqualTo(OwnershipAct.REASSIGNED);
    }

    @Test
    public final void what_happens_is_never_dated_before_what_happened_last() {
        Ownership ownership = ownership();
        ownership.assign(ann, KIM, Instruction.by("head", "k1"));
        crm().clock().set(T0.minusSeconds(9));

        assertThat(ownership.release(ann, Instruction.by("kim", "k2")).at()).isEqualTo(T0);
    }

    @Test
    public final void a_leavers_customers_are_shared_out_in_chunks_that_can_be_repeated() {
        Ownership ownership = ownership();
        List<CustomerId> all =
                Stream.generate(() -> crm().newCustomer(ACME)).limit(7).sorted().toList();
        all.forEach(customer -> ownership.assign(customer, KIM, Instruction.by("head", "new")));
        CustomerId stuck = all.get(3);
        ownership.assign(stuck, LEE, Instruction.byManager("head", "there"));
        ownership.assign(stuck, KIM, Instruction.byManager("head", "and back"));
        var batch = new HandOver(
                StaffId.of("kim"),
                List.of(LEE, MAX),
                Instruction.byManager("head", "leaver/kim").because("leaver"));

        HandOverProgress first = ownership.handOver(batch, null, 4);
        HandOverProgress again = ownership.handOver(batch, null, 2);
        HandOverProgress last = ownership.handOver(batch, first.cursor(), 4);

        assertThat(first.outcomes()).extracting(HandOverOutcome::customer).isEqualTo(all.subList(0, 4));
        assertThat(first.outcomes().get(3).refusal())
                .satisfies(refusal -> assertThat(refusal.details()).containsEntry("rule", "TRANSFER_LIMIT"));
        assertThat(again.outcomes()).extracting(HandOverOutcome::isMoved).containsExactly(false, true);
        assertThat(last.isDone()).isTrue();
        assertThat(ownership
                        .customersOf(StaffId.of("kim"), PageRequest.first(9))
                        .items())
                .extracting(OwnedCustomer::customer)
                .containsExactly(stuck);
        assertThat(ownership
                        .customersOf(StaffId.of("lee"), PageRequest.first(9))
                        .items())
                .hasSizeBetween(2, 4);

        ownership.assign(all.get(0), KIM, Instruction.byManager("head", "she stays"));
        List<String> before = crm().dump();
        assertThat(ownership.handOver(batch, null, 9).outcomes())
                .extracting(HandOverOutcome::isMoved)
                .as("who was given away by this batch and came back is not given away again")
                .containsExactly(true, false);
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void who_was_erased_belongs_to_nobody_and_can_only_be_released() {
        Ownership ownership = ownership();
        ownership.assign(ann, KIM, Instruction.by("head", "k1"));
        privacy().erase(ann, RequestKey.of("erase"));

        assertThat(ownership.ownersOf(List.of(ann))).isEmpty();
        refused(CoreError.CUSTOMER_ERASED, () -> ownership.assign(ann, LEE, Instruction.byManager("head", "x")));
        ownership.release(ann, Instruction.byManager("head", "k2"));
        assertThat(ownership.pool(PageRequest.first(9)).items()).isEmpty();
    }

    private void after(Duration time) {
        crm().clock().set(crm().clock().instant().plus(time));
    }

    private List<OwnershipAct> acts(CustomerId customer) {
        return ownership().history(customer, PageRequest.first(100)).items().stream()
                .map(OwnershipEntry::act)
                .toList();
    }

    private List<String> told() {
        List<String> told = new ArrayList<>();
        EventRelay.builder(ACME, crm().outbox(), crm().unitOfWork(), crm().clock())
                .to(event -> {
                    if (event.source().equals(EventEnvelope.OWNERSHIP)) {
                        told.add(event.seq() + " " + event.type() + " " + event.data());
                    }
                })
                .drain(100);
        return told;
    }
}
