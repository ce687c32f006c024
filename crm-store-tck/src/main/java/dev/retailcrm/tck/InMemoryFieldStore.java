package dev.retailcrm.tck;

import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.FieldDefinitionChange;
import dev.retailcrm.core.spi.FieldStore;
import dev.retailcrm.core.spi.FieldWrite;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Custom fields in memory. Thread-safe. */
final class InMemoryFieldStore implements FieldStore {
    private final InMemoryDatabase database;

    InMemoryFieldStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public List<FieldDefinition> definitions(TenantId tenant) {
        return database.tenant(tenant).fields.definitions(database.unitOfWork().joined());
    }

    @Override
    public List<FieldDefinition> lockDefinitions(TenantId tenant) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        transaction.lock(database.tenant(tenant).fields);
        return definitions(tenant);
    }

    @Override
    public Optional<Booked> booked(TenantId tenant, RequestKey key) {
        return database.tenant(tenant).fields.booked(database.unitOfWork().joined(), key);
    }

    @Override
    public void apply(FieldDefinitionChange change) {
        DefinitionRows fields = database.tenant(change.tenant()).fields;
        if (!fields.isOwnedBy(database.unitOfWork().required())) {
            throw new IllegalStateException("the definitions are not locked");
        }
        fields.apply(change);
    }

    @Override
    public Map<CustomerId, Map<String, FieldValue>> values(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Map<String, FieldValue>> found = new HashMap<>();
        for (CustomerId customer : customers) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            Map<String, FieldValue> values = rows == null ? Map.of() : values(rows);
            if (!values.isEmpty()) {
                found.put(customer, values);
            }
        }
        return found;
    }

    private Map<String, FieldValue> values(CustomerRows rows) {
        return rows.other(database.unitOfWork().joined(), ValueRows.class)
                .orElseGet(ValueRows::none)
                .values();
    }

    @Override
    public void write(TenantId tenant, CustomerId customer, List<FieldWrite> values) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        CustomerRows rows = database.tenant(tenant).get(customer);
        if (!rows.isOwnedBy(transaction)) {
            throw new IllegalStateException("the customer is not locked");
        }
        rows.put(rows.other(transaction, ValueRows.class)
                .orElseGet(ValueRows::none)
                .and(values));
    }

    @Override
    public List<CustomerId> search(
            TenantId tenant, FieldDefinition field, FieldSearch search, @Nullable CustomerId after, int limit) {
        List<CustomerId> found = new ArrayList<>();
        for (CustomerRows rows : database.tenant(tenant).after(after)) {
            FieldValue value = found.size() < limit ? values(rows).get(field.key()) : null;
            boolean merged = rows.record(database.unitOfWork().joined())
                    .map(CustomerSnapshot::mergedInto)
                    .isPresent();
            if (value != null && !merged && search.matches(value)) {
                found.add(rows.id);
            }
        }
        return found;
    }
}
