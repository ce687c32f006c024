package dev.retailcrm.tck;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.ownership.OwnedCustomer;
import dev.retailcrm.core.ownership.OwnershipEntry;
import dev.retailcrm.core.ownership.Tenure;
import dev.retailcrm.core.ownership.TransferOffer;
import dev.retailcrm.core.ownership.WaitingOffer;
import dev.retailcrm.core.spi.OwnershipChange;
import dev.retailcrm.core.spi.OwnershipSnapshot;
import dev.retailcrm.core.spi.OwnershipStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Ownership in memory. Thread-safe. */
final class InMemoryOwnershipStore implements OwnershipStore {
    private final InMemoryDatabase database;

    InMemoryOwnershipStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<CustomerId, Tenure> owners(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Tenure> found = new LinkedHashMap<>();
        for (CustomerId customer : customers) {
            CustomerRows rows = database.survivor(tenant, customer);
            OwnershipRows hers = rows == null ? null : known(rows).orElse(null);
            Tenure tenure = hers == null ? null : hers.now().tenure();
            if (tenure != null) {
                found.put(customer, tenure);
            }
        }
        return found;
    }

    @Override
    public Optional<OwnershipSnapshot> lock(TenantId tenant, CustomerId customer) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        CustomerRows rows = database.tenant(tenant).find(customer);
        if (rows == null || rows.record(transaction).isEmpty()) {
            return Optional.empty();
        }
        transaction.lock(rows);
        return rows.record(transaction)
                .map(record -> rows.other(transaction, OwnershipRows.class)
                        .map(hers -> hers.of(record.status()))
                        .orElseGet(() -> OwnershipSnapshot.none(tenant, customer, record.status()))
                        .of(record.status(), record.mergedInto()));
    }

    @Override
    public boolean apply(OwnershipChange change) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        OwnershipSnapshot after = change.after();
        CustomerRows rows = database.tenant(after.tenant()).find(after.customer());
        if (rows == null || !rows.isOwnedBy(transaction)) {
            throw new IllegalStateException("the customer is not locked");
        }
        OwnershipChange.Booking booking = change.booking();
        if (booking != null && !rows.book(booking.key(), booking.booked())) {
            return false;
        }
        List<OwnershipEntry> entries = new ArrayList<>(rows.other(transaction, OwnershipRows.class)
                .map(OwnershipRows::entries)
                .orElse(List.of()));
        entries.addAll(change.entries());
        rows.put(new OwnershipRows(after, entries));
        change.events().forEach(rows::tell);
        return true;
    }

    @Override
    public List<OwnershipEntry> entries(TenantId tenant, CustomerId customer, long after, int limit) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? List.of()
                : rows.other(database.unitOfWork().joined(), OwnershipRows.class).stream()
                        .flatMap(hers -> hers.entries().stream())
                        .filter(entry -> entry.seq() > after)
                        .limit(limit)
                        .toList();
    }

    @Override
    public List<OwnedCustomer> owned(TenantId tenant, Portfolio portfolio, @Nullable CustomerId after, int limit) {
        return each(
                tenant,
                after,
                limit,
                now -> isIn(portfolio, now.tenure())
                        ? Optional.of(new OwnedCustomer(now.customer(), now.tenure()))
                        : Optional.empty());
    }

    private static boolean isIn(Portfolio portfolio, @Nullable Tenure tenure) {
        if (tenure == null) {
            return portfolio.equals(Portfolio.pool());
        }
        if (portfolio.staff() != null) {
            return tenure.owner().isStaff(portfolio.staff());
        }
        return portfolio.store() != null
                && portfolio.store().equals(tenure.owner().store())
                && !(portfolio.unserved() && tenure.owner().staff() != null);
    }

    @Override
    public List<WaitingOffer> offers(TenantId tenant, StaffId to, Instant at, @Nullable CustomerId after, int limit) {
        return each(tenant, after, limit, now -> {
            TransferOffer offer = now.offer();
            return offer != null && offer.to().isStaff(to) && offer.isOpenAt(at)
                    ? Optional.of(new WaitingOffer(now.customer(), offer))
                    : Optional.empty();
        });
    }

    @Override
    public List<CustomerId> expired(TenantId tenant, Instant at, int limit) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        List<WaitingOffer> over = new ArrayList<>();
        for (CustomerRows rows : database.tenant(tenant).after(null)) {
            rows.other(reader, OwnershipRows.class).ifPresent(hers -> {
                TransferOffer offer = hers.now().offer();
                if (offer != null && !offer.isOpenAt(at)) {
                    over.add(new WaitingOffer(rows.id, offer));
                }
            });
        }
        return over.stream()
                .sorted(Comparator.comparing((WaitingOffer it) -> it.offer().expiresAt())
                        .thenComparing(WaitingOffer::customer))
                .limit(limit)
                .map(WaitingOffer::customer)
                .toList();
    }

    private <T> List<T> each(
            TenantId tenant, @Nullable CustomerId after, int limit, Function<OwnershipSnapshot, Optional<T>> question) {
        Stream<CustomerRows> all =
                StreamSupport.stream(database.tenant(tenant).after(after).spliterator(), false);
        return all.flatMap(rows -> known(rows).stream())
                .flatMap(hers -> question.apply(hers.now()).stream())
                .limit(limit)
                .toList();
    }

    /** The rows of a customer who was neither erased nor merged into another. */
    private Optional<OwnershipRows> known(CustomerRows rows) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        return rows.record(reader)
                .filter(record -> record.status() != CustomerStatus.ERASED && record.mergedInto() == null)
                .flatMap(record -> rows.other(reader, OwnershipRows.class));
    }
}
