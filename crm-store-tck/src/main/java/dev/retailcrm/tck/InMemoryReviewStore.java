package dev.retailcrm.tck;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.Review;
import dev.retailcrm.core.merge.ReviewEntry;
import dev.retailcrm.core.merge.ReviewStatus;
import dev.retailcrm.core.spi.ReviewStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reviews in memory. Thread-safe. */
final class InMemoryReviewStore implements ReviewStore {
    private static final Comparator<Place> ORDER = Comparator.comparing(Place::millionths)
            .reversed()
            .thenComparing(Place::first)
            .thenComparing(Place::second);

    private final InMemoryDatabase database;

    InMemoryReviewStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public List<Review> of(TenantId tenant, Collection<CustomerId> customers) {
        return all(tenant).filter(isOf(customers)).toList();
    }

    @Override
    public List<Review> lock(TenantId tenant, Collection<CustomerId> customers) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        List<Review> found = new ArrayList<>();
        for (ValueRow<ReviewRows> row : database.tenant(tenant).reviews.values()) {
            if (review(row).filter(isOf(customers)).isPresent()) {
                transaction.lock(row);
                review(row).filter(isOf(customers)).ifPresent(found::add);
            }
        }
        return found;
    }

    @Override
    public Set<CustomerId> lockLiving(TenantId tenant, Collection<CustomerId> customers) {
        Set<CustomerId> living = new TreeSet<>();
        for (CustomerId customer : new TreeSet<>(customers)) {
            database.customers()
                    .lock(tenant, customer)
                    .filter(it -> it.mergedInto() == null && it.status() != CustomerStatus.ERASED)
                    .ifPresent(it -> living.add(it.id()));
        }
        return living;
    }

    @Override
    public void write(TenantId tenant, List<Review> added, List<Review> changed, List<ReviewEntry> entries) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        for (Review review : Stream.concat(added.stream(), changed.stream()).toList()) {
            ValueRow<ReviewRows> row = database.tenant(tenant)
                    .reviews
                    .computeIfAbsent(key(review.first(), review.second()), absent -> new ValueRow<>());
            transaction.lock(row);
            List<ReviewEntry> all = new ArrayList<>(
                    row.value(transaction).map(ReviewRows::entries).orElse(List.of()));
            entries.stream()
                    .filter(it ->
                            it.first().equals(review.first()) && it.second().equals(review.second()))
                    .forEach(all::add);
            row.put(new ReviewRows(review, all));
        }
    }

    /** Closes the reviews of somebody who is erased, under her lock. */
    void close(TenantId tenant, CustomerId customer) {
        List<Review> closed = lock(tenant, List.of(customer)).stream()
                .filter(it -> it.status().isWaiting())
                .map(it -> new Review(
                        it.first(),
                        it.second(),
                        it.one(),
                        it.two(),
                        it.millionths(),
                        it.verdict(),
                        it.evidence(),
                        it.decision(),
                        ReviewStatus.ERASED,
                        it.assignee(),
                        it.proposedAt(),
                        it.lastSeq()))
                .toList();
        write(tenant, List.of(), closed, List.of());
    }

    @Override
    public List<Review> queue(
            TenantId tenant, ReviewStatus status, @Nullable StaffId assignee, @Nullable Place after, int limit) {
        return all(tenant)
                .filter(it -> it.status() == status && (assignee == null || assignee.equals(it.assignee())))
                .filter(it -> after == null || ORDER.compare(place(it), after) > 0)
                .sorted(Comparator.comparing(InMemoryReviewStore::place, ORDER))
                .limit(limit)
                .toList();
    }

    @Override
    public Map<ReviewStatus, Long> counts(TenantId tenant) {
        return all(tenant).collect(Collectors.groupingBy(Review::status, TreeMap::new, Collectors.counting()));
    }

    @Override
    public List<ReviewEntry> entries(TenantId tenant, CustomerId first, CustomerId second, long after, int limit) {
        ValueRow<ReviewRows> row = database.tenant(tenant).reviews.get(key(first, second));
        return row == null
                ? List.of()
                : row.value(database.unitOfWork().joined()).stream()
                        .flatMap(it -> it.entries().stream())
                        .filter(it -> it.seq() > after)
                        .limit(limit)
                        .toList();
    }

    private Stream<Review> all(TenantId tenant) {
        return database.tenant(tenant).reviews.values().stream().flatMap(row -> review(row).stream());
    }

    private Optional<Review> review(ValueRow<ReviewRows> row) {
        return row.value(database.unitOfWork().joined()).map(ReviewRows::review);
    }

    private static Predicate<Review> isOf(Collection<CustomerId> customers) {
        return review -> customers.contains(review.one()) || customers.contains(review.two());
    }

    private static Place place(Review review) {
        return new Place(review.millionths(), review.first(), review.second());
    }

    private static String key(CustomerId first, CustomerId second) {
        return first + "/" + second;
    }
}
