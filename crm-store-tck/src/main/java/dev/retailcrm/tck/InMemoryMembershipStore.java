package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.membership.MembershipEntry;
import dev.retailcrm.core.spi.MembershipChange;
import dev.retailcrm.core.spi.MembershipSnapshot;
import dev.retailcrm.core.spi.MembershipStore;
import dev.retailcrm.core.spi.OwnershipChange.Booking;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Members in memory. Thread-safe. */
final class InMemoryMembershipStore implements MembershipStore {
    private final InMemoryDatabase database;

    InMemoryMembershipStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Member> find(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.survivor(tenant, customer);
        return rows == null ? Optional.empty() : rows(tenant, rows.id).map(MembershipRows::member);
    }

    @Override
    public Optional<MembershipSnapshot> lock(TenantId tenant, CustomerId customer) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        CustomerRows rows = database.tenant(tenant).find(customer);
        if (rows == null || rows.record(transaction).isEmpty()) {
            return Optional.empty();
        }
        transaction.lock(rows);
        return rows.record(transaction)
                .map(record -> rows.other(transaction, MembershipRows.class)
                        .map(hers -> new MembershipSnapshot(
                                tenant,
                                customer,
                                record.status(),
                                hers.entries().size(),
                                hers.eventSeq(),
                                hers.member()))
                        .orElseGet(() -> MembershipSnapshot.none(tenant, customer, record.status()))
                        .of(record.status(), record.mergedInto()));
    }

    @Override
    public boolean apply(MembershipChange change) {
        CustomerId customer = change.customer();
        CustomerRows rows = database.tenant(change.tenant()).find(customer);
        if (rows == null || !rows.isOwnedBy(database.unitOfWork().required())) {
            throw new IllegalStateException("the customer is not locked");
        }
        Booking booking = change.booking();
        if (booking != null && !rows.book(booking.key(), booking.booked())) {
            return false;
        }
        List<MembershipEntry> entries = new ArrayList<>(
                rows(change.tenant(), customer).map(MembershipRows::entries).orElse(List.of()));
        entries.add(change.entry());
        rows.put(new MembershipRows(change.after(), change.event().seq(), entries));
        rows.tell(change.event());
        return true;
    }

    @Override
    public List<MembershipEntry> entries(TenantId tenant, CustomerId customer, long after, int limit) {
        return rows(tenant, customer).stream()
                .flatMap(hers -> hers.entries().stream())
                .filter(entry -> entry.seq() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Member> referred(TenantId tenant, CustomerId referrer, @Nullable CustomerId after, int limit) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        return StreamSupport.stream(database.tenant(tenant).after(after).spliterator(), false)
                .filter(rows -> rows.record(reader)
                        .filter(record -> record.mergedInto() == null)
                        .isPresent())
                .flatMap(rows -> rows.other(reader, MembershipRows.class).stream())
                .flatMap(hers -> Optional.ofNullable(hers.member()).stream())
                .filter(member -> referrer.equals(member.referrer()))
                .limit(limit)
                .toList();
    }

    @Override
    public Map<CustomerId, Instant> latest(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Instant> latest = new HashMap<>();
        customers.forEach(customer -> entries(tenant, customer, 0, Integer.MAX_VALUE).stream()
                .map(MembershipEntry::at)
                .max(Instant::compareTo)
                .ifPresent(at -> latest.put(customer, at)));
        return latest;
    }

    private Optional<MembershipRows> rows(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? Optional.empty()
                : rows.other(database.unitOfWork().joined(), MembershipRows.class);
    }
}
