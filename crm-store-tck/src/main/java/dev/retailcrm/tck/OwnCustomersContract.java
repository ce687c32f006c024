package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.AccessEntry;
import dev.retailcrm.core.access.AccessHistory;
import dev.retailcrm.core.access.AccessRecorder;
import dev.retailcrm.core.access.Principal;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.access.RolePolicy;
import dev.retailcrm.core.access.Whose;
import dev.retailcrm.core.customer.CustomerView;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.lifecycle.Lifecycle;
import dev.retailcrm.core.lifecycle.LifecyclePolicy;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.membership.Membership;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.membership.RandomMemberNumbers;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.merge.Merges;
import dev.retailcrm.core.ownership.HandOver;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.OwnedCustomer;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.ownership.Ownership;
import dev.retailcrm.core.ownership.OwnershipMerge;
import dev.retailcrm.core.ownership.OwnershipOwners;
import dev.retailcrm.core.ownership.OwnershipRules;
import dev.retailcrm.core.ownership.WaitingOffer;
import dev.retailcrm.core.spi.MergePorts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What principals can do with the customers who belong to them, whatever the store. */
public abstract class OwnCustomersContract extends FacadeContract {
    private static final PageRequest PAGE = PageRequest.first(9);
    private static final StoreId S1 = StoreId.of("S1");
    private static final Principal KIM = Principal.of("kim").as("adviser").in(S1);
    private static final Principal LEE = Principal.of("lee").as("adviser");
    private static final Principal MAX = Principal.of("max").as("adviser");
    private static final Principal BOSS = Principal.of("boss").as("manager").in(S1);
    private static final Principal HEAD = Principal.of("head").as("head-office");

    private CustomerId bob = nobody();

    /** A contract. */
    protected OwnCustomersContract() {}

    /** Ann is kim's in S1, Bob is lee's. */
    @BeforeEach
    public final void assign() {
        bob = crm().newCustomer(ACME);
        ownership().assign(ann, Owner.staff("kim").in("S1"), Instruction.by("head", "ann"));
        ownership().assign(bob, Owner.staff("lee"), Instruction.by("head", "bob"));
    }

    private Access access(Principal principal) {
        var policy = RolePolicy.builder(new OwnershipOwners(crm().ownership(), crm().unitOfWork()))
                .allow("adviser", Whose.OWN, Right.READ_CUSTOMER, Right.READ_OWNERSHIP, Right.TRANSFER_CUSTOMER)
                .allow("adviser", Whose.OWN, Right.READ_MEMBERSHIP, Right.READ_LIFECYCLE, Right.SEE_PERSONAL_DATA)
                .allow("adviser", Whose.OWN_STORE, Right.CLAIM_CUSTOMER, Right.ENROL_MEMBER)
                .allow("manager", Whose.OWN_STORE, Right.READ_OWNERSHIP, Right.ASSIGN_OWNERSHIP)
                .allow("head-office", Whose.ALL, Right.values())
                .build();
        return Access.of(ACME, principal, policy)
                .recordedBy(new AccessRecorder(crm().accessLog(), CustomerIds.on(crm().clock()), crm().clock()));
    }

    private Ownership ownership() {
        return new Ownership(ACME, OwnershipRules.none(), crm().ownershipPorts());
    }

    private Ownership ownership(Principal principal) {
        return ownership().guardedBy(access(principal));
    }

    private Optional<CustomerView> view(Principal principal, CustomerId customer) {
        return customers().guardedBy(access(principal)).view(customer);
    }

    private Membership membership() {
        return new Membership(ACME, RandomMemberNumbers.standard(), customers(), crm().membershipPorts());
    }

    private void denied(Runnable command) {
        assertThat(refused(CoreError.ACCESS_DENIED, command)).containsOnlyKeys("right");
    }

