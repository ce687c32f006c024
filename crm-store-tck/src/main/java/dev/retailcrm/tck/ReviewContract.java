package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Owners;
import dev.retailcrm.core.access.Principal;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.access.RolePolicy;
import dev.retailcrm.core.access.Whose;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.merge.Duplicate;
import dev.retailcrm.core.merge.DuplicateFinder;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.merge.Merges;
import dev.retailcrm.core.merge.Review;
import dev.retailcrm.core.merge.ReviewAct;
import dev.retailcrm.core.merge.ReviewEntry;
import dev.retailcrm.core.merge.ReviewMerge;
import dev.retailcrm.core.merge.ReviewStatus;
import dev.retailcrm.core.merge.Reviews;
import dev.retailcrm.core.merge.Verdict;
import dev.retailcrm.core.spi.MergePorts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of pairs of customers who may be one, whatever the store. */
public abstract class ReviewContract extends FacadeContract {
    private static final PageRequest PAGE = PageRequest.first(9);
    private static final StaffId KIM = StaffId.of("kim");
    private static final StaffId LEE = StaffId.of("lee");

    private CustomerId bob = nobody();
    private CustomerId cid = nobody();

    /** A contract. */
    protected ReviewContract() {}

    /** Makes two more customers. */
    @BeforeEach
    public final void register() {
        bob = crm().newCustomer(ACME);
        cid = crm().newCustomer(ACME);
    }

    private Merges merges() {
        return new Merges(
                ACME,
                new MergePorts(crm().unitOfWork(), crm().requests(), crm().customers(), crm().merges(), crm().clock()),
                List.of(new ReviewMerge(crm().reviews(), crm().customers())));
    }

    private Reviews reviews() {
        return new Reviews(ACME, crm().reviewPorts(), merges()).as(Actor.staff(KIM));
    }

    private static Duplicate pair(CustomerId a, CustomerId b, double probability) {
        return new Duplicate(a.toString(), b.toString(), probability, 0, Verdict.REVIEW, List.of());
    }

    private void propose(CustomerId a, CustomerId b, double probability) {
        assertThat(reviews().propose(List.of(pair(a, b, probability)))).isOne();
    }

    private ReviewStatus status(CustomerId a, CustomerId b) {
        return reviews().find(a, b).map(Review::status).orElseThrow();
    }

    private List<Set<CustomerId>> queued(ReviewStatus status) {
        return reviews().queue(status, PAGE).items().stream()
                .map(Review::customers)
                .toList();
    }

    private void merge(CustomerId survivor, CustomerId merged) {
        merges().merge(survivor, merged, MergeStrategy.standard(), RequestKey.of("merge " + merged));
    }

    @Test
    public final void a_pair_is_proposed_once_whichever_comes_first() {
        propose(ann, bob, 0.7);

        assertThat(reviews().propose(List.of(pair(bob, ann, 0.9), pair(ann, bob, 0.8), pair(bob, cid, 0.9))))
                .isOne();

        assertThat(queued(ReviewStatus.OPEN)).containsExactly(Set.of(bob, cid), Set.of(ann, bob));
        assertThat(reviews().find(bob, ann).orElseThrow().probability()).isEqualTo(0.7);
        assertThat(reviews().find(ann, cid)).isEmpty();
        assertThat(reviews().counts()).isEqualTo(Map.of(ReviewStatus.OPEN, 2L));
        refused(CoreError.NO_SUCH_REVIEW, () -> reviews().different(ann, cid));
        refused(CoreError.INVALID_VALUE, () -> reviews().propose(List.of(pair(ann, ann, 1))));
        assertThat(reviews().propose(List.of(pair(ann, nobody(), 1))))
                .as("of nobody")
                .isZero();
        assertThat(reviews().propose(List.of())).isZero();
    }

    @Test
    public final void the_queue_comes_page_by_page() {
        propose(ann, bob, 0.5);
        propose(ann, cid, 0.9);
        propose(bob, cid, 0.9);

        var first = reviews().queue(ReviewStatus.OPEN, PageRequest.first(2));
        var second = reviews().queue(ReviewStatus.OPEN, first.next(2).orElseThrow());

        assertThat(first.items()).extracting(Review::probability).containsExactly(0.9, 0.9);
        assertThat(second.items()).extracting(Review::customers).containsExactly(Set.of(ann, bob));
        assertThat(second.cursor()).isNull();
    }

