package dev.retailcrm.tck;

import dev.retailcrm.audience.AudienceCatalog;
import dev.retailcrm.audience.AudienceVersion;
import dev.retailcrm.audience.spi.AudienceDefinitionChange;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Definitions of audiences in memory. Thread-safe. */
final class InMemoryAudienceStore implements AudienceStore {
    private final InMemoryDatabase database;

    InMemoryAudienceStore(InMemoryDatabase database) {
        this.database = database;
    }

    private AudienceDefinitionRows rows(TenantId tenant) {
        return database.tenant(tenant)
                .audiences
                .value(database.unitOfWork().joined())
                .orElse(AudienceDefinitionRows.NONE);
    }

    @Override
    public AudienceCatalog catalog(TenantId tenant) {
        return rows(tenant).catalog();
    }

    @Override
    public AudienceCatalog lockDefinitions(TenantId tenant) {
        database.unitOfWork().required().lock(database.tenant(tenant).audiences);
        return catalog(tenant);
    }

    @Override
    public Optional<Booked> booked(TenantId tenant, RequestKey key) {
        return Optional.ofNullable(rows(tenant).keys().get(key));
    }

    @Override
    public void define(AudienceDefinitionChange change) {
        ValueRow<AudienceDefinitionRows> row = database.tenant(change.tenant()).audiences;
        if (!row.isOwnedBy(database.unitOfWork().required())) {
            throw new IllegalStateException("the definitions are not locked");
        }
        row.put(rows(change.tenant()).and(change));
    }

    @Override
    public List<AudienceVersion> versions(TenantId tenant, String audience, long after, int limit) {
        return rows(tenant).versions().stream()
                .filter(it ->
                        it.audience().key().equals(audience) && it.audience().version() > after)
                .sorted(Comparator.comparing(it -> it.audience().version()))
                .limit(limit)
                .toList();
    }
}
