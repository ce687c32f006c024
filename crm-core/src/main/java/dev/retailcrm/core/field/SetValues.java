package dev.retailcrm.core.field;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore.Applied;
import dev.retailcrm.core.spi.FieldPorts;
import dev.retailcrm.core.spi.LookupKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command that sets values of one customer; run in a unit of work. Immutable. */
record SetValues(
        TenantId tenant,
        FieldPorts ports,
        CustomerId customer,
        FieldPatch patch,
        RequestKey key,
        long fingerprint,
        Instant at,
        Actor actor) {
    /**
     * Locks, decides and writes. Whether the key is booked is asked only when that fails: it seldom is.
     *
     * @return all her values then, those of retired fields included
     */
    Map<String, FieldValue> run(Map<String, FieldDefinition> fields) {
        CustomerSnapshot record = ports.customers()
                .lock(tenant, customer)
                .orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer));
        if (record.mergedInto() != null) {
            throw Survivors.mergedInto(customer, record.mergedInto());
        }
        Map<String, FieldValue> before =
                ports.store().values(tenant, List.of(customer)).getOrDefault(customer, Map.of());
        ValueDecision decision;
        try {
            requireNotErased(record);
            decision = ValueDecision.of(fields, before, patch);
        } catch (CrmException refusal) {
            if (isRepeated()) {
                return before;
            }
            throw refusal;
        }
        CustomerChange change = decision.change(record, key, fingerprint, at, actor);
        Applied applied = ports.customers().apply(change);
        if (applied.written()) {
            ports.store().write(tenant, customer, decision.writes());
            return decision.after();
        }
        if (!applied.taken().isEmpty()) {
            throw taken(change, applied);
        }
        if (!isRepeated()) {
            throw CoreError.STORE_FAILED.because("the store names a request as booked and does not find it");
        }
        return before;
    }

    private boolean isRepeated() {
        Optional<Booked> booked = ports.requests().find(tenant, customer, key);
        booked.ifPresent(it -> CustomFields.requireSame(it, fingerprint));
        return booked.isPresent();
    }

    private static void requireNotErased(CustomerSnapshot record) {
        if (record.status() == CustomerStatus.ERASED) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", record.id());
        }
    }

    private static CrmException taken(CustomerChange change, Applied applied) {
        LookupKey first = change.claimed().stream()
                .filter(applied.taken()::containsKey)
                .findFirst()
                .orElseThrow(() -> CoreError.STORE_FAILED.because("the store names keys taken that were not claimed"));
        return CoreError.FIELD_VALUE_TAKEN.with(
                Map.of("field", first.issuer(), "holder", applied.taken().get(first)),
                "another customer has this value of field %s",
                first.issuer());
    }
}
