package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmDataKey.CRM_DATA_KEY;
import static dev.retailcrm.jdbc.schema.tables.CrmFieldValue.CRM_FIELD_VALUE;
import static org.jooq.impl.DSL.noCondition;

import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldText;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.Folding;
import dev.retailcrm.core.spi.FieldContext;
import dev.retailcrm.core.spi.FieldWrite;
import dev.retailcrm.core.spi.LookupKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The table of the values of custom fields, within one session. */
final class FieldRows {
    private final Session session;
    private final Sealing sealing;
    private final TenantId tenant;

    FieldRows(Session session, Sealing sealing, TenantId tenant) {
        this.session = session;
        this.sealing = sealing;
        this.tenant = tenant;
    }

    Map<CustomerId, Map<String, FieldValue>> find(Collection<CustomerId> customers) {
        return find(customers, noCondition());
    }

    /** Only values of these fields. */
    Map<CustomerId, Map<String, FieldValue>> find(Collection<CustomerId> customers, Collection<String> fields) {
        return find(customers, CRM_FIELD_VALUE.FIELD_KEY.in(fields));
    }

    private Map<CustomerId, Map<String, FieldValue>> find(Collection<CustomerId> customers, Condition which) {
        var query = session.dsl()
                .select(CRM_FIELD_VALUE.fields())
                .select(CRM_DATA_KEY.WRAPPED)
                .from(CRM_FIELD_VALUE)
                .leftJoin(CRM_DATA_KEY)
                .on(CRM_DATA_KEY.TENANT_ID.eq(CRM_FIELD_VALUE.TENANT_ID))
                .and(CRM_DATA_KEY.CUSTOMER_ID.eq(CRM_FIELD_VALUE.CUSTOMER_ID))
                .where(CRM_FIELD_VALUE.TENANT_ID.eq(tenant.value()))
                .and(CRM_FIELD_VALUE.CUSTOMER_ID.in(
                        customers.stream().map(CustomerId::value).toList()))
                .and(which);
        Map<CustomerId, Map<String, FieldValue>> found = new HashMap<>();
        session.fetchFresh(query)
                .forEach(row -> found.computeIfAbsent(
                                CustomerId.of(row.get(CRM_FIELD_VALUE.CUSTOMER_ID)), first -> new HashMap<>())
                        .merge(row.get(CRM_FIELD_VALUE.FIELD_KEY), value(row), FieldRows::both));
        return found;
    }

    private FieldValue value(Record row) {
        FieldValue item = item(row, row.get(CRM_DATA_KEY.WRAPPED));
        return type(row) == FieldType.MULTI_CHOICE ? FieldValue.choices(Set.of(item.asChoice())) : item;
    }

    private static FieldValue both(FieldValue some, FieldValue more) {
        Set<String> options = new TreeSet<>(some.asChoices());
        options.addAll(more.asChoices());
        return FieldValue.choices(options);
    }

    private FieldValue item(Record row, byte @Nullable [] key) {
        FieldType type = type(row);
        byte[] sealed = row.get(CRM_FIELD_VALUE.SEALED);
        return sealed == null
                ? FieldColumns.item(type, row)
                : FieldText.parse(
                        type == FieldType.MULTI_CHOICE ? FieldType.CHOICE : type,
                        sealing.text(context(row), key, sealed));
    }

    private static FieldType type(Record row) {
        return FieldType.valueOf(row.get(CRM_FIELD_VALUE.TYPE));
    }

    /** Writes values in place of those before. */
    void write(CustomerId customer, List<FieldWrite> writes) {
        if (writes.isEmpty()) {
            return;
        }
        session.dsl()
                .deleteFrom(CRM_FIELD_VALUE)
                .where(isHers(customer))
                .and(CRM_FIELD_VALUE.FIELD_KEY.in(
                        writes.stream().map(it -> it.field().key()).toList()))
                .execute();
        if (writes.stream().allMatch(it -> it.value().isEmpty())) {
            return;
        }
        boolean seals =
                sealing.isOn() && writes.stream().anyMatch(it -> it.field().personal());
        byte[] key = seals ? key(customer) : null;
        var insert = session.dsl().insertQuery(CRM_FIELD_VALUE);
        for (FieldWrite write : writes) {
            int number = 0;
            for (FieldValue item : write.value().map(FieldValue::items).orElse(List.of())) {
                insert.newRecord();
                insert.addValues(row(customer, write.field(), ++number, item, key));
            }
        }
        insert.execute();
    }

    /** Her data key; she has one since the change of her record was written. */
    private byte[] key(CustomerId customer) {
        return new DataKeys(session, tenant, customer)
                .find()
                .orElseThrow(() -> CoreError.STORE_FAILED.because("the customer has no data key"));
    }

