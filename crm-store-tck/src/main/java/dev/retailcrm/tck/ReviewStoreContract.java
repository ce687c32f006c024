package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.merge.Agreement;
import dev.retailcrm.core.merge.FieldComparison;
import dev.retailcrm.core.merge.PersonField;
import dev.retailcrm.core.merge.Review;
import dev.retailcrm.core.merge.ReviewAct;
import dev.retailcrm.core.merge.ReviewDecision;
import dev.retailcrm.core.merge.ReviewEntry;
import dev.retailcrm.core.merge.ReviewStatus;
import dev.retailcrm.core.merge.Verdict;
import dev.retailcrm.core.privacy.Erasure;
import dev.retailcrm.core.privacy.Privacy;
import dev.retailcrm.core.spi.ReviewStore;
import dev.retailcrm.core.spi.ReviewStore.Place;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@link ReviewStore} under their numbers. */
public abstract class ReviewStoreContract extends StoreContract {
    private static final StaffId KIM = StaffId.of("kim");
    private static final List<FieldComparison> EVIDENCE = List.of(
            new FieldComparison(PersonField.GIVEN_NAME, PersonField.FAMILY_NAME, Agreement.CLOSE, 0.942, 4.315),
            new FieldComparison(PersonField.PHONE, PersonField.PHONE, Agreement.DIFFERENT, 0, -2.5));

    private List<CustomerId> all = List.of();

    /** A contract. */
    protected ReviewStoreContract() {}

    /** Makes four customers. */
    @BeforeEach
    public final void register() {
        all = Stream.generate(() -> crm().newCustomer(ACME)).limit(4).sorted().toList();
    }

    private ReviewStore store() {
        return crm().reviews();
    }

    private Review review(int a, int b, int millionths, ReviewStatus status, @Nullable StaffId staff) {
        return new Review(
                all.get(a),
                all.get(b),
                all.get(a),
                all.get(b),
                millionths,
                Verdict.REVIEW,
                EVIDENCE,
                ReviewDecision.NONE,
                status,
                staff,
                T0,
                1);
    }

    private Review open(int a, int b, int millionths) {
        return review(a, b, millionths, ReviewStatus.OPEN, null);
    }

    private ReviewEntry entry(int a, int b, long seq, @Nullable StaffId staff) {
        Actor actor = Actor.staff(KIM).at(StoreId.of("S01")).via("pos");
        return new ReviewEntry(all.get(a), all.get(b), seq, ReviewAct.ASSIGNED, actor, staff, T0.plusMillis(seq));
    }

    private void write(List<Review> added, List<Review> changed, ReviewEntry... entries) {
        commit(() -> {
            store().lockLiving(ACME, all);
            store().lock(ACME, all);
            store().write(ACME, added, changed, List.of(entries));
        });
    }

    private List<Review> of(int customer) {
        return crm().unitOfWork().read(() -> store().of(ACME, List.of(all.get(customer))));
    }

    private List<Review> queue(ReviewStatus status, @Nullable StaffId staff, @Nullable Place after, int limit) {
        return crm().unitOfWork().read(() -> store().queue(ACME, status, staff, after, limit));
    }

    private Map<ReviewStatus, Long> counts() {
        return crm().unitOfWork().read(() -> store().counts(ACME));
    }

    @Test
    public final void rv_1_tenants_do_not_see_each_others_reviews() {
        write(List.of(open(0, 1, 900_000)), List.of(), entry(0, 1, 1, null));

        assertThat(crm().unitOfWork().read(() -> store().of(ZENITH, all))).isEmpty();
        assertThat(committed(() -> store().lock(ZENITH, all))).isEmpty();
        assertThat(committed(() -> store().lockLiving(ZENITH, all))).isEmpty();
        assertThat(crm().unitOfWork().read(() -> store().queue(ZENITH, ReviewStatus.OPEN, null, null, 9)))
                .isEmpty();
        assertThat(crm().unitOfWork().read(() -> store().counts(ZENITH))).isEmpty();
        assertThat(crm().unitOfWork().read(() -> store().entries(ZENITH, all.get(0), all.get(1), 0, 9)))
                .isEmpty();
    }

    @Test
    public final void rv_2_reviews_are_found_by_whom_their_two_are_now() {
        Review moved = new Review(
                all.get(0),
                all.get(1),
                all.get(2),
                all.get(1),
                1,
                Verdict.SAME,
                List.of(),
                ReviewDecision.LATER,
                ReviewStatus.LATER,
                KIM,
                T0,
                7);
        write(List.of(moved, open(1, 3, 2)), List.of());

        assertThat(of(0)).isEmpty();
        assertThat(of(2)).containsExactly(moved);
        assertThat(of(1)).containsExactlyInAnyOrder(moved, open(1, 3, 2));
        assertThat(crm().unitOfWork().read(() -> store().of(ACME, List.of(all.get(2), all.get(3)))))
                .containsExactlyInAnyOrder(moved, open(1, 3, 2));
    }