    @Test
    public final void an_adviser_sees_her_own_customers_and_no_others() {
        assertThat(view(KIM, ann)).isPresent();
        denied(() -> view(KIM, bob));
        assertThat(ownership(KIM).ownerOf(ann)).isPresent();
        denied(() -> ownership(KIM).ownerOf(bob));
        denied(() -> ownership(KIM).ownersOf(List.of(ann, bob)));
        denied(() -> ownership(KIM).history(bob, PAGE));
        assertThat(ownership(KIM).customersOf(StaffId.of("kim"), PAGE).items())
                .extracting(OwnedCustomer::customer)
                .containsExactly(ann);
        assertThat(ownership(KIM).customersOf(StaffId.of("lee"), PAGE).items()).isEmpty();
        var lifecycle = new Lifecycle(ACME, LifecyclePolicy.standard(), crm().lifecyclePorts());
        assertThat(lifecycle.guardedBy(access(KIM)).stage(ann)).isEqualTo(lifecycle.stage(ann));
        denied(() -> lifecycle.guardedBy(access(KIM)).booked(bob));
    }

    @Test
    public final void a_transfer_takes_a_customer_from_one_adviser_to_another() {
        long offer = ownership(KIM)
                .offer(ann, Owner.staff("lee"), DAY, Instruction.by("kim", "offer"))
                .seq();
        assertThat(ownership(LEE).offersTo(StaffId.of("lee"), PAGE).items())
                .extracting(WaitingOffer::customer)
                .containsExactly(ann);
        denied(() -> view(LEE, ann));

        ownership(LEE).accept(ann, offer, Instruction.by("lee", "accept"));

        assertThat(view(LEE, ann)).isPresent();
        denied(() -> view(KIM, ann));
        repeatable(() -> ownership(LEE).accept(ann, offer, Instruction.by("lee", "accept")));
        refused(CoreError.NO_SUCH_OFFER, () -> ownership(LEE).accept(ann, offer, Instruction.by("lee", "again")));
    }

    @Test
    public final void an_offer_is_answered_by_whom_it_was_made_to_alone() {
        long offer = ownership()
                .offer(ann, Owner.staff("lee"), DAY, Instruction.by("kim", "offer"))
                .seq();

        denied(() -> ownership(MAX).accept(ann, offer, Instruction.by("max", "accept")));
        denied(() -> ownership(MAX).reject(ann, offer, Instruction.by("max", "reject")));
        denied(() -> ownership(MAX).accept(ann, offer + 1, Instruction.by("max", "no offer")));
        denied(() -> ownership(MAX).accept(CustomerId.of(7), offer, Instruction.by("max", "nobody's")));
        denied(() -> ownership(MAX).accept(ann, offer, Instruction.by("lee", "as lee")));
        denied(() -> ownership(MAX).accept(ann, offer, Instruction.byManager("max", "as a manager")));
        denied(() -> ownership(KIM).accept(ann, offer, Instruction.by("kim", "her owner")));
        assertThat(ownership(MAX).offersTo(StaffId.of("lee"), PAGE).items()).isEmpty();
        refused(CoreError.NOT_ENTITLED, () -> ownership(HEAD).accept(ann, offer, Instruction.by("head", "head")));

        ownership(HEAD).accept(ann, offer, Instruction.byManager("head", "for lee"));
        assertThat(view(LEE, ann)).isPresent();
    }

    @Test
    public final void a_merge_moves_the_customers_of_an_adviser() {
        var merges = new Merges(
                ACME,
                new MergePorts(crm().unitOfWork(), crm().requests(), crm().customers(), crm().merges(), crm().clock()),
                List.of(new OwnershipMerge(crm().ownership(), crm().customers())));
        CustomerId pooled = crm().newCustomer(ACME);

        merges.merge(ann, bob, MergeStrategy.standard(), RequestKey.of("merge"));
        assertThat(view(KIM, bob)).as("by the old id").isEqualTo(view(KIM, ann));
        assertThat(view(KIM, bob)).isPresent();
        denied(() -> view(LEE, bob));

        merges.unmerge(bob, RequestKey.of("unmerge"));
        assertThat(view(LEE, bob)).isPresent();
        denied(() -> view(KIM, bob));

        merges.merge(pooled, bob, MergeStrategy.standard(), RequestKey.of("into the pool"));
        assertThat(view(LEE, pooled)).as("inherited").isPresent();
    }