    private Map<Field<?>, @Nullable Object> row(
            CustomerId customer, FieldDefinition field, int number, FieldValue item, byte @Nullable [] key) {
        Map<Field<?>, @Nullable Object> row = new HashMap<>();
        row.put(CRM_FIELD_VALUE.TENANT_ID, tenant.value());
        row.put(CRM_FIELD_VALUE.CUSTOMER_ID, customer.value());
        row.put(CRM_FIELD_VALUE.FIELD_KEY, field.key());
        row.put(CRM_FIELD_VALUE.ITEM, number);
        row.put(CRM_FIELD_VALUE.TYPE, field.type().name());
        boolean clear = !field.personal();
        boolean decimal = clear && item.type() == FieldType.DECIMAL;
        row.put(CRM_FIELD_VALUE.TEXT_VALUE, clear ? FieldColumns.text(item) : null);
        boolean folds = clear && item.type() == FieldType.TEXT;
        row.put(CRM_FIELD_VALUE.FOLDED, folds ? Folding.of(item.asText()) : null);
        row.put(CRM_FIELD_VALUE.LONG_VALUE, clear ? FieldColumns.number(item) : null);
        row.put(CRM_FIELD_VALUE.DECIMAL_VALUE, decimal ? item.asDecimal() : null);
        row.put(
                CRM_FIELD_VALUE.SEALED,
                clear ? null : sealing.seal(context(customer, field.key(), number), key, FieldText.of(item)));
        boolean found = field.personal() || field.unique();
        LookupKey written = found ? sealing.written(tenant, LookupKey.field(field.key(), item)) : null;
        row.put(CRM_FIELD_VALUE.TOKEN_KIND, written == null ? null : written.kind());
        row.put(CRM_FIELD_VALUE.TOKEN, written == null ? null : written.token());
        return row;
    }

    /** Deletes all her values and gives up those that nobody else could have. */
    void forget(CustomerId customer) {
        List<Record> hers = all(customer);
        if (!hers.isEmpty()) {
            List<LookupKey> tokens = hers.stream()
                    .filter(it -> it.get(CRM_FIELD_VALUE.TOKEN) != null)
                    .map(FieldRows::token)
                    .toList();
            new IdentityLookup(session, tenant).release(customer, tokens);
            session.dsl().deleteFrom(CRM_FIELD_VALUE).where(isHers(customer)).execute();
        }
    }

    /** Seals what is in clear and should not be, and finds everything by the newest key; whether anything was otherwise. */
    boolean renew(CustomerId customer, byte[] key) {
        boolean renewed = false;
        for (Record row : all(customer)) {
            if (row.get(CRM_FIELD_VALUE.TOKEN) != null) {
                renewed |= renew(customer, row, key);
            }
        }
        return renewed;
    }

    private boolean renew(CustomerId customer, Record row, byte[] key) {
        byte[] sealed = row.get(CRM_FIELD_VALUE.SEALED);
        boolean toSeal = sealed != null && Sealing.isClear(sealed);
        FieldValue item = item(row, key);
        LookupKey newest = sealing.written(tenant, LookupKey.field(row.get(CRM_FIELD_VALUE.FIELD_KEY), item));
        LookupKey stored = token(row);
        if (newest.equals(stored) && !toSeal) {
            return false;
        }
        var lookup = new IdentityLookup(session, tenant);
        if (!newest.equals(stored)
                && customer.equals(lookup.holders(List.of(stored)).get(stored))) {
            lookup.claim(customer, List.of(newest));
            lookup.release(customer, List.of(stored));
        }
        session.dsl()
                .update(CRM_FIELD_VALUE)
                .set(CRM_FIELD_VALUE.SEALED, toSeal ? sealing.seal(context(row), key, FieldText.of(item)) : sealed)
                .set(CRM_FIELD_VALUE.TOKEN_KIND, newest.kind())
                .set(CRM_FIELD_VALUE.TOKEN, newest.token())
                .where(isHers(customer))
                .and(CRM_FIELD_VALUE.FIELD_KEY.eq(row.get(CRM_FIELD_VALUE.FIELD_KEY)))
                .and(CRM_FIELD_VALUE.ITEM.eq(row.get(CRM_FIELD_VALUE.ITEM)))
                .execute();
        return true;
    }

    private List<Record> all(CustomerId customer) {
        return session.fetchFresh(session.dsl()
                .select(CRM_FIELD_VALUE.fields())
                .from(CRM_FIELD_VALUE)
                .where(isHers(customer)));
    }

    private static LookupKey token(Record row) {
        return new LookupKey(
                row.get(CRM_FIELD_VALUE.TOKEN_KIND),
                row.get(CRM_FIELD_VALUE.FIELD_KEY),
                row.get(CRM_FIELD_VALUE.TOKEN));
    }

    private Condition isHers(CustomerId customer) {
        return CRM_FIELD_VALUE.TENANT_ID.eq(tenant.value()).and(CRM_FIELD_VALUE.CUSTOMER_ID.eq(customer.value()));
    }

    private FieldContext context(Record row) {
        return context(
                CustomerId.of(row.get(CRM_FIELD_VALUE.CUSTOMER_ID)),
                row.get(CRM_FIELD_VALUE.FIELD_KEY),
                row.get(CRM_FIELD_VALUE.ITEM));
    }

    private FieldContext context(CustomerId customer, String field, int number) {
        return new FieldContext(tenant, customer, "crm_field_value.sealed " + field + "/" + number);
    }
}
