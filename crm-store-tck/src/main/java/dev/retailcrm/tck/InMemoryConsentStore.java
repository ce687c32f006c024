package dev.retailcrm.tck;

import dev.retailcrm.core.consent.ConsentHistory;
import dev.retailcrm.core.consent.ConsentProof;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.ConsentChange;
import dev.retailcrm.core.spi.ConsentSnapshot;
import dev.retailcrm.core.spi.ConsentStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Consent in memory. Thread-safe. */
final class InMemoryConsentStore implements ConsentStore {
    private final InMemoryDatabase database;

    InMemoryConsentStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<CustomerId, ConsentSnapshot> findAll(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, ConsentSnapshot> found = new LinkedHashMap<>();
        for (CustomerId customer : customers) {
            find(tenant, customer).ifPresent(it -> found.put(customer, it));
        }
        return found;
    }

    @Override
    public Optional<ConsentSnapshot> lock(TenantId tenant, CustomerId customer) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        CustomerRows rows = database.tenant(tenant).find(customer);
        if (rows == null || rows.record(transaction).isEmpty()) {
            return Optional.empty();
        }
        transaction.lock(rows);
        return find(tenant, customer);
    }

    @Override
    public boolean apply(ConsentChange change) {
        CustomerRows rows = database.tenant(change.tenant()).find(change.customer());
        if (rows == null || !rows.isOwnedBy(database.unitOfWork().required())) {
            throw new IllegalStateException("the customer is not locked");
        }
        if (!rows.book(change.key(), change.booked())) {
            return false;
        }
        ConsentProof proof = change.proof();
        List<ConsentProof> proofs = new ArrayList<>(
                find(change.tenant(), change.customer()).orElseThrow().history().proofs());
        proofs.add(proof);
        rows.put(new ConsentSnapshot(
                change.tenant(),
                change.customer(),
                CustomerStatus.ACTIVE,
                proof.seq(),
                change.event().seq(),
                new ConsentHistory(proofs)));
        rows.tell(change.event());
        return true;
    }

    @Override
    public int forgetAddresses(TenantId tenant, CustomerId customer) {
        ConsentSnapshot before = find(tenant, customer).orElseThrow();
        List<ConsentProof> proofs = before.history().proofs();
        List<ConsentProof> after =
                proofs.stream().map(ConsentProof::withoutAddress).toList();
        if (!after.equals(proofs)) {
            restate(before.with(new ConsentHistory(after), before.lastSeq()));
        }
        return (int) after.stream().filter(proof -> !proofs.contains(proof)).count();
    }

    @Override
    public void restate(ConsentSnapshot after) {
        database.locked(after.tenant(), after.customer()).put(after.of(CustomerStatus.ACTIVE, null));
    }

    @Override
    public List<ConsentProof> proofs(TenantId tenant, CustomerId customer, long after, int limit) {
        return find(tenant, customer).stream()
                .flatMap(it -> it.history().proofs().stream())
                .filter(proof -> proof.seq() > after)
                .limit(limit)
                .toList();
    }

    private Optional<ConsentSnapshot> find(TenantId tenant, CustomerId customer) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? Optional.empty()
                : rows.record(reader)
                        .map(record -> rows.other(reader, ConsentSnapshot.class)
                                .orElseGet(() -> ConsentSnapshot.none(tenant, customer))
                                .of(record.status(), record.mergedInto()));
    }
}