    @Test
    public final void who_acts_for_others_needs_a_right_of_its_own() {
        denied(() -> ownership(KIM).release(ann, Instruction.by("lee", "as lee")));
        denied(() -> ownership(KIM).release(ann, Instruction.byManager("kim", "as a manager")));
        denied(() -> ownership(KIM).assign(ann, Owner.staff("lee"), Instruction.by("kim", "assign")));
        denied(() -> ownership(KIM).release(bob, Instruction.by("kim", "not hers")));
        denied(() -> ownership(BOSS).assign(bob, Owner.staff("kim"), Instruction.by("boss", "not in S1")));
        denied(() -> ownership(BOSS)
                .handOver(
                        HandOver.of(StaffId.of("kim"), Owner.staff("lee"), Instruction.byManager("boss", "leaver")),
                        null,
                        9));

        ownership(BOSS).assign(ann, Owner.staff("lee").in("S1"), Instruction.by("boss", "assign"));
        assertThat(view(LEE, ann)).isPresent();
        assertThat(ownership(BOSS).customersIn(S1, PAGE).items()).hasSize(1);
        ownership(HEAD)
                .handOver(
                        HandOver.of(StaffId.of("lee"), Owner.staff("max"), Instruction.byManager("head", "leaver")),
                        null,
                        9);
        assertThat(view(MAX, bob)).isPresent();
    }

    @Test
    public final void pools_are_seen_by_who_may_claim_from_them() {
        ownership(KIM).releaseTo(ann, S1, Instruction.by("kim", "release"));
        ownership().release(bob, Instruction.by("lee", "release"));

        denied(() -> view(KIM, ann));
        denied(() -> ownership(KIM).pool(PAGE));
        assertThat(ownership(KIM).poolOf(S1, PAGE).items()).hasSize(1);
        assertThat(ownership(LEE).poolOf(S1, PAGE).items()).isEmpty();
        denied(() -> ownership(LEE).claim(ann, Owner.staff("lee").in("S1"), Instruction.by("lee", "claim")));
        denied(() -> ownership(KIM).claim(bob, Owner.staff("kim"), Instruction.by("kim", "claim bob")));
        assertThat(ownership(HEAD).pool(PAGE).items()).hasSize(1);

        ownership(KIM).claim(ann, Owner.staff("kim").in("S1"), Instruction.by("kim", "claim"));
        assertThat(view(KIM, ann)).isPresent();
    }

    @Test
    public final void a_number_that_is_shown_to_an_adviser_is_recorded() {
        Membership till = membership().guardedBy(access(KIM));
        var joined = till.join(ann, Enrolment.of(Notice.ofStaff("kim", "join")));
        membership().join(bob, Enrolment.of(Notice.ofCustomer("join")).broughtBy(ann));

        assertThat(till.cardOf(ann)).isEqualTo(joined.card());
        assertThat(till.find(ann)).isPresent();
        assertThat(till.referredBy(ann, PAGE).items()).as("bob is lee's").isEmpty();
        assertThat(membership().referredBy(ann, PAGE).items())
                .extracting(Member::customer)
                .containsExactly(bob);
        denied(() -> till.find(bob));
        denied(() -> till.freeze(ann, Notice.ofStaff("kim", "freeze")));
        denied(() -> till.join(bob, Enrolment.of(Notice.ofStaff("kim", "not hers"))));
        assertThat(new AccessHistory(ACME, crm().accessLog(), crm().unitOfWork())
                        .of(ann, PAGE)
                        .items())
                .extracting(AccessEntry::right)
                .containsExactlyInAnyOrder(Right.SEE_PERSONAL_DATA, Right.ENROL_MEMBER);
        assertThat(customers()
                        .history(HistoryQuery.of(ann), PAGE)
                        .items()
                        .get(0)
                        .actor())
                .isEqualTo(Actor.staff(StaffId.of("kim")));
    }

    @Test
    public final void many_customers_are_asked_for_at_once() {
        var owners = new OwnershipOwners(crm().ownership(), crm().unitOfWork());

        assertThat(owners.of(ACME, Set.of(ann, bob, CustomerId.of(7)))).containsOnlyKeys(ann, bob);
        assertThat(owners.of(ZENITH, Set.of(ann, bob))).isEmpty();
    }
}
