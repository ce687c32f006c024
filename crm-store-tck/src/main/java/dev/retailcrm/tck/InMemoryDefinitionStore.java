package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.Definition;
import dev.retailcrm.assets.spi.DefinitionKind;
import dev.retailcrm.assets.spi.DefinitionSet;
import dev.retailcrm.assets.spi.DefinitionStore;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.Optional;

/** Definitions of assets in memory. Thread-safe. */
final class InMemoryDefinitionStore implements DefinitionStore {
    private final InMemoryDatabase database;

    InMemoryDefinitionStore(InMemoryDatabase database) {
        this.database = database;
    }

    private ValueRow<AssetDefinitionRows> row(TenantId tenant, DefinitionKind kind) {
        return database.tenant(tenant).definitions.computeIfAbsent(kind, first -> new ValueRow<>());
    }

    private AssetDefinitionRows rows(TenantId tenant, DefinitionKind kind) {
        return row(tenant, kind).value(database.unitOfWork().joined()).orElse(AssetDefinitionRows.NONE);
    }

    @Override
    public DefinitionSet all(TenantId tenant, DefinitionKind kind) {
        return rows(tenant, kind).latest();
    }

    @Override
    public DefinitionSet lock(TenantId tenant, DefinitionKind kind) {
        database.unitOfWork().required().lock(row(tenant, kind));
        return all(tenant, kind);
    }

    @Override
    public Optional<Booked> booked(TenantId tenant, DefinitionKind kind, RequestKey key) {
        return Optional.ofNullable(rows(tenant, kind).keys().get(key));
    }

    @Override
    public void define(TenantId tenant, Definition definition, RequestKey key, Booked booked) {
        ValueRow<AssetDefinitionRows> row = row(tenant, definition.kind());
        if (!row.isOwnedBy(database.unitOfWork().required())) {
            throw new IllegalStateException("the definitions are not locked");
        }
        row.put(rows(tenant, definition.kind()).and(definition, key, booked));
    }

    @Override
    public Optional<Definition> version(TenantId tenant, DefinitionKind kind, String key, long version) {
        return rows(tenant, kind).versions().stream()
                .filter(it -> it.key().equals(key) && it.version() == version)
                .findFirst();
    }
}