    @Test
    public final void one_member_of_staff_looks_into_it() {
        propose(ann, bob, 0.7);

        repeatable(() -> reviews().claim(bob, ann, KIM));
        assertThat(refused(CoreError.REVIEW_TAKEN, () -> reviews().claim(ann, bob, LEE)))
                .containsEntry("staff", KIM);
        assertThat(reviews().assignedTo(KIM, PAGE).items()).hasSize(1);
        reviews().assign(ann, bob, LEE);
        assertThat(reviews().assignedTo(KIM, PAGE).items()).isEmpty();

        repeatable(() -> reviews().later(ann, bob));
        assertThat(queued(ReviewStatus.LATER)).containsExactly(Set.of(ann, bob));
        assertThat(reviews().claim(ann, bob, KIM).status()).isEqualTo(ReviewStatus.OPEN);

        assertThat(reviews().history(ann, bob, PAGE).items())
                .extracting(ReviewEntry::act)
                .containsExactly(
                        ReviewAct.PROPOSED,
                        ReviewAct.ASSIGNED,
                        ReviewAct.ASSIGNED,
                        ReviewAct.LATER,
                        ReviewAct.ASSIGNED);
        assertThat(reviews().history(bob, ann, PAGE).items())
                .extracting(ReviewEntry::actor)
                .containsOnly(Actor.staff(KIM));
    }

    @Test
    public final void two_who_are_different_are_not_proposed_again() {
        propose(ann, bob, 0.7);

        repeatable(() -> reviews().different(ann, bob));

        assertThat(reviews().propose(List.of(pair(ann, bob, 1)))).isZero();
        assertThat(queued(ReviewStatus.OPEN)).isEmpty();
        assertThat(reviews().counts()).isEqualTo(Map.of(ReviewStatus.DIFFERENT, 1L));
        refused(CoreError.REVIEW_DECIDED, () -> reviews().claim(ann, bob, KIM));
        refused(CoreError.REVIEW_DECIDED, () -> reviews().later(ann, bob));
    }

    @Test
    public final void two_who_are_the_same_are_merged() {
        propose(ann, bob, 0.7);

        repeatable(() -> reviews().same(ann, bob, MergeStrategy.standard(), RequestKey.of("same")));

        assertThat(customers().find(bob)).isEqualTo(customers().find(ann));
        assertThat(status(ann, bob)).isEqualTo(ReviewStatus.SAME);
        assertThat(merges().of(ann).get(0).actor()).isEqualTo(Actor.staff(KIM));
        assertThat(reviews().propose(List.of(pair(ann, bob, 1)))).isZero();
        refused(CoreError.NO_SUCH_REVIEW, () -> reviews().different(ann, bob));

        merges().unmerge(bob, RequestKey.of("unmerge"));
        assertThat(status(ann, bob)).isEqualTo(ReviewStatus.OPEN);
        assertThat(reviews().history(ann, bob, PAGE).items())
                .extracting(ReviewEntry::act)
                .containsExactly(ReviewAct.PROPOSED, ReviewAct.SAME, ReviewAct.REOPENED);
        reviews().different(ann, bob);
    }

    @Test
    public final void a_merge_that_is_refused_decides_nothing() {
        propose(ann, bob, 0.7);
        refused(
                CoreError.NO_SUCH_REVIEW,
                () -> reviews().same(ann, cid, MergeStrategy.standard(), RequestKey.of("not proposed")));
        reviews().same(ann, bob, MergeStrategy.standard(), RequestKey.of("first"));
        merges().unmerge(bob, RequestKey.of("unmerge"));

        refused(
                CoreError.REQUEST_KEY_REUSED,
                () -> reviews().same(bob, ann, MergeStrategy.standard(), RequestKey.of("first")));
        assertThat(status(ann, bob)).isEqualTo(ReviewStatus.OPEN);
    }

    @Test
    public final void a_merge_made_elsewhere_closes_and_its_end_reopens() {
        propose(ann, bob, 0.7);
        propose(bob, cid, 0.6);

        merge(ann, bob);
        assertThat(status(ann, bob)).isEqualTo(ReviewStatus.MERGED);
        assertThat(queued(ReviewStatus.OPEN)).containsExactly(Set.of(ann, cid));
        assertThat(reviews().claim(bob, cid, KIM).customers())
                .as("by her old id")
                .isEqualTo(Set.of(ann, cid));
        assertThat(reviews().propose(List.of(pair(ann, cid, 1))))
                .as("known by then")
                .isZero();

        merges().unmerge(bob, RequestKey.of("unmerge"));
        assertThat(queued(ReviewStatus.OPEN)).containsExactly(Set.of(ann, bob), Set.of(bob, cid));
        assertThat(reviews().find(ann, cid)).isEmpty();
    }

    @Test
    public final void of_two_reviews_that_become_one_that_which_says_different_counts() {
        propose(ann, cid, 0.9);
        propose(bob, cid, 0.6);
        reviews().different(bob, cid);

        merge(ann, bob);
        assertThat(status(ann, cid)).isEqualTo(ReviewStatus.DIFFERENT);
        assertThat(queued(ReviewStatus.OPEN)).isEmpty();
        assertThat(queued(ReviewStatus.SHADOWED)).hasSize(1);

        merges().unmerge(bob, RequestKey.of("unmerge"));
        assertThat(status(ann, cid)).isEqualTo(ReviewStatus.OPEN);
        assertThat(status(bob, cid)).isEqualTo(ReviewStatus.DIFFERENT);
    }