    @Test
    public final void rv_3_a_lock_is_waited_for_and_shows_what_the_holder_left() throws Exception {
        write(List.of(open(0, 1, 5)), List.of());
        Review later = review(0, 1, 5, ReviewStatus.LATER, KIM);
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lockLiving(ACME, all);
            store().lock(ACME, List.of(all.get(0)));
            store().write(ACME, List.of(), List.of(later), List.of());
            var other = race.start(() -> committed(() -> store().lock(ACME, List.of(all.get(1)))));
            assertThat(Race.waits(other)).isTrue();
            host.commit();
            assertThat(Race.result(other)).containsExactly(later);
        }
    }

    @Test
    public final void rv_4_who_is_erased_or_unknown_is_not_among_the_living() {
        Customers customers =
                Customers.builder(ACME, crm().clock()).in(crm().customers(), crm().requests(), crm().unitOfWork());
        erase(all.get(0));
        customers.changeStatus(all.get(1), CustomerStatus.RESTRICTED, RequestKey.of("restrict"));

        assertThat(committed(() -> store().lockLiving(ACME, List.of(all.get(2), all.get(0), nobody(), all.get(1)))))
                .containsExactly(all.get(1), all.get(2));
    }

    @Test
    public final void rv_5_reviews_and_entries_are_kept_if_the_transaction_is_committed() {
        List<String> before = crm().dump();
        try (HostTransaction host = crm().begin()) {
            store().lockLiving(ACME, all);
            store().write(ACME, List.of(open(0, 1, 5)), List.of(), List.of(entry(0, 1, 1, null)));
            assertThat(store().of(ACME, all)).hasSize(1);
            host.rollback();
        }
        assertThat(crm().dump()).isEqualTo(before);

        write(List.of(open(0, 1, 5), open(0, 2, 5)), List.of(), entry(0, 1, 1, null));
        Review changed = new Review(
                all.get(0),
                all.get(1),
                all.get(3),
                all.get(1),
                5,
                Verdict.REVIEW,
                EVIDENCE,
                ReviewDecision.DIFFERENT,
                ReviewStatus.DIFFERENT,
                KIM,
                T0,
                2);
        write(List.of(), List.of(changed), entry(0, 1, 2, KIM));
        assertThat(of(3)).containsExactly(changed);
        assertThat(of(2)).containsExactly(open(0, 2, 5));
    }

    @Test
    public final void rv_6_the_likeliest_come_first_page_by_page() {
        Review least = open(0, 1, 0);
        Review most = open(2, 3, Review.CERTAIN);
        Review kims = review(0, 3, 500_000, ReviewStatus.OPEN, KIM);
        Review equal = open(1, 2, 500_000);
        write(List.of(least, most, kims, equal, review(0, 2, 7, ReviewStatus.LATER, KIM)), List.of());

        assertThat(queue(ReviewStatus.OPEN, null, null, 9)).containsExactly(most, kims, equal, least);
        assertThat(queue(ReviewStatus.OPEN, null, null, 2)).containsExactly(most, kims);
        assertThat(queue(ReviewStatus.OPEN, null, new Place(500_000, all.get(0), all.get(3)), 1))
                .containsExactly(equal);
        assertThat(queue(ReviewStatus.OPEN, null, new Place(500_000, all.get(1), all.get(2)), 9))
                .containsExactly(least);
        assertThat(queue(ReviewStatus.OPEN, KIM, null, 9)).containsExactly(kims);
        assertThat(queue(ReviewStatus.OPEN, StaffId.of("KIM"), null, 9)).isEmpty();
        assertThat(queue(ReviewStatus.SAME, null, null, 9)).isEmpty();
    }

    @Test
    public final void rv_7_they_are_counted_by_status() {
        assertThat(counts()).isEmpty();
        write(List.of(open(0, 1, 1), open(0, 2, 2), review(0, 3, 3, ReviewStatus.DIFFERENT, null)), List.of());

        assertThat(counts()).isEqualTo(Map.of(ReviewStatus.OPEN, 2L, ReviewStatus.DIFFERENT, 1L));
    }

    @Test
    public final void rv_8_entries_come_in_their_order() {
        write(List.of(open(0, 1, 1), open(0, 2, 1)), List.of(), entry(0, 1, 1, null), entry(0, 2, 1, KIM));
        write(List.of(), List.of(open(0, 1, 1)), entry(0, 1, 2, KIM), entry(0, 1, 3, null));

        assertThat(crm().unitOfWork().read(() -> store().entries(ACME, all.get(0), all.get(1), 0, 2)))
                .containsExactly(entry(0, 1, 1, null), entry(0, 1, 2, KIM));
        assertThat(crm().unitOfWork().read(() -> store().entries(ACME, all.get(0), all.get(1), 2, 9)))
                .containsExactly(entry(0, 1, 3, null));
    }

    @Test
    public final void rv_9_of_an_erased_customer_nothing_waits() {
        Review decided = review(0, 3, 3, ReviewStatus.DIFFERENT, null);
        write(List.of(open(0, 1, 1), review(1, 2, 2, ReviewStatus.LATER, KIM), decided, open(2, 3, 4)), List.of());

        erase(all.get(1));

        assertThat(of(1))
                .extracting(Review::status)
                .containsOnly(ReviewStatus.ERASED)
                .hasSize(2);
        assertThat(of(3)).containsExactlyInAnyOrder(decided, open(2, 3, 4));
    }

    private void erase(CustomerId customer) {
        Erasure erasure = new Privacy(ACME, crm().privacyPorts(), List.of()).erase(customer, RequestKey.of("erase"));
        assertThat(erasure.isComplete()).isTrue();
    }
}
