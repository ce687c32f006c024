package dev.retailcrm.core.merge;

import com.google.common.collect.Lists;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.ReviewPorts;
import dev.retailcrm.core.spi.ReviewStore.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of customers of one tenant who may be one person, found by a {@link DuplicateFinder}, for somebody to decide. A pair is there once,
 * whichever comes first and however often it is proposed; two who were said to be two are not proposed again. Reviews follow merges: named by
 * an old id, the review of who she is by now is meant. Commands join the host's transaction if there is one; they may be repeated: what is so
 * already is not written again. Thread-safe.
 *
 * <p>All that names a pair refuses with {@link CoreError#NO_SUCH_REVIEW} if it was not proposed or its customers were erased. A command takes
 * seven round trips without those that open and commit a transaction, and one more for each merge on the way of an old id.
 */
public final class Reviews {
    /** The most pairs that are written in one transaction. */
    public static final int CHUNK = 500;

    private final TenantId tenant;
    private final ReviewPorts ports;
    private final Merges merges;
    private final Instants instants;
    private final Actor actor;
    private final Access access;

    /**
     * The reviews of a tenant.
     *
     * @param merges the same tenant's, over the same unit of work, with {@link ReviewMerge} among their participants
     */
    public Reviews(TenantId tenant, ReviewPorts ports, Merges merges) {
        this(
                Check.present(tenant, "tenant"),
                Check.present(ports, "review ports"),
                Check.present(merges, "merges"),
                Actor.UNKNOWN,
                Access.unrestricted());
    }

    private Reviews(TenantId tenant, ReviewPorts ports, Merges merges, Actor actor, Access access) {
        this.tenant = tenant;
        this.ports = ports;
        this.merges = merges;
        this.instants = new Instants(ports.clock());
        this.actor = actor;
        this.access = access;
    }

    /** The same, done by this actor: histories name it. */
    public Reviews as(Actor who) {
        return new Reviews(tenant, ports, merges.as(Check.present(who, "actor")), who, access);
    }

    /**
     * The same, as far as this access permits, and done by its principal. All of it asks for {@link Right#MERGE_CUSTOMERS}, for both of a pair.
     */
    public Reviews guardedBy(Access granted) {
        Check.present(granted, "access");
        return new Reviews(
                tenant, ports, merges.guardedBy(granted), granted.actor().orElse(actor), granted);
    }

    /**
     * Puts pairs into the queue, {@value #CHUNK} a transaction, or all in the host's. Pairs that are known, of somebody who was merged or erased,
     * or of nobody are passed over. Five round trips a chunk on PostgreSQL.
     *
     * @param pairs as a {@link DuplicateFinder} found them among records {@link PersonRecord#of(dev.retailcrm.core.customer.Customer) of customers}
     * @return how many are new
     * @throws CrmException {@link CoreError#INVALID_VALUE} if a reference is not the id of a customer, before anything is written
     */
    public int propose(List<Duplicate> pairs) {
        List<Proposed> all = Check.present(pairs, "pairs").stream()
                .map(pair -> Proposed.of(Check.present(pair, "pair")))
                .toList();
        access.requireAll(Right.MERGE_CUSTOMERS, Proposed.customers(all));
        int added = 0;
        for (List<Proposed> chunk : Lists.partition(all, CHUNK)) {
            added += ports.unitOfWork().run(() -> proposed(chunk));
        }
        return added;
    }

    private int proposed(List<Proposed> chunk) {
        var board = new Proposals(ports.reviews(), tenant, actor, instants.now());
        return board.write(chunk);
    }

    /**
     * Compares all active customers with one another, and puts the pairs that are found into the queue. They are read 500 a round trip and lie in
     * memory while they are compared: a million need 4 GB and take minutes. No transaction is open meanwhile, unless it is the host's; who
     * changes meanwhile is compared as she was. To be run by night, again and again: what is known is not proposed again.
     */
    public ReviewScan scan(DuplicateFinder finder) {
        Check.present(finder, "finder");
        access.require(Right.MERGE_CUSTOMERS);
        List<PersonRecord> people = new DuplicateSource(tenant, ports).everybody();
        List<Duplicate> chunk = new ArrayList<>(CHUNK);
        int[] added = {0};
        Coverage coverage = finder.find(people, pair -> {
            chunk.add(pair);
            if (chunk.size() == CHUNK) {
                added[0] += propose(chunk);
                chunk.clear();
            }
        });
        added[0] += propose(chunk);
        return new ReviewScan(people.size(), added[0], coverage);
    }

    /**
     * Compares a newcomer with those who were born on her day, and those with a phone number or card that ends like hers, 200 of each at most, and
     * puts the pairs that are found into the queue. Duplicates that share neither are left to a {@link #scan}. Probabilities are those among
     * the few she is compared with, so more pairs are found than by a scan. One round trip for her, one for the day, and one for each
     * ending; then as {@link #propose}.
     *
     * @return the pairs, also those that were in the queue already; none if she is not active
     */
    public List<Duplicate> like(CustomerId newcomer, DuplicateFinder finder) {
        Check.present(newcomer, "customer");
        Check.present(finder, "finder");
        access.require(Right.MERGE_CUSTOMERS);
        List<Duplicate> found = ports.unitOfWork()
                .read(() -> ports.customers()
                        .find(tenant, newcomer)
                        .filter(DuplicateSource::isActive)
                        .map(it -> finder.link(
                                        List.of(DuplicateSource.person(it)),
                                        new DuplicateSource(tenant, ports).like(it))
                                .pairs())
                        .orElse(List.of()));
        propose(found);
        return found;
    }

    /** The review of two customers, whatever its status; empty if there is none. Four round trips. */
    public Optional<Review> find(CustomerId a, CustomerId b) {
        requireBoth(a, b);
        return ports.unitOfWork().read(() -> {
            CustomerId one = current(a);
            CustomerId two = current(b);
            return speaking(ports.reviews().of(tenant, List.of(one)), one, two);
        });
    }

    /** Reviews of a status, the likeliest first. One round trip. */
    public Page<Review> queue(ReviewStatus status, PageRequest page) {
        return queue(Check.present(status, "status"), null, page);
    }

    /** The open reviews that a member of staff looks into, the likeliest first. One round trip. */
    public Page<Review> assignedTo(StaffId staff, PageRequest page) {
        return queue(ReviewStatus.OPEN, Check.present(staff, "staff"), page);
    }

    private Page<Review> queue(ReviewStatus status, @Nullable StaffId staff, PageRequest page) {
        access.requireSome(Right.MERGE_CUSTOMERS);
        Place after = ReviewCursor.parse(Check.present(page, "page").after());
        List<Review> found =
                ports.unitOfWork().read(() -> ports.reviews().queue(tenant, status, staff, after, page.size() + 1));
        Page<Review> shown = ReviewCursor.page(found, page.size());
        return access.permitted(
                Right.MERGE_CUSTOMERS, access.permitted(Right.MERGE_CUSTOMERS, shown, Review::one), Review::two);
    }

    /** How many reviews there are of each status; statuses without any are left out. One round trip; it counts them all. */
    public Map<ReviewStatus, Long> counts() {
        access.require(Right.MERGE_CUSTOMERS);
        return ports.unitOfWork().read(() -> ports.reviews().counts(tenant));
    }

    /** What became of the review of two customers, the first entry first. Five round trips. */
    public Page<ReviewEntry> history(CustomerId a, CustomerId b, PageRequest page) {
        Check.present(page, "page");
        requireBoth(a, b);
        List<ReviewEntry> found = ports.unitOfWork().read(() -> {
            CustomerId one = current(a);
            CustomerId two = current(b);
            Review review =
                    speaking(ports.reviews().of(tenant, List.of(one)), one, two).orElseThrow(Reviews::unknown);
            return ports.reviews()
                    .entries(tenant, review.first(), review.second(), page.afterNumber(0), page.size() + 1);
        });
        List<ReviewEntry> shown = found.subList(0, Math.min(page.size(), found.size()));
        boolean more = found.size() > page.size();
        return new Page<>(shown, more ? Long.toString(shown.get(page.size() - 1).seq()) : null);
    }

    /**
     * A member of staff looks into it; one that was put off is open again.
     *
     * @throws CrmException {@link CoreError#REVIEW_TAKEN} if somebody else does, {@code details().get("staff")};
     *     {@link CoreError#REVIEW_DECIDED} if it was decided
     */
    public Review claim(CustomerId a, CustomerId b, StaffId staff) {
        Check.present(staff, "staff");
        return decide(a, b, ReviewAct.ASSIGNED, review -> {
            StaffId other = review.assignee();
            if (other != null && !other.equals(staff)) {
                throw CoreError.REVIEW_TAKEN.with(Map.of("staff", other), "another member of staff looks into it");
            }
            return waiting(review).decided(ReviewDecision.NONE, staff);
        });
    }

    /**
     * Whoever looked into it, this one does from now on, or nobody.
     *
     * @param staff {@code null} for nobody
     * @throws CrmException {@link CoreError#REVIEW_DECIDED}
     */
    public Review assign(CustomerId a, CustomerId b, @Nullable StaffId staff) {
        return decide(a, b, ReviewAct.ASSIGNED, review -> waiting(review).decided(review.decision(), staff));
    }

    /** Puts it off: it is {@link ReviewStatus#LATER} until somebody claims or decides it. Refuses as {@link #assign}. */
    public Review later(CustomerId a, CustomerId b) {
        return decide(a, b, ReviewAct.LATER, review -> waiting(review).decided(ReviewDecision.LATER, null));
    }

    /** They are two: the pair is not proposed again, also under the ids of those they are merged into. */
    public Review different(CustomerId a, CustomerId b) {
        return decide(a, b, ReviewAct.DIFFERENT, review -> review.decided(ReviewDecision.DIFFERENT, review.assignee()));
    }

    /**
     * They are one: merges them as {@link Merges#merge} does, in the same transaction, and refuses as that does; also those who were said to be
     * two before.
     *
     * @param survivor the one who stays
     * @param key of the merge; repeated with it, the first answer is given
     */
    public Merge same(CustomerId survivor, CustomerId merged, MergeStrategy strategy, RequestKey key) {
        requireBoth(survivor, merged);
        Check.present(strategy, "merge strategy");
        Check.present(key, "request key");
        return ports.unitOfWork().run(() -> {
            if (!current(survivor).equals(current(merged))) {
                decide(
                        survivor,
                        merged,
                        ReviewAct.SAME,
                        review -> review.decided(ReviewDecision.SAME, review.assignee()));
            }
            return merges.merge(survivor, merged, strategy, key);
        });
    }

    private Review decide(CustomerId a, CustomerId b, ReviewAct act, UnaryOperator<Review> decision) {
        requireBoth(a, b);
        Instant at = instants.now();
        return ports.unitOfWork().run(() -> {
            CustomerId one = current(a);
            CustomerId two = current(b);
            if (ports.reviews().lockLiving(tenant, List.of(one, two)).size() != 2) {
                throw unknown();
            }
            Review before = speaking(ports.reviews().lock(tenant, List.of(one)), one, two)
                    .orElseThrow(Reviews::unknown);
            Review decided = decision.apply(before);
            if (decided.decision() == before.decision() && Objects.equals(decided.assignee(), before.assignee())) {
                return before;
            }
            Review after = ReviewBoard.settle(List.of(decided)).get(0);
            ports.reviews().write(tenant, List.of(), List.of(after), List.of(Proposals.entry(after, act, actor, at)));
            return after;
        });
    }

    private static Review waiting(Review review) {
        if (!review.status().isWaiting()) {
            throw CoreError.REVIEW_DECIDED.with(Map.of("status", review.status()), "the review is %s", review.status());
        }
        return review;
    }

    /** Of the reviews of the same two, the one that counts. */
    private static Optional<Review> speaking(List<Review> reviews, CustomerId one, CustomerId two) {
        return reviews.stream()
                .filter(it -> it.isOf(one, two) && it.status() != ReviewStatus.SHADOWED)
                .min(Comparator.comparing(Review::first).thenComparing(Review::second));
    }

    private void requireBoth(CustomerId a, CustomerId b) {
        access.requireAll(Right.MERGE_CUSTOMERS, List.of(Check.present(a, "customer"), Check.present(b, "customer")));
    }

    private CustomerId current(CustomerId customer) {
        CustomerId survivor = ports.customers()
                .find(tenant, customer)
                .map(CustomerSnapshot::mergedInto)
                .orElse(null);
        return survivor == null ? customer : current(survivor);
    }

    private static CrmException unknown() {
        return CoreError.NO_SUCH_REVIEW.because("the two were not proposed, or one of them was erased");
    }
}