    @Test
    public final void merges_of_merges_are_followed_and_undone_from_the_end() {
        CustomerId dan = crm().newCustomer(ACME);
        propose(ann, dan, 0.9);

        merge(bob, ann);
        merge(cid, bob);
        assertThat(queued(ReviewStatus.OPEN)).containsExactly(Set.of(cid, dan));
        merges().unmerge(bob, RequestKey.of("unmerge 1"));
        assertThat(queued(ReviewStatus.OPEN)).containsExactly(Set.of(bob, dan));
        merges().unmerge(ann, RequestKey.of("unmerge 2"));
        assertThat(queued(ReviewStatus.OPEN)).containsExactly(Set.of(ann, dan));
    }

    @Test
    public final void an_erasure_closes() {
        propose(ann, bob, 0.7);
        propose(ann, cid, 0.7);

        privacy().erase(bob, RequestKey.of("erase"));

        assertThat(queued(ReviewStatus.OPEN)).containsExactly(Set.of(ann, cid));
        assertThat(queued(ReviewStatus.ERASED)).containsExactly(Set.of(ann, bob));
        refused(CoreError.NO_SUCH_REVIEW, () -> reviews().claim(ann, bob, KIM));
        assertThat(reviews().propose(List.of(pair(bob, cid, 0.7)))).isZero();
        merge(ann, cid);
        assertThat(queued(ReviewStatus.ERASED)).containsExactly(Set.of(ann, bob));
    }

    private CustomerId person(String name, int day, String key) {
        return customers()
                .register(Registration.of(name)
                        .with(ProfilePatch.none()
                                .name(PersonName.of(name).parts(name.split(" ", -1)[0], name.split(" ", -1)[1]))
                                .birthDate(BirthDate.of(LocalDate.of(1980, 3, day))))
                        .key(key))
                .id();
    }

    @Test
    public final void a_scan_finds_who_was_registered_twice() {
        CustomerId first = person("Ann Merriweather", 4, "first");
        CustomerId again = person("Ann Meriweather", 4, "again");
        person("Zoe Quill", 9, "zoe");
        CustomerId restricted = person("Ann Merriweather", 4, "restricted");
        customers().changeStatus(restricted, CustomerStatus.RESTRICTED, RequestKey.of("restrict"));

        var scan = reviews().scan(DuplicateFinder.standard());
        assertThat(scan.customers()).isEqualTo(6);
        assertThat(scan.proposed()).isOne();
        assertThat(queued(ReviewStatus.OPEN)).containsExactly(Set.of(first, again));
        assertThat(reviews().find(first, again).orElseThrow().evidence()).isNotEmpty();
        reviews().different(first, again);
        assertThat(reviews().scan(DuplicateFinder.standard()).proposed()).isZero();
    }

    @Test
    public final void a_newcomer_is_compared_with_those_like_her() {
        CustomerId first = person("Ann Merriweather", 4, "first");
        person("Ann Merriweather", 5, "another day");
        CustomerId newcomer = person("Ann Meriweather", 4, "newcomer");

        List<Duplicate> found = reviews().like(newcomer, DuplicateFinder.standard());
        assertThat(found).hasSize(1);
        assertThat(queued(ReviewStatus.OPEN)).containsExactly(Set.of(first, newcomer));
        assertThat(reviews().like(newcomer, DuplicateFinder.standard())).isEqualTo(found);
        assertThat(reviews().like(nobody(), DuplicateFinder.standard())).isEmpty();
    }

    @Test
    public final void a_principal_sees_and_decides_pairs_of_her_own_customers_alone() {
        propose(ann, bob, 0.7);
        propose(ann, cid, 0.7);
        Owners kims = new Owners(Set.of(KIM), Set.of());
        var policy = RolePolicy.builder((tenant, customers) -> Map.of(ann, kims, bob, kims))
                .allow("adviser", Whose.OWN, Right.MERGE_CUSTOMERS)
                .build();
        Reviews hers = reviews().guardedBy(Access.of(ACME, Principal.of("kim").as("adviser"), policy));

        assertThat(hers.queue(ReviewStatus.OPEN, PAGE).items())
                .extracting(Review::customers)
                .containsExactly(Set.of(ann, bob));
        List<Runnable> denied = new ArrayList<>();
        denied.add(() -> hers.different(ann, cid));
        denied.add(hers::counts);
        denied.add(() -> hers.find(ann, cid));
        denied.add(() -> hers.propose(List.of(pair(bob, cid, 0.5))));
        denied.add(() -> hers.same(ann, cid, MergeStrategy.standard(), RequestKey.of("same")));
        denied.forEach(it -> refused(CoreError.ACCESS_DENIED, it));
        hers.same(ann, bob, MergeStrategy.standard(), RequestKey.of("same"));
        assertThat(status(ann, bob)).isEqualTo(ReviewStatus.SAME);
    }
}
