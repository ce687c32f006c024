package dev.retailcrm.core.field;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.FieldStore;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Custom fields are exported, those of retired fields too, and erased with the record of the customer. Thread-safe. */
public final class FieldPrivacy implements PrivacyParticipant {
    private final FieldStore store;

    /** On this store. */
    public FieldPrivacy(FieldStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "fields";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        Map<String, FieldValue> values = store.values(tenant, List.of(customer)).getOrDefault(customer, Map.of());
        List<ExportRow> rows = new TreeMap<>(values)
                .entrySet().stream()
                        .map(field -> ExportRow.of("values")
                                .and("field", field.getKey())
                                .and("type", field.getValue().type())
                                .and("value", field.getValue().plain()))
                        .toList();
        return new Page<>(rows, null);
    }

    /** {@inheritDoc} Nothing more: the values went as the record was erased. */
    @Override
    public Erased erase(ErasureStep step, int limit) {
        return Erased.NOTHING;
    }

    /** {@inheritDoc} None: a value that is set changes the record. */
    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return Map.of();
    }
}
